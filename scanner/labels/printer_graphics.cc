#include "scanner/labels/printer_graphics.h"

#include <algorithm>

#include "scanner/label_files.h"

namespace radyab::scanner {
namespace {

GraphicField FieldOf(const GreyPicture& label, const BlackBox& area) {
  GraphicField field;
  field.x = area.x;
  field.y = area.y;
  field.row_bytes = (area.width + 7) / 8;
  field.rows = area.height;
  field.bits.assign(
      static_cast<std::size_t>(field.row_bytes) * static_cast<std::size_t>(field.rows), '\0');
  for (int y = 0; y < area.height; ++y) {
    char* row = field.bits.data() + static_cast<std::ptrdiff_t>(y) * field.row_bytes;
    for (int x = 0; x < area.width; ++x) {
      if (label.At(area.x + x, area.y + y) == 0)
        row[x / 8] = static_cast<char>(row[x / 8] | (0x80 >> (x % 8)));
    }
  }
  return field;
}

}  // namespace

std::vector<GraphicField> GraphicFields(const LabelSheet& sheet) {
  const GreyPicture label = PaintSheet(sheet);
  std::vector<GraphicField> fields;
  for (const SheetSymbol& symbol : sheet.symbols) fields.push_back(FieldOf(label, symbol.area));
  for (const SheetText& text : sheet.texts)
    fields.push_back(FieldOf(label, {text.x, text.y, text.width, text.height}));
  return fields;
}

bool SetDots(GreyPicture& label, const GraphicField& field) {
  for (int y = 0; y < field.rows; ++y) {
    const char* row = field.bits.data() + static_cast<std::ptrdiff_t>(y) * field.row_bytes;
    for (int x = 0; x < field.row_bytes * 8; ++x) {
      if ((static_cast<unsigned char>(row[x / 8]) & (0x80U >> (x % 8))) == 0) continue;
      // A field may say that it lies very far out.
      if (field.x >= label.width - x || field.y >= label.height - y) return false;
      label.Row(field.y + y)[field.x + x] = 0;
    }
  }
  return true;
}

}  // namespace radyab::scanner

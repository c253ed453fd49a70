#include <charconv>
#include <optional>

#include "scanner/label_symbol.h"
#include "scanner/labels/printer_graphics.h"

namespace radyab::scanner {
namespace {

// Between two labels on the roll.
constexpr double kGapMillimetres = 3.0;

ScanFault NoLabel(std::string_view why) {
  return {FaultKind::kLabelUnreadable, "the EPL is none of our labels: " + std::string(why)};
}

// Bits the other way round: EPL prints where they are 0.
std::string Turned(std::string bits) {
  for (char& byte : bits) byte = static_cast<char>(~byte);
  return bits;
}

// The stream from its beginning on.
class Stream {
 public:
  explicit Stream(std::string_view epl) : rest_(epl) {}

  bool empty() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

  bool Take(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  // A whole number and the character behind it.
  bool TakeNumber(int& number, char behind) {
    const auto read = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    if (read.ec != std::errc() || number < 0) return false;
    rest_.remove_prefix(static_cast<std::size_t>(read.ptr - rest_.data()));
    return Take(std::string_view(&behind, 1));
  }

  bool TakeBytes(std::size_t count, std::string& bytes) {
    if (rest_.size() < count) return false;
    bytes = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return true;
  }

 private:
  std::string_view rest_;
};

// "GW" was taken: "X,Y,ROWBYTES,ROWS," and the bits.
bool TakeField(Stream& stream, GreyPicture& label) {
  GraphicField field;
  if (!stream.TakeNumber(field.x, ',') || !stream.TakeNumber(field.y, ',') ||
      !stream.TakeNumber(field.row_bytes, ',') || !stream.TakeNumber(field.rows, ',')) {
    return false;
  }
  const std::int64_t bytes = std::int64_t{field.row_bytes} * field.rows;
  if (bytes > kPicturePixelsMax / 8) return false;
  if (!stream.TakeBytes(static_cast<std::size_t>(bytes), field.bits)) return false;
  field.bits = Turned(std::move(field.bits));
  return stream.Take("\n") && SetDots(label, field);
}

// One label; nothing when it is none of ours.
std::optional<GreyPicture> TakeLabel(Stream& stream) {
  int width = 0;
  int height = 0;
  int gap = 0;
  if (!stream.Take("\nN\nq") || !stream.TakeNumber(width, '\n') || !stream.Take("Q") ||
      !stream.TakeNumber(height, ',') || !stream.TakeNumber(gap, '\n') || width < 1 || height < 1 ||
      std::int64_t{width} * height > kPicturePixelsMax) {
    return std::nullopt;
  }
  GreyPicture label = GreyPicture::Blank(width, height);
  while (stream.Take("GW")) {
    if (!TakeField(stream, label)) return std::nullopt;
  }
  if (!stream.Take("P1\n")) return std::nullopt;
  return label;
}

}  // namespace

std::string WriteLabelEpl(const LabelSheet& sheet) {
  std::string epl = "\nN\nq" + std::to_string(sheet.width) + "\nQ" + std::to_string(sheet.height) +
                    "," + std::to_string(DotsOf(kGapMillimetres, sheet.dots_per_inch)) + "\n";
  for (const GraphicField& field : GraphicFields(sheet)) {
    epl += "GW" + std::to_string(field.x) + "," + std::to_string(field.y) + "," +
           std::to_string(field.row_bytes) + "," + std::to_string(field.rows) + "," +
           Turned(field.bits) + "\n";
  }
  return epl + "P1\n";
}

Outcome<std::vector<GreyPicture>> PaintEpl(std::string_view epl) {
  std::vector<GreyPicture> labels;
  Stream stream(epl);
  while (!stream.empty()) {
    auto label = TakeLabel(stream);
    if (!label)
      return NoLabel("label " + std::to_string(labels.size() + 1) + " cannot be understood");
    labels.push_back(*std::move(label));
  }
  return labels;
}

}  // namespace radyab::scanner

#include "scanner/labels/label_pdf.h"

#include <cairo-pdf.h>

#include <new>

#include "scanner/label_text_drawing.h"

namespace radyab::scanner {
namespace {

constexpr double kPointsPerInch = 72.0;
constexpr double kPointsPerMillimetre = kPointsPerInch / kMillimetresPerInch;

// Called from C: no exception may leave it.
cairo_status_t AppendBytes(void* bytes, const unsigned char* data, unsigned length) {
  try {
    static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  } catch (const std::bad_alloc&) {
    return CAIRO_STATUS_NO_MEMORY;
  }
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

struct LabelPdf::Drawing {
  PageGrid grid;
  bool right_to_left = false;
  std::string bytes;
  cairo_surface_t* surface = nullptr;
  cairo_t* context = nullptr;
  std::size_t labels = 0;
};

LabelPdf::LabelPdf(const PageGrid& grid, bool right_to_left)
    : drawing_(std::make_unique<Drawing>()) {
  Drawing& drawing = *drawing_;
  drawing.grid = grid;
  drawing.right_to_left = right_to_left;
  drawing.surface = cairo_pdf_surface_create_for_stream(AppendBytes, &drawing.bytes,
                                                        grid.page_width * kPointsPerMillimetre,
                                                        grid.page_height * kPointsPerMillimetre);
  // Later versions may pack objects where pdf_dots.h does not look.
  cairo_pdf_surface_restrict_to_version(drawing.surface, CAIRO_PDF_VERSION_1_4);
  drawing.context = cairo_create(drawing.surface);
}

LabelPdf::~LabelPdf() {
  cairo_destroy(drawing_->context);
  // Even an unfinished surface writes its end when it goes: into bytes that are still there.
  cairo_surface_destroy(drawing_->surface);
}

Outcome<PagePlace> LabelPdf::Add(const LabelSheet& label) {
  Drawing& drawing = *drawing_;
  const auto place = PlaceOnPage(drawing.grid, label, drawing.labels, drawing.right_to_left);
  if (!place) return place;
  cairo_t* context = drawing.context;
  if (drawing.labels > 0 && drawing.labels % drawing.grid.LabelsOnPage() == 0)
    cairo_show_page(context);
  ++drawing.labels;
  cairo_save(context);
  const double points_per_dot = kPointsPerInch / label.dots_per_inch;
  cairo_scale(context, points_per_dot, points_per_dot);
  cairo_translate(context, place->x, place->y);
  cairo_set_source_rgb(context, 0, 0, 0);
  for (const SheetSymbol& symbol : label.symbols) {
    // One path: where boxes touch, no viewer shows a seam.
    for (const BlackBox& box : symbol.boxes)
      cairo_rectangle(context, box.x, box.y, box.width, box.height);
    cairo_fill(context);
  }
  for (const SheetText& text : label.texts)
    ShowText(context, text.text, {text.size, text.right_to_left}, text.x, text.y);
  cairo_restore(context);
  return place;
}

Outcome<std::string> LabelPdf::Finish() {
  Drawing& drawing = *drawing_;
  if (drawing.labels == 0)
    return ScanFault{FaultKind::kBadLabelContent, "a document without labels was asked for"};
  const cairo_status_t drawn = cairo_status(drawing.context);
  cairo_surface_finish(drawing.surface);
  const cairo_status_t written = cairo_surface_status(drawing.surface);
  const cairo_status_t status = drawn != CAIRO_STATUS_SUCCESS ? drawn : written;
  if (status != CAIRO_STATUS_SUCCESS) {
    return ScanFault{FaultKind::kOutOfMemory,
                     std::string("the PDF cannot be written: ") + cairo_status_to_string(status)};
  }
  return std::move(drawing.bytes);
}

}  // namespace radyab::scanner

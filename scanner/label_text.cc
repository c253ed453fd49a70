#include "scanner/label_text.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>

namespace radyab::scanner {
namespace {

template <auto Release>
struct ReleaseWith {
  template <class T>
  void operator()(T* object) const {
    Release(object);
  }
};
using Surface = std::unique_ptr<cairo_surface_t, ReleaseWith<cairo_surface_destroy>>;
using Context = std::unique_ptr<cairo_t, ReleaseWith<cairo_destroy>>;
using Layout = std::unique_ptr<PangoLayout, ReleaseWith<g_object_unref>>;
using Font = std::unique_ptr<PangoFontDescription, ReleaseWith<pango_font_description_free>>;

constexpr std::uint8_t kInkThreshold = 96;  // coverage from which a dot is printed

// A drawing surface of coverage (0 none, 255 full), and a layout on it.
struct Canvas {
  Surface surface;
  Context context;
  Layout layout;
};

Canvas MakeCanvas(int width, int height, std::string_view text, const TextStyle& style) {
  Canvas canvas;
  canvas.surface.reset(
      cairo_image_surface_create(CAIRO_FORMAT_A8, std::max(1, width), std::max(1, height)));
  canvas.context.reset(cairo_create(canvas.surface.get()));
  canvas.layout.reset(pango_cairo_create_layout(canvas.context.get()));
  const Font font(pango_font_description_new());
  pango_font_description_set_family(font.get(), std::string(kLabelFontFamily).c_str());
  pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
  PangoLayout* layout = canvas.layout.get();
  PangoContext* context = pango_layout_get_context(layout);
  pango_context_set_base_dir(context,
                             style.right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_layout_set_auto_dir(layout, FALSE);
  pango_layout_set_font_description(layout, font.get());
  pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
  return canvas;
}

// The line as it is drawn alone: a line of a broken text keeps the blank at its end, which is not
// wanted.
TextLine Measured(std::string_view text, const TextStyle& style) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  const Canvas canvas = MakeCanvas(1, 1, text, style);
  TextLine line;
  line.text = text;
  PangoRectangle ink;
  PangoRectangle logical;
  pango_layout_get_pixel_extents(canvas.layout.get(), &ink, &logical);
  line.width = std::max(logical.width, ink.x + ink.width);
  line.height = std::max(logical.height, ink.y + ink.height);
  line.baseline = PANGO_PIXELS(pango_layout_get_baseline(canvas.layout.get()));
  return line;
}

}  // namespace

Outcome<std::vector<TextLine>> BreakText(std::string_view text, const TextStyle& style, int width) {
  const Canvas canvas = MakeCanvas(1, 1, text, style);
  PangoLayout* layout = canvas.layout.get();
  pango_layout_set_width(layout, width * PANGO_SCALE);
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  if (pango_layout_get_unknown_glyphs_count(layout) > 0) {
    return ScanFault{FaultKind::kBadLabelContent, "no installed font has all letters of \"" +
                                                      std::string(text) +
                                                      "\" (Debian package fonts-dejavu-core)"};
  }
  std::vector<TextLine> lines;
  for (int i = 0; i < pango_layout_get_line_count(layout); ++i) {
    const PangoLayoutLine* line = pango_layout_get_line_readonly(layout, i);
    const auto begin = static_cast<std::size_t>(line->start_index);
    TextLine measured = Measured(text.substr(begin, static_cast<std::size_t>(line->length)), style);
    if (!measured.text.empty()) lines.push_back(std::move(measured));
  }
  return lines;
}

void DrawText(GreyPicture& picture, std::string_view line, const TextStyle& style, int x, int y) {
  const TextLine measured = Measured(line, style);
  const Canvas canvas = MakeCanvas(measured.width, measured.height, line, style);
  pango_cairo_show_layout(canvas.context.get(), canvas.layout.get());
  cairo_surface_flush(canvas.surface.get());
  const unsigned char* coverage = cairo_image_surface_get_data(canvas.surface.get());
  const int stride = cairo_image_surface_get_stride(canvas.surface.get());
  for (int j = std::max(0, -y); j < measured.height && y + j < picture.height; ++j) {
    for (int i = std::max(0, -x); i < measured.width && x + i < picture.width; ++i) {
      if (coverage[j * stride + i] >= kInkThreshold) picture.Row(y + j)[x + i] = 0;
    }
  }
}

}  // namespace radyab::scanner

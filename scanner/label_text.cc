#include "scanner/label_text.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <compare>
#include <map>
#include <memory>

#include "scanner/label_text_drawing.h"

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

// Most layouts, and most broken texts, that a thread keeps: labels of one run say much the same.
constexpr std::size_t kKeptMax = 512;

// What decides how a text is set; `width` 0 is unbroken.
struct TextKey {
  std::string text;
  int size = 0;
  bool right_to_left = false;
  int width = 0;
  friend auto operator<=>(const TextKey&, const TextKey&) = default;
};

// The layouts of one thread. Setting a text costs many times what looking it up does.
class TextSetter {
 public:
  static TextSetter& OfThisThread() {
    thread_local TextSetter setter;
    return setter;
  }

  // The layout of `text`, unbroken; good until the next call.
  PangoLayout* Unbroken(std::string_view text, const TextStyle& style) {
    TextKey key{std::string(text), style.size, style.right_to_left};
    if (const auto kept = layouts_.find(key); kept != layouts_.end()) return kept->second.get();
    if (layouts_.size() >= kKeptMax) layouts_.clear();
    return layouts_.emplace(std::move(key), Make(text, style)).first->second.get();
  }

  // A layout of its own.
  Layout Make(std::string_view text, const TextStyle& style) {
    Layout made(pango_cairo_create_layout(context_.get()));
    PangoLayout* layout = made.get();
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_font_description_set_absolute_size(font_.get(), style.size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font_.get());
    pango_context_set_base_dir(pango_layout_get_context(layout),
                               style.right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_layout_context_changed(layout);
    pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
    return made;
  }

  // The lines of a text that was broken before; null when it was not, or is no longer kept.
  const std::vector<TextLine>* Broken(const TextKey& key) const {
    const auto kept = broken_.find(key);
    return kept == broken_.end() ? nullptr : &kept->second;
  }

  void Keep(TextKey key, std::vector<TextLine> lines) {
    if (broken_.size() >= kKeptMax) broken_.clear();
    broken_.emplace(std::move(key), std::move(lines));
  }

 private:
  TextSetter()
      : surface_(cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1)),
        context_(cairo_create(surface_.get())),
        font_(pango_font_description_new()) {
    pango_font_description_set_family(font_.get(), std::string(kLabelFontFamily).c_str());
  }

  Surface surface_;
  Context context_;
  Font font_;
  std::map<TextKey, Layout> layouts_;
  std::map<TextKey, std::vector<TextLine>> broken_;
};

// How far letters reach out of their line to the left and above: so far the line is moved in.
struct Overhang {
  int left = 0;
  int top = 0;
};

Overhang OverhangOf(PangoLayout* layout) {
  PangoRectangle ink;
  pango_layout_get_pixel_extents(layout, &ink, nullptr);
  return {std::max(0, -ink.x), std::max(0, -ink.y)};
}

// The line as it is drawn alone: a line of a broken text keeps the blank at its end, which is not
// wanted.
TextLine Measured(std::string_view text, const TextStyle& style) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  PangoLayout* layout = TextSetter::OfThisThread().Unbroken(text, style);
  TextLine line;
  line.text = text;
  PangoRectangle ink;
  PangoRectangle logical;
  pango_layout_get_pixel_extents(layout, &ink, &logical);
  const Overhang overhang = OverhangOf(layout);
  line.width = std::max(logical.width, ink.x + ink.width) + overhang.left;
  line.height = std::max(logical.height, ink.y + ink.height) + overhang.top;
  line.baseline = PANGO_PIXELS(pango_layout_get_baseline(layout)) + overhang.top;
  return line;
}

}  // namespace

Outcome<std::vector<TextLine>> BreakText(std::string_view text, const TextStyle& style, int width) {
  TextSetter& setter = TextSetter::OfThisThread();
  TextKey key{std::string(text), style.size, style.right_to_left, width};
  if (const auto* kept = setter.Broken(key)) return *kept;
  if (pango_layout_get_unknown_glyphs_count(setter.Unbroken(text, style)) > 0) {
    return ScanFault{FaultKind::kBadLabelContent, "no installed font has all letters of \"" +
                                                      std::string(text) +
                                                      "\" (Debian package fonts-dejavu-core)"};
  }
  std::vector<TextLine> lines;
  if (TextLine whole = Measured(text, style); whole.width <= width) {
    if (!whole.text.empty()) lines.push_back(std::move(whole));
    return lines;
  }
  const Layout made = setter.Make(text, style);
  PangoLayout* layout = made.get();
  pango_layout_set_width(layout, width * PANGO_SCALE);
  for (int i = 0; i < pango_layout_get_line_count(layout); ++i) {
    const PangoLayoutLine* line = pango_layout_get_line_readonly(layout, i);
    TextLine measured = Measured(text.substr(static_cast<std::size_t>(line->start_index),
                                             static_cast<std::size_t>(line->length)),
                                 style);
    if (!measured.text.empty()) lines.push_back(std::move(measured));
  }
  setter.Keep(std::move(key), lines);
  return lines;
}

void DrawText(GreyPicture& picture, std::string_view line, const TextStyle& style, int x, int y) {
  const TextLine measured = Measured(line, style);
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_A8, std::max(1, measured.width),
                                                   std::max(1, measured.height)));
  const Context context(cairo_create(surface.get()));
  ShowText(context.get(), measured.text, style, 0, 0);
  cairo_surface_flush(surface.get());
  const unsigned char* coverage = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int j = std::max(0, -y); j < measured.height && y + j < picture.height; ++j) {
    for (int i = std::max(0, -x); i < measured.width && x + i < picture.width; ++i) {
      if (coverage[j * stride + i] >= kInkThreshold) picture.Row(y + j)[x + i] = 0;
    }
  }
}

void ShowText(cairo_t* drawing, std::string_view line, const TextStyle& style, double x, double y) {
  PangoLayout* layout = TextSetter::OfThisThread().Unbroken(line, style);
  const Overhang overhang = OverhangOf(layout);
  cairo_move_to(drawing, x + overhang.left, y + overhang.top);
  // Not updated for the drawing: letters keep the places that were measured, in dots.
  pango_cairo_show_layout(drawing, layout);
}

}  // namespace radyab::scanner

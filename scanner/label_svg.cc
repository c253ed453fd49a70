#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "scanner/label_files.h"
#include "scanner/label_text.h"

namespace radyab::scanner {
namespace {

constexpr std::string_view kBoxBegins = "<rect x=\"";

// A measure in dots as millimetres with four decimals: enough to find the dot again.
std::string Millimetres(int dots, int dots_per_inch) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4f", dots * kMillimetresPerInch / dots_per_inch);
  return text;
}

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

// The number in the attribute `name` of `element`, in dots; nothing when it has none.
std::optional<int> DotsOf(std::string_view element, std::string_view name, int dots_per_inch) {
  const std::string begin = " " + std::string(name) + "=\"";
  const std::size_t at = element.find(begin);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string number(element.substr(at + begin.size(), 24));
  char* end = nullptr;
  const double millimetres = std::strtod(number.c_str(), &end);
  if (end == number.c_str() || !(millimetres >= 0 && millimetres < 10'000)) return std::nullopt;
  return static_cast<int>(std::lround(millimetres * dots_per_inch / kMillimetresPerInch));
}

std::optional<BlackBox> BoxOf(std::string_view element, int dots_per_inch) {
  const auto x = DotsOf(element, "x", dots_per_inch);
  const auto y = DotsOf(element, "y", dots_per_inch);
  const auto width = DotsOf(element, "width", dots_per_inch);
  const auto height = DotsOf(element, "height", dots_per_inch);
  if (!x || !y || !width || !height) return std::nullopt;
  return BlackBox{*x, *y, *width, *height};
}

void AppendText(std::string& svg, const SheetText& text, int dots_per_inch) {
  const auto mm = [dots_per_inch](int dots) { return Millimetres(dots, dots_per_inch); };
  // With direction rtl the start of a line is its right end.
  const int start = text.right_to_left ? text.x + text.width : text.x;
  svg += "<text x=\"" + mm(start) + "\" y=\"" + mm(text.y + text.baseline) + "\" font-size=\"" +
         mm(text.size) + "\" textLength=\"" + mm(text.width) +
         "\" lengthAdjust=\"spacingAndGlyphs\"";
  if (text.right_to_left) svg += " direction=\"rtl\" xml:lang=\"fa\"";
  svg += ">" + Escaped(text.text) + "</text>\n";
}

}  // namespace

std::string WriteLabelSvg(const LabelSheet& sheet) {
  const auto mm = [&sheet](int dots) { return Millimetres(dots, sheet.dots_per_inch); };
  const std::string width = mm(sheet.width);
  const std::string height = mm(sheet.height);
  std::string svg =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
      "width=\"" +
      width + "mm\" height=\"" + height + "mm\" viewBox=\"0 0 " + width + " " + height + "\">\n";
  svg += "<path fill=\"#ffffff\" d=\"M0 0H" + width + "V" + height + "H0Z\"/>\n";
  for (const SheetSymbol& symbol : sheet.symbols) {
    svg += "<g fill=\"#000000\" shape-rendering=\"crispEdges\">\n<title>" +
           std::string(CarrierName(symbol.payload.carrier)) + "</title>\n";
    for (const BlackBox& box : symbol.boxes) {
      svg += std::string(kBoxBegins) + mm(box.x) + "\" y=\"" + mm(box.y) + "\" width=\"" +
             mm(box.width) + "\" height=\"" + mm(box.height) + "\"/>\n";
    }
    svg += "</g>\n";
  }
  svg +=
      "<g fill=\"#000000\" font-family=\"'" + std::string(kLabelFontFamily) + "', sans-serif\">\n";
  for (const SheetText& text : sheet.texts) AppendText(svg, text, sheet.dots_per_inch);
  return svg + "</g>\n</svg>\n";
}

Outcome<GreyPicture> PaintLabelSvg(std::string_view svg, int dots_per_inch) {
  const ScanFault no_label{FaultKind::kLabelUnreadable, "the SVG is none of our labels"};
  const std::size_t head = svg.find("<svg ");
  if (head == std::string_view::npos) return no_label;
  const auto width = DotsOf(svg.substr(head, 400), "width", dots_per_inch);
  const auto height = DotsOf(svg.substr(head, 400), "height", dots_per_inch);
  if (!width || !height || *width < 1 || *height < 1 || *width > kPictureSideMax ||
      *height > kPictureSideMax || std::int64_t{*width} * *height > kPicturePixelsMax) {
    return no_label;
  }
  GreyPicture picture = GreyPicture::Blank(*width, *height);
  for (std::size_t at = svg.find(kBoxBegins); at != std::string_view::npos;
       at = svg.find(kBoxBegins, at + 1)) {
    const auto box = BoxOf(svg.substr(at, svg.find('>', at) - at), dots_per_inch);
    if (!box || box->x + box->width > *width || box->y + box->height > *height) return no_label;
    for (int y = box->y; y < box->y + box->height; ++y) {
      for (int x = box->x; x < box->x + box->width; ++x) picture.Row(y)[x] = 0;
    }
  }
  return picture;
}

}  // namespace radyab::scanner

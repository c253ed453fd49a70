#include "scanner/labels/pdf_dots.h"

#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "scanner/labels/pdf_drawing.h"

namespace radyab::scanner {
namespace {

constexpr double kPointsPerInch = 72.0;
// Most bytes of one page's drawing: a page of a thousand symbols has a tenth of it.
constexpr std::size_t kPageBytesMax = std::size_t{256} << 20;
constexpr std::size_t kObjectsMax = 1'000'000;

ScanFault NoLabels(std::string_view why) {
  return {FaultKind::kLabelUnreadable, "the PDF is none of our labels: " + std::string(why)};
}

// The whole number at the beginning of `text`, blanks before it passed over.
std::optional<std::size_t> NumberAt(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \r\n\t");
  if (begin == std::string_view::npos) return std::nullopt;
  std::size_t number = 0;
  const auto read = std::from_chars(text.data() + begin, text.data() + text.size(), number);
  if (read.ec != std::errc()) return std::nullopt;
  return number;
}

// What stands behind `/key` in a dictionary; empty when it is not there.
std::string_view ValueOf(std::string_view dictionary, std::string_view key) {
  for (std::size_t at = dictionary.find(key); at != std::string_view::npos;
       at = dictionary.find(key, at + 1)) {
    const std::string_view value = dictionary.substr(at + key.size());
    const bool whole = !value.empty() && (value[0] == ' ' || value[0] == '[' || value[0] == '<' ||
                                          value[0] == '/' || value[0] == '\n');
    if (whole) return value;
  }
  return {};
}

// The text of an object from its dictionary on, up to where its data or the object ends.
std::string_view DictionaryAt(std::string_view pdf, std::size_t offset) {
  if (offset == 0 || offset >= pdf.size()) return {};
  const std::string_view object = pdf.substr(offset);
  return object.substr(0, std::min(object.find("stream\n"), object.find("endobj")));
}

std::optional<std::string> Inflated(std::string_view packed) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return std::nullopt;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string plain;
  int status = Z_OK;
  while (status == Z_OK && plain.size() < kPageBytesMax) {
    char buffer[65536];
    stream.next_out = reinterpret_cast<Bytef*>(buffer);
    stream.avail_out = sizeof buffer;
    status = inflate(&stream, Z_NO_FLUSH);
    plain.append(buffer, sizeof buffer - stream.avail_out);
  }
  inflateEnd(&stream);
  if (status != Z_STREAM_END) return std::nullopt;
  return plain;
}

// Offsets of all objects, of the table that the end of the document names.
std::optional<std::vector<std::size_t>> ReadObjectTable(std::string_view pdf) {
  const std::size_t end = pdf.rfind("startxref");
  if (end == std::string_view::npos) return std::nullopt;
  const auto table = NumberAt(pdf.substr(end + 9));
  if (!table || *table >= pdf.size() || !pdf.substr(*table).starts_with("xref\n0 "))
    return std::nullopt;
  const auto count = NumberAt(pdf.substr(*table + 7));
  std::size_t at = pdf.find('\n', *table + 7);
  constexpr std::size_t kEntryBytes = 20;
  if (!count || *count > kObjectsMax || at == std::string_view::npos ||
      pdf.size() - at < *count * kEntryBytes) {
    return std::nullopt;
  }
  std::vector<std::size_t> offsets;
  ++at;
  for (std::size_t i = 0; i < *count; ++i, at += kEntryBytes) {
    const auto offset = NumberAt(pdf.substr(at, 10));
    if (!offset) return std::nullopt;
    offsets.push_back(*offset);
  }
  return offsets;
}

}  // namespace

Outcome<PdfDots> PdfDots::Open(std::string_view pdf) {
  PdfDots dots;
  dots.pdf_ = pdf;
  auto offsets = ReadObjectTable(pdf);
  if (!offsets) return NoLabels("its table of objects cannot be read");
  dots.offsets_ = *std::move(offsets);
  const auto object = [&dots, pdf](std::optional<std::size_t> number) -> std::string_view {
    if (!number || *number >= dots.offsets_.size()) return {};
    return DictionaryAt(pdf, dots.offsets_[*number]);
  };
  const std::string_view trailer = pdf.substr(std::min(pdf.size(), pdf.rfind("trailer")));
  const std::string_view catalog = object(NumberAt(ValueOf(trailer, "/Root")));
  const std::string_view tree = object(NumberAt(ValueOf(catalog, "/Pages")));
  std::string_view kids = ValueOf(tree, "/Kids");
  kids = kids.substr(0, kids.find(']'));
  kids.remove_prefix(std::min(kids.size(), kids.find('[') + 1));
  while (const auto number = NumberAt(kids)) {
    const std::string_view page = object(number);
    std::string_view box = ValueOf(page, "/MediaBox");
    box.remove_prefix(std::min(box.size(), box.find('[') + 1));
    double corners[4] = {};
    if (!ReadNumbers(box, corners) || corners[0] != 0 || corners[1] != 0)
      return NoLabels("a page without a size");
    const auto contents = NumberAt(ValueOf(page, "/Contents"));
    if (!contents || *contents >= dots.offsets_.size()) return NoLabels("a page without a drawing");
    dots.pages_.push_back({corners[2], corners[3], dots.offsets_[*contents]});
    const std::size_t next = kids.find('R');
    kids.remove_prefix(next == std::string_view::npos ? kids.size() : next + 1);
  }
  if (dots.pages_.empty()) return NoLabels("it has no page");
  return dots;
}

Outcome<GreyPicture> PdfDots::Paint(std::size_t page, int dots_per_inch) const {
  const Page& wanted = pages_.at(page);
  const double dots_per_point = dots_per_inch / kPointsPerInch;
  const double width = std::round(wanted.width * dots_per_point);
  const double height = std::round(wanted.height * dots_per_point);
  if (!(width >= 1 && height >= 1 && width <= kPictureSideMax && height <= kPictureSideMax &&
        width * height <= static_cast<double>(kPicturePixelsMax))) {
    return NoLabels("a page of such a size");
  }
  const std::string_view head = DictionaryAt(pdf_, wanted.contents);
  const std::size_t data = wanted.contents + head.size() + 7;  // behind "stream\n"
  auto length = NumberAt(ValueOf(head, "/Length"));
  const std::string_view reference = ValueOf(head, "/Length");
  if (reference.substr(0, reference.find_first_of("/>\n")).find(" 0 R") != std::string_view::npos) {
    if (!length || *length >= offsets_.size()) return NoLabels("a drawing without a length");
    const std::string_view object = pdf_.substr(std::min(pdf_.size(), offsets_[*length]));
    length = NumberAt(object.substr(std::min(object.size(), object.find("obj") + 3)));
  }
  if (!length || data > pdf_.size() || *length > pdf_.size() - data ||
      ValueOf(head, "/Filter").find("FlateDecode") == std::string_view::npos) {
    return NoLabels("a drawing without a length");
  }
  const auto drawing = Inflated(pdf_.substr(data, *length));
  if (!drawing) return NoLabels("a drawing that is damaged");
  const auto boxes = BlackBoxesOf(*drawing);
  if (!boxes) return boxes.fault();
  GreyPicture picture = GreyPicture::Blank(static_cast<int>(width), static_cast<int>(height));
  for (const PointBox& box : *boxes) {
    const double sides[4] = {box.left * dots_per_point, (wanted.height - box.top) * dots_per_point,
                             box.right * dots_per_point,
                             (wanted.height - box.bottom) * dots_per_point};
    int dots[4];
    for (int i = 0; i < 4; ++i) {
      constexpr double kNearDot = 0.1;
      dots[i] = static_cast<int>(std::lround(sides[i]));
      if (std::abs(sides[i] - dots[i]) > kNearDot) return NoLabels("a corner between two dots");
    }
    if (dots[0] < 0 || dots[1] < 0 || dots[2] > picture.width || dots[3] > picture.height)
      return NoLabels("a symbol that reaches over the edge of its page");
    for (int y = dots[1]; y < dots[3]; ++y)
      std::fill(picture.Row(y) + dots[0], picture.Row(y) + dots[2], std::uint8_t{0});
  }
  return picture;
}

}  // namespace radyab::scanner

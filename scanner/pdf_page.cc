#include "scanner/pdf_page.h"

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>

#include "scanner/picture_file.h"
#include "scanner/picture_formats.h"

namespace radyab::scanner {
namespace {

constexpr double kPointsPerInch = 72;

void PassOver(const std::string&, void*) {}

// A side in pixels; sides without measure become too long ones.
std::int64_t SidePixels(double points, int dots_per_inch) {
  const double pixels = std::ceil(std::abs(points) * dots_per_inch / kPointsPerInch);
  return std::isfinite(pixels) && pixels < 1e9 ? static_cast<std::int64_t>(pixels)
                                               : std::int64_t{1'000'000'000};
}

Outcome<GreyPicture> Draw(const poppler::page& page) {
  const poppler::rectf paper = page.page_rect();
  int dots_per_inch = kFineDotsPerInch;
  if (SidePixels(paper.width(), dots_per_inch) * SidePixels(paper.height(), dots_per_inch) >
      kFinePixelsMax) {
    dots_per_inch = kCoarseDotsPerInch;
  }
  const std::int64_t width = SidePixels(paper.width(), dots_per_inch);
  const std::int64_t height = SidePixels(paper.height(), dots_per_inch);
  if (auto refused = RefuseSize("PDF", width, height)) return *refused;
  poppler::page_renderer renderer;
  renderer.set_image_format(poppler::image::format_gray8);
  renderer.set_render_hint(poppler::page_renderer::antialiasing);
  renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
  const poppler::image drawn = renderer.render_page(&page, dots_per_inch, dots_per_inch);
  if (!drawn.is_valid() || drawn.format() != poppler::image::format_gray8) {
    return DamagedPicture("PDF", "the page cannot be drawn");
  }
  GreyPicture picture = GreyPicture::Blank(drawn.width(), drawn.height());
  for (int y = 0; y < picture.height; ++y) {
    const char* row = drawn.const_data() +
                      static_cast<std::size_t>(y) * static_cast<std::size_t>(drawn.bytes_per_row());
    std::copy(row, row + picture.width, reinterpret_cast<char*>(picture.Row(y)));
  }
  return picture;
}

}  // namespace

Outcome<PdfPage> DrawPdfPage(std::string_view bytes, std::uint32_t page) {
  poppler::set_debug_error_function(PassOver, nullptr);
  if (!BeginsLikePdf(bytes) || bytes.size() > std::numeric_limits<int>::max()) {
    return ScanFault{FaultKind::kNotAPicture, "the file is no PDF"};
  }
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (document == nullptr) return DamagedPicture("PDF", "it is no whole document");
  if (document->is_locked()) {
    return ScanFault{FaultKind::kUnreadForm, "the PDF is locked by a password"};
  }
  const int page_count = document->pages();
  if (page_count > kPagesMax) {
    return ScanFault{FaultKind::kTooLarge, "the PDF has " + std::to_string(page_count) +
                                               " pages, at most " + std::to_string(kPagesMax) +
                                               " are read"};
  }
  if (page < 1 || static_cast<std::int64_t>(page) > page_count) {
    return DamagedPicture("PDF", "it has " + std::to_string(page_count) + " pages and no page " +
                                     std::to_string(page));
  }
  const std::unique_ptr<poppler::page> sheet(document->create_page(static_cast<int>(page) - 1));
  if (sheet == nullptr) return DamagedPicture("PDF", "page " + std::to_string(page) + " is broken");
  auto picture = Draw(*sheet);
  if (!picture) return picture.fault();
  return PdfPage{std::move(picture).value(), page_count};
}

}  // namespace radyab::scanner

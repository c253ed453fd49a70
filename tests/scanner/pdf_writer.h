// Small PDF documents for tests, written by hand (ISO 32000-1, 7.5).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scanner/grey_picture.h"

namespace radyab::scanner {

// A page that shows a picture over its whole paper; one pixel is so many points (72 an inch).
struct PaperPicture {
  GreyPicture picture;
  double points_a_pixel = 0.5;
};

// A document with a page for each picture.
std::string PdfOfPictures(const std::vector<PaperPicture>& pages);

// A document of one page of that size in points, with that content stream. A `repeated` content is
// stored that many times over, compressed: a bomb.
std::string PdfOfContent(double width, double height, std::string_view content, int repeated = 1);

// A document that wants a password.
std::string PdfWithPassword();

}  // namespace radyab::scanner

#include "scanner/grey_passes.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "scanner/grey_mat.h"

namespace radyab::scanner {
namespace {

constexpr int kTiles = 8;
constexpr double kClipLimit = 3;
constexpr int kEvenedSideMin = 32;
constexpr double kDarkerBy = 5;    // than its surroundings, to be black
constexpr int kPaperReach = 16;    // paper shows itself within so many pixels of any bar
constexpr int kPaperSideMin = 32;  // smaller pictures have no paper around
constexpr std::uint8_t kWhite = 255;

template <class Fill>
GreyPicture SameSize(const GreyPicture& picture, Fill fill) {
  if (picture.pixels.empty()) return picture;
  return FilledPicture(picture.width, picture.height, fill);
}

}  // namespace

void KeepToOneThread() { cv::setNumThreads(1); }

GreyPicture Resized(const GreyPicture& picture, double factor) {
  if (picture.pixels.empty()) return picture;
  const auto side = [factor](int old) { return std::max(1, static_cast<int>(old * factor)); };
  return FilledPicture(side(picture.width), side(picture.height), [&](cv::Mat& target) {
    cv::resize(MatOf(picture), target, target.size(), 0, 0,
               factor < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  });
}

GreyPicture WithMargin(const GreyPicture& picture, int margin) {
  if (picture.pixels.empty()) return picture;
  return FilledPicture(picture.width + 2 * margin, picture.height + 2 * margin,
                       [&](cv::Mat& target) {
                         cv::copyMakeBorder(MatOf(picture), target, margin, margin, margin, margin,
                                            cv::BORDER_CONSTANT, kWhite);
                       });
}

GreyPicture Inverted(const GreyPicture& picture) {
  return SameSize(picture, [&](cv::Mat& inverted) { cv::bitwise_not(MatOf(picture), inverted); });
}

GreyPicture EvenContrast(const GreyPicture& picture) {
  if (picture.width < kEvenedSideMin || picture.height < kEvenedSideMin) return picture;
  return SameSize(picture, [&](cv::Mat& even) {
    cv::createCLAHE(kClipLimit, cv::Size(kTiles, kTiles))->apply(MatOf(picture), even);
  });
}

GreyPicture Sharpened(const GreyPicture& picture, double sigma, double strength) {
  return SameSize(picture, [&](cv::Mat& sharp) {
    cv::Mat blurred;
    cv::GaussianBlur(MatOf(picture), blurred, cv::Size(), sigma);
    cv::addWeighted(MatOf(picture), 1 + strength, blurred, -strength, 0, sharp);
  });
}

GreyPicture BlackAndWhite(const GreyPicture& picture, int side) {
  return SameSize(picture, [&](cv::Mat& target) {
    cv::adaptiveThreshold(MatOf(picture), target, kWhite, cv::ADAPTIVE_THRESH_GAUSSIAN_C,
                          cv::THRESH_BINARY, side, kDarkerBy);
  });
}

GreyPicture WithoutShadows(const GreyPicture& picture) {
  if (picture.width < kPaperSideMin || picture.height < kPaperSideMin) return picture;
  return SameSize(picture, [&](cv::Mat& lit) {
    // The paper is what is brightest nearby; it is sought in a quarter of the size.
    cv::Mat small;
    cv::resize(MatOf(picture), small, cv::Size(), 0.25, 0.25, cv::INTER_AREA);
    const int side = 2 * (kPaperReach / 4) + 1;
    cv::dilate(small, small, cv::getStructuringElement(cv::MORPH_RECT, {side, side}));
    cv::blur(small, small, {side, side});
    cv::Mat paper;
    cv::resize(small, paper, MatOf(picture).size(), 0, 0, cv::INTER_LINEAR);
    cv::divide(MatOf(picture), paper, lit, kWhite);
  });
}

GreyPicture Smoothed(const GreyPicture& picture) {
  return SameSize(picture, [&](cv::Mat& smooth) { cv::blur(MatOf(picture), smooth, {3, 3}); });
}

}  // namespace radyab::scanner

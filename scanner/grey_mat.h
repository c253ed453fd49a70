// Our pictures as OpenCV's. Included by .cc files only: no header of ours shows an OpenCV type.
#pragma once

#include <new>
#include <opencv2/core.hpp>

#include "scanner/grey_picture.h"

namespace radyab::scanner {

// The same pixels seen as a matrix, without a copy; valid as long as `picture` and not to be
// written through when that is const.
inline cv::Mat MatOf(const GreyPicture& picture) {
  return {picture.height, picture.width, CV_8UC1, const_cast<std::uint8_t*>(picture.pixels.data())};
}

// A picture of that size, filled by `fill(cv::Mat& target)`, which must not give `target` another
// size or type. Memory that runs out is std::bad_alloc, as everywhere.
template <class Fill>
GreyPicture FilledPicture(int width, int height, Fill fill) {
  GreyPicture made = GreyPicture::Blank(width, height);
  cv::Mat target = MatOf(made);
  try {
    fill(target);
  } catch (const cv::Exception& exception) {
    if (exception.code == cv::Error::StsNoMem) throw std::bad_alloc();
    throw;
  }
  CV_Assert(target.data == made.pixels.data());
  return made;
}

}  // namespace radyab::scanner

#include "scanner/bar_areas.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "scanner/grey_mat.h"

namespace radyab::scanner {
namespace {

constexpr std::int64_t kSoughtPixelsMax = 1'000'000;  // larger pictures are made smaller first
constexpr int kNeighbourhood = 15;                    // pixels a side over which slopes are summed
constexpr float kOneDirection = 0.7F;                 // 0 all directions alike, 1 one only
constexpr double kPrevailing = 0.6;
constexpr float kSlopeSquareMin = 900;  // mean square slope of faint bars (Sobel)
constexpr double kLengthMin = 24;
constexpr double kHeightMin = 6;
constexpr double kQuietShare = 0.1;  // of the length, added at each end
constexpr double kQuietPixels = 8;
constexpr double kLengthWanted = 700;  // shorter bars are enlarged, up to kEnlargedMax
constexpr double kEnlargedMax = 3;
constexpr double kUprightSideMax = 4096;
constexpr int kLineRows = 12;

// Sums of products of slopes: across, down and mixed, of single pixels or of whole areas.
struct Tensor {
  cv::Mat difference;  // across minus down
  cv::Mat mixed;       // twice across times down
  cv::Mat all;         // across plus down
};

Tensor TensorOf(const cv::Mat& grey) {
  cv::Mat across;
  cv::Mat down;
  cv::Sobel(grey, across, CV_32F, 1, 0);
  cv::Sobel(grey, down, CV_32F, 0, 1);
  const cv::Mat across_square = across.mul(across);
  const cv::Mat down_square = down.mul(down);
  Tensor tensor{across_square - down_square, across.mul(down, 2), across_square + down_square};
  for (cv::Mat* part : {&tensor.difference, &tensor.mixed, &tensor.all}) {
    cv::blur(*part, *part, {kNeighbourhood, kNeighbourhood});
  }
  return tensor;
}

// What is summed up over the pixels of one piece.
struct Piece {
  double difference = 0;
  double mixed = 0;
  double all = 0;
  int pixels = 0;
  double angle = 0;
  double along_min = 1e9, along_max = -1e9;  // extent in the reading direction
  double beside_min = 1e9, beside_max = -1e9;

  bool HasOneDirection() const {
    return pixels > 0 && std::hypot(difference, mixed) > kOneDirection * all;
  }
};

std::vector<Piece> PiecesOf(const Tensor& tensor) {
  cv::Mat strength;
  cv::magnitude(tensor.difference, tensor.mixed, strength);
  const cv::Mat mask = (strength > kOneDirection * tensor.all) & (tensor.all > kSlopeSquareMin);
  cv::Mat labels;
  const int count = cv::connectedComponents(mask, labels, 4, CV_32S);
  std::vector<Piece> pieces(static_cast<std::size_t>(count));
  const auto each = [&](auto visit) {
    for (int y = 0; y < labels.rows; ++y) {
      const int* row = labels.ptr<int>(y);
      for (int x = 0; x < labels.cols; ++x) {
        if (row[x] != 0) visit(pieces[static_cast<std::size_t>(row[x])], x, y);
      }
    }
  };
  each([&](Piece& piece, int x, int y) {
    piece.difference += tensor.difference.at<float>(y, x);
    piece.mixed += tensor.mixed.at<float>(y, x);
    piece.all += tensor.all.at<float>(y, x);
    ++piece.pixels;
  });
  for (Piece& piece : pieces) piece.angle = std::atan2(piece.mixed, piece.difference) / 2;
  each([&](Piece& piece, int x, int y) {
    const double along = x * std::cos(piece.angle) + y * std::sin(piece.angle);
    const double beside = y * std::cos(piece.angle) - x * std::sin(piece.angle);
    piece.along_min = std::min(piece.along_min, along);
    piece.along_max = std::max(piece.along_max, along);
    piece.beside_min = std::min(piece.beside_min, beside);
    piece.beside_max = std::max(piece.beside_max, beside);
  });
  return pieces;
}

}  // namespace

std::vector<BarArea> FindBarAreas(const GreyPicture& picture) {
  if (picture.width < kNeighbourhood || picture.height < kNeighbourhood) return {};
  cv::Mat grey = MatOf(picture);
  const double pixels = static_cast<double>(picture.width) * picture.height;
  const double scale = std::min(1.0, std::sqrt(kSoughtPixelsMax / pixels));
  if (scale < 1) cv::resize(MatOf(picture), grey, {}, scale, scale, cv::INTER_AREA);
  std::vector<BarArea> areas;
  for (const Piece& piece : PiecesOf(TensorOf(grey))) {
    if (!piece.HasOneDirection()) continue;
    const double along = (piece.along_min + piece.along_max) / 2;
    const double beside = (piece.beside_min + piece.beside_max) / 2;
    const double c = std::cos(piece.angle);
    const double s = std::sin(piece.angle);
    const BarArea area = {(along * c - beside * s + 0.5) / scale,
                          (along * s + beside * c + 0.5) / scale, piece.angle,
                          (piece.along_max - piece.along_min + 1) / scale,
                          (piece.beside_max - piece.beside_min + 1) / scale};
    if (area.length >= kLengthMin && area.height >= kHeightMin) areas.push_back(area);
  }
  std::stable_sort(areas.begin(), areas.end(), [](const BarArea& a, const BarArea& b) {
    return a.length * a.height > b.length * b.height;
  });
  if (areas.size() > kBarAreasMax) areas.resize(kBarAreasMax);
  return areas;
}

bool OneDirectionPrevails(const GreyPicture& picture) {
  if (picture.width < 3 || picture.height < 3) return false;
  cv::Mat across;
  cv::Mat down;
  cv::Sobel(MatOf(picture), across, CV_32F, 1, 0);
  cv::Sobel(MatOf(picture), down, CV_32F, 0, 1);
  const double across_square = across.dot(across);
  const double down_square = down.dot(down);
  const double strength = std::hypot(across_square - down_square, 2 * across.dot(down));
  return strength > kPrevailing * (across_square + down_square);
}

UprightBars::UprightBars(const GreyPicture& picture, const BarArea& area) : area_(area) {
  area_.length += 2 * (kQuietShare * area.length + kQuietPixels);
  enlarged_ = std::clamp(kLengthWanted / area_.length, 1.0, kEnlargedMax);
  enlarged_ = std::min(enlarged_, kUprightSideMax / area_.length);
  const int width = std::max(1, static_cast<int>(area_.length * enlarged_));
  const int height = std::max(1, static_cast<int>(area_.height));
  const double c = std::cos(area_.angle);
  const double s = std::sin(area_.angle);
  const double a = c / enlarged_;
  const double b = s / enlarged_;
  // From places in the upright picture to places in the other one, both between pixel middles.
  // Along the bars nothing is gained by more pixels.
  const cv::Matx23d back(a, -s, area_.middle_x - 0.5 - (a * width - s * height) / 2,  //
                         b, c, area_.middle_y - 0.5 - (b * width + c * height) / 2);
  picture_ = FilledPicture(width, height, [&](cv::Mat& upright) {
    cv::warpAffine(MatOf(picture), upright, back, upright.size(),
                   cv::INTER_CUBIC | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
  });
}

GreyPicture UprightBars::MeanLine(double from, double to) const {
  const int first = std::clamp(static_cast<int>(from * picture_.height), 0, picture_.height - 1);
  const int last = std::clamp(static_cast<int>(to * picture_.height), first + 1, picture_.height);
  return FilledPicture(picture_.width, kLineRows, [&](cv::Mat& lines) {
    cv::Mat line;
    cv::reduce(MatOf(picture_).rowRange(first, last), line, 0, cv::REDUCE_AVG);
    cv::repeat(line, kLineRows, 1, lines);
  });
}

PixelPoint UprightBars::Back(double x, double y) const {
  const double along = (x - picture_.width / 2.0) / enlarged_;
  const double beside = y - picture_.height / 2.0;
  const double c = std::cos(area_.angle);
  const double s = std::sin(area_.angle);
  return {static_cast<int>(std::lround(area_.middle_x + along * c - beside * s)),
          static_cast<int>(std::lround(area_.middle_y + along * s + beside * c))};
}

PixelPoint UprightBars::BackAt(const PixelPoint& place) const { return Back(place.x, place.y); }

Quad UprightBars::Corners() const {
  const double w = picture_.width;
  const double h = picture_.height;
  return {Back(0, 0), Back(w, 0), Back(w, h), Back(0, h)};
}

}  // namespace radyab::scanner

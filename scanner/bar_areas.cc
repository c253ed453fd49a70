#include "scanner/bar_areas.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "scanner/grey_mat.h"

namespace radyab::scanner {
namespace {

constexpr std::int64_t kSoughtPixelsMax = 1'000'000;  // larger pictures are made smaller first
constexpr int kBlock = 5;                             // pixels a side; slopes are summed by block
constexpr int kNeighbourhood = 3;                     // blocks a side of a neighbourhood
constexpr float kOneDirection = 0.7F;                 // 0 all directions alike, 1 one only
constexpr double kPrevailing = 0.6;
constexpr float kSlopeSquareMin = 900;  // mean square slope of faint bars (Sobel)
constexpr double kLengthMin = 32;       // one edge alone is seen over six blocks at most
constexpr int kTurnMin = 6;             // grey levels
constexpr double kTurnShareMin = 0.08;  // of the contrast of a line
constexpr double kHeightMin = 6;
constexpr double kQuietShare = 0.1;  // of the length, added at each end
constexpr double kQuietPixels = 8;
constexpr double kLengthWanted = 700;  // shorter bars are enlarged, up to kEnlargedMax
constexpr double kEnlargedMax = 3;
constexpr double kUprightSideMax = 4096;
constexpr int kLineRows = 12;
constexpr int kPaperSamples = 200;  // along the length of an area, in so many rows
constexpr int kPaperRows = 4;

// Means of products of slopes, of each block with its neighbours: across, down and mixed.
struct Tensor {
  cv::Mat difference;  // across minus down
  cv::Mat mixed;       // twice across times down
  cv::Mat all;         // across plus down
};

// Adds the means of `columns`, the sums of one row of blocks over their rows, by their columns.
void MeanOfBlocks(const std::vector<int>& columns, float* blocks, int count) {
  for (int block = 0; block < count; ++block) {
    int sum = 0;
    for (int i = 0; i < kBlock; ++i) sum += columns[static_cast<std::size_t>(block * kBlock + i)];
    blocks[block] = static_cast<float>(sum) / (kBlock * kBlock);
  }
}

Tensor TensorOf(const cv::Mat& grey) {
  cv::Mat across;
  cv::Mat down;
  cv::Sobel(grey, across, CV_16S, 1, 0);
  cv::Sobel(grey, down, CV_16S, 0, 1);
  const int rows = grey.rows / kBlock;
  const int columns = grey.cols / kBlock;
  Tensor tensor{cv::Mat(rows, columns, CV_32F), cv::Mat(rows, columns, CV_32F),
                cv::Mat(rows, columns, CV_32F)};
  const auto width = static_cast<std::size_t>(columns * kBlock);
  std::vector<int> differences(width), mixed(width), all(width);
  for (int row = 0; row < rows; ++row) {
    std::fill(differences.begin(), differences.end(), 0);
    std::fill(mixed.begin(), mixed.end(), 0);
    std::fill(all.begin(), all.end(), 0);
    for (int i = 0; i < kBlock; ++i) {
      const short* dx = across.ptr<short>(row * kBlock + i);
      const short* dy = down.ptr<short>(row * kBlock + i);
      for (std::size_t x = 0; x < width; ++x) {
        const int a = dx[x];
        const int b = dy[x];
        differences[x] += a * a - b * b;
        mixed[x] += 2 * a * b;
        all[x] += a * a + b * b;
      }
    }
    MeanOfBlocks(differences, tensor.difference.ptr<float>(row), columns);
    MeanOfBlocks(mixed, tensor.mixed.ptr<float>(row), columns);
    MeanOfBlocks(all, tensor.all.ptr<float>(row), columns);
  }
  for (cv::Mat* part : {&tensor.difference, &tensor.mixed, &tensor.all}) {
    cv::blur(*part, *part, {kNeighbourhood, kNeighbourhood});
  }
  return tensor;
}

// What is summed up over the blocks of one piece; places in pixels.
struct Piece {
  double difference = 0;
  double mixed = 0;
  double all = 0;
  int blocks = 0;
  double angle = 0;
  double along_min = 1e9, along_max = -1e9;  // extent in the reading direction
  double beside_min = 1e9, beside_max = -1e9;

  bool HasOneDirection() const {
    return blocks > 0 && std::hypot(difference, mixed) > kOneDirection * all;
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
    ++piece.blocks;
  });
  for (Piece& piece : pieces) piece.angle = std::atan2(piece.mixed, piece.difference) / 2;
  each([&](Piece& piece, int x, int y) {
    const double c = std::cos(piece.angle);
    const double s = std::sin(piece.angle);
    const double along = kBlock * ((x + 0.5) * c + (y + 0.5) * s);
    const double beside = kBlock * ((y + 0.5) * c - (x + 0.5) * s);
    const double reach = kBlock * (std::abs(c) + std::abs(s)) / 2;
    piece.along_min = std::min(piece.along_min, along - reach);
    piece.along_max = std::max(piece.along_max, along + reach);
    piece.beside_min = std::min(piece.beside_min, beside - reach);
    piece.beside_max = std::max(piece.beside_max, beside + reach);
  });
  return pieces;
}

// How bright the paper between the bars is: of samples all over the area one in six is brighter.
std::uint8_t PaperGrey(const GreyPicture& picture, const BarArea& area) {
  std::vector<std::uint8_t> greys;
  const double c = std::cos(area.angle);
  const double s = std::sin(area.angle);
  for (int i = 0; i < kPaperSamples; ++i) {
    for (int j = 0; j < kPaperRows; ++j) {
      const double along = ((i + 0.5) / kPaperSamples - 0.5) * area.length;
      const double beside = ((j + 0.5) / kPaperRows - 0.5) * area.height;
      const auto x = static_cast<int>(area.middle_x + along * c - beside * s);
      const auto y = static_cast<int>(area.middle_y + along * s + beside * c);
      if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) continue;
      greys.push_back(picture.At(x, y));
    }
  }
  if (greys.empty()) return 255;
  const auto paper = greys.begin() + static_cast<std::ptrdiff_t>(greys.size() * 5 / 6);
  std::nth_element(greys.begin(), paper, greys.end());
  return *paper;
}

}  // namespace

std::vector<BarArea> FindBarAreas(const GreyPicture& picture) {
  if (std::min(picture.width, picture.height) < kBlock * kNeighbourhood) return {};
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
    const BarArea area = {(along * c - beside * s) / scale, (along * s + beside * c) / scale,
                          piece.angle, (piece.along_max - piece.along_min) / scale,
                          (piece.beside_max - piece.beside_min) / scale};
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
  cv::Sobel(MatOf(picture), across, CV_16S, 1, 0);
  cv::Sobel(MatOf(picture), down, CV_16S, 0, 1);
  double across_square = 0;
  double down_square = 0;
  double mixed = 0;
  for (int y = 0; y < across.rows; ++y) {
    const short* dx = across.ptr<short>(y);
    const short* dy = down.ptr<short>(y);
    std::int64_t row_across = 0, row_down = 0, row_mixed = 0;
    for (int x = 0; x < across.cols; ++x) {
      row_across += dx[x] * dx[x];
      row_down += dy[x] * dy[x];
      row_mixed += dx[x] * dy[x];
    }
    across_square += static_cast<double>(row_across);
    down_square += static_cast<double>(row_down);
    mixed += static_cast<double>(row_mixed);
  }
  const double strength = std::hypot(across_square - down_square, 2 * mixed);
  return strength > kPrevailing * (across_square + down_square);
}

int TurnCount(const GreyPicture& line) {
  if (line.pixels.empty()) return 0;
  const std::uint8_t* greys = line.Row(0);
  const auto [least, most] = std::minmax_element(greys, greys + line.width);
  const int turn_min = std::max(kTurnMin, static_cast<int>(kTurnShareMin * (*most - *least)));
  int turns = 0;
  int low = greys[0];  // since the last turn
  int high = greys[0];
  bool rising = false;
  bool known = false;  // whether it rises or falls
  for (int x = 1; x < line.width; ++x) {
    const int grey = greys[x];
    low = std::min(low, grey);
    high = std::max(high, grey);
    const bool up = (!known || !rising) && grey - low >= turn_min;
    const bool down = (!known || rising) && high - grey >= turn_min;
    if (!up && !down) continue;
    turns += known ? 1 : 0;
    known = true;
    rising = up;
    low = high = grey;
  }
  return turns;
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
                   cv::INTER_CUBIC | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT,
                   PaperGrey(picture, area));
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

GreyPicture UprightBars::Bands(int count_max) const {
  if (picture_.height <= count_max) return picture_;
  return FilledPicture(picture_.width, count_max, [&](cv::Mat& bands) {
    cv::resize(MatOf(picture_), bands, bands.size(), 0, 0, cv::INTER_AREA);
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

Quad UprightBars::Corners(double from_x, double to_x) const {
  const double top =
      from_x < to_x ? 0 : picture_.height;  // read from the right, it stands head down
  const double bottom = picture_.height - top;
  return {Back(from_x, top), Back(to_x, top), Back(to_x, bottom), Back(from_x, bottom)};
}

}  // namespace radyab::scanner

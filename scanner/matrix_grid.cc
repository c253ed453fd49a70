#include "scanner/matrix_grid.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "scanner/grey_mat.h"

namespace radyab::scanner {
namespace {

struct GridSize {
  int rows;
  int columns;
};

// ISO/IEC 16022, table 7.
constexpr std::array<GridSize, 30> kSizes = {
    {{10, 10}, {12, 12}, {14, 14}, {16, 16}, {18, 18},   {20, 20},   {22, 22},   {24, 24},
     {26, 26}, {32, 32}, {36, 36}, {40, 40}, {44, 44},   {48, 48},   {52, 52},   {64, 64},
     {72, 72}, {80, 80}, {88, 88}, {96, 96}, {104, 104}, {120, 120}, {132, 132}, {144, 144},
     {8, 18},  {8, 32},  {12, 26}, {12, 36}, {16, 36},   {16, 48}}};
constexpr double kBorderSeenMin = 0.85;  // part of the border's modules that are as they must be
constexpr int kFinderSide = 8;           // with its light side
constexpr int kQrVersionMax = 14;
constexpr double kPatternsSeenMin = 0.8;
constexpr double kRunShareMin = 0.4;  // of a module's length, the shortest seen
constexpr double kRunShareMax = 1.8;
constexpr double kCarriedOver = 0.6;
constexpr int kReachShare = 12;  // of the shorter side, how far a side may be bent
constexpr int kModulePixels = 4;
constexpr int kQuietModules = 4;
constexpr int kModulePixelsMin = 2;  // of the upright picture; smaller modules are not told apart

// Where the modules of a symbol have their middles, in pixels.
struct Grid {
  std::vector<double> columns;
  std::vector<double> rows;
};

// The middles of light and dark in turn along a line of greys, when there are as many as wanted, of
// like length, the first as dark as told.
std::optional<std::vector<double>> Turns(const cv::Mat& line, int wanted, bool dark_first) {
  cv::Mat dark;
  cv::threshold(line.reshape(1, 1), dark, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  const std::uint8_t* bits = dark.ptr<std::uint8_t>(0);
  std::vector<double> middles;
  const double length = static_cast<double>(dark.cols) / wanted;
  int begin = 0;
  for (int at = 1; at <= dark.cols; ++at) {
    if (at < dark.cols && bits[at] == bits[begin]) continue;
    const int run = at - begin;
    const bool expected = (middles.size() % 2 == 0) == dark_first;
    if (run < kRunShareMin * length || run > kRunShareMax * length ||
        (bits[begin] != 0) != expected) {
      return std::nullopt;
    }
    middles.push_back((begin + at) / 2.0);
    begin = at;
  }
  if (static_cast<int>(middles.size()) != wanted) return std::nullopt;
  return middles;
}

// The grid of a symbol of that size whose whole sides are the left and the lower one, when its two
// other sides show it.
std::optional<Grid> GridOf(const cv::Mat& symbol, const GridSize& size) {
  const double height = static_cast<double>(symbol.rows) / size.rows;
  const double width = static_cast<double>(symbol.cols) / size.columns;
  cv::Mat top;
  cv::Mat right;
  const auto band = [](double module) {
    return cv::Range(static_cast<int>(0.25 * module), std::max(static_cast<int>(0.25 * module) + 1,
                                                               static_cast<int>(0.75 * module)));
  };
  const cv::Range across = band(width);
  cv::reduce(symbol.rowRange(band(height)), top, 0, cv::REDUCE_AVG);
  cv::reduce(symbol.colRange(symbol.cols - across.end, symbol.cols - across.start), right, 1,
             cv::REDUCE_AVG);
  auto columns = Turns(top, size.columns, true);
  auto rows = Turns(right, size.rows, false);
  if (!columns || !rows) return std::nullopt;
  return Grid{*std::move(columns), *std::move(rows)};
}

Grid EvenGrid(const cv::Mat& symbol, const GridSize& size) {
  Grid grid;
  for (int i = 0; i < size.columns; ++i)
    grid.columns.push_back((i + 0.5) * symbol.cols / size.columns);
  for (int i = 0; i < size.rows; ++i) grid.rows.push_back((i + 0.5) * symbol.rows / size.rows);
  return grid;
}

// 255 where a module is dark. When `cleared`, what lens and paper carried over from its neighbours
// is taken out first.
cv::Mat Sampled(const cv::Mat& symbol, const Grid& grid, bool cleared) {
  const auto rows = static_cast<int>(grid.rows.size());
  const auto columns = static_cast<int>(grid.columns.size());
  cv::Mat modules(rows, columns, CV_8UC1);
  const int high = std::max(1, symbol.rows / rows / 3);
  const int wide = std::max(1, symbol.cols / columns / 3);
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      const int x = static_cast<int>(grid.columns[static_cast<std::size_t>(column)]) - wide / 2;
      const int y = static_cast<int>(grid.rows[static_cast<std::size_t>(row)]) - high / 2;
      const cv::Rect middle = cv::Rect(x, y, wide, high) & cv::Rect({}, symbol.size());
      modules.at<std::uint8_t>(row, column) =
          cv::saturate_cast<std::uint8_t>(cv::mean(symbol(middle))[0]);
    }
  }
  if (cleared) {
    cv::Mat around;
    cv::blur(modules, around, {3, 3}, {-1, -1}, cv::BORDER_REPLICATE);
    cv::addWeighted(modules, 1 + kCarriedOver, around, -kCarriedOver, 0, modules);
  }
  cv::Mat dark;
  cv::threshold(modules, dark, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  return dark;
}

// Part of the border that is as it must be when the whole sides are the left and the lower one;
// `dark_below` is the grey under which a module is dark.
double BorderSeen(const cv::Mat& symbol, const Grid& grid, double dark_below) {
  const auto dark = [&](double x, double y) {
    return symbol.at<std::uint8_t>(static_cast<int>(y), static_cast<int>(x)) < dark_below;
  };
  int right = 0;
  for (std::size_t row = 0; row < grid.rows.size(); ++row) {
    right += dark(grid.columns.front(), grid.rows[row]) ? 1 : 0;
    right += dark(grid.columns.back(), grid.rows[row]) == (row % 2 == 1) ? 1 : 0;
  }
  for (std::size_t column = 0; column < grid.columns.size(); ++column) {
    right += dark(grid.columns[column], grid.rows.back()) ? 1 : 0;
    right += dark(grid.columns[column], grid.rows.front()) == (column % 2 == 0) ? 1 : 0;
  }
  return static_cast<double>(right) /
         (2 * static_cast<double>(grid.rows.size() + grid.columns.size()));
}

// How far a side of the symbol lies within the side of its area, by the place along it (0 to 1): a
// parabola, as bent paper and lenses make it.
struct BentSide {
  double at_begin = 0;
  double slope = 0;
  double bend = 0;
  double At(double t) const { return at_begin + t * (slope + t * bend); }
};

// The outer edge of the dark modules along the left side of `dark`, `reach` pixels to both sides of
// the column `left`. Half of a side may be light modules, behind which the next dark one is seen:
// so what lies further in than the edge found so far is left out, again and again.
BentSide LeftEdge(const cv::Mat& dark, int left, int top, int height, int reach) {
  std::vector<cv::Point2d> seen;  // place along the side, pixels inward
  for (int i = 0; i < height; ++i) {
    const std::uint8_t* row = dark.ptr<std::uint8_t>(top + i);
    for (int x = std::max(0, left - reach); x < std::min(dark.cols, left + reach); ++x) {
      if (row[x] == 0) continue;
      seen.emplace_back((i + 0.5) / height, x - left);
      break;
    }
  }
  BentSide side;
  for (double further_in = reach; further_in > 1; further_in *= 0.6) {
    std::vector<cv::Point2d> kept;
    for (const cv::Point2d& p : seen) {
      const double off = p.y - side.At(p.x);
      if (further_in >= reach || (off < further_in && off > -2 * further_in)) kept.push_back(p);
    }
    if (kept.size() < static_cast<std::size_t>(height) / 5 || kept.size() < 6) break;
    cv::Mat powers(static_cast<int>(kept.size()), 3, CV_64F);
    cv::Mat wanted(static_cast<int>(kept.size()), 1, CV_64F);
    for (int i = 0; i < powers.rows; ++i) {
      const cv::Point2d& p = kept[static_cast<std::size_t>(i)];
      powers.at<double>(i, 0) = 1;
      powers.at<double>(i, 1) = p.x;
      powers.at<double>(i, 2) = p.x * p.x;
      wanted.at<double>(i) = p.y;
    }
    cv::Mat found;
    cv::solve(powers, wanted, found, cv::DECOMP_NORMAL | cv::DECOMP_CHOLESKY);
    side = {found.at<double>(0), found.at<double>(1), found.at<double>(2)};
  }
  return side;
}

// The symbol with its four sides straightened, and nothing around it.
cv::Mat Straightened(const cv::Mat& upright, const PictureArea& area) {
  cv::Mat dark;
  cv::threshold(upright, dark, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  const int reach = std::max(4, std::min(area.width, area.height) / kReachShare);
  cv::Mat flipped;
  cv::Mat lying;
  cv::Mat lying_flipped;
  cv::flip(dark, flipped, 1);
  cv::transpose(dark, lying);
  cv::flip(lying, lying_flipped, 1);
  const BentSide left = LeftEdge(dark, area.left, area.top, area.height, reach);
  const BentSide right =
      LeftEdge(flipped, dark.cols - area.left - area.width, area.top, area.height, reach);
  const BentSide top = LeftEdge(lying, area.top, area.left, area.width, reach);
  const BentSide bottom =
      LeftEdge(lying_flipped, dark.rows - area.top - area.height, area.left, area.width, reach);
  cv::Mat from_x(area.height, area.width, CV_32FC1);
  cv::Mat from_y(area.height, area.width, CV_32FC1);
  for (int y = 0; y < area.height; ++y) {
    const double v = (y + 0.5) / area.height;
    for (int x = 0; x < area.width; ++x) {
      const double u = (x + 0.5) / area.width;
      from_x.at<float>(y, x) =
          static_cast<float>(area.left + x + left.At(v) * (1 - u) - right.At(v) * u);
      from_y.at<float>(y, x) =
          static_cast<float>(area.top + y + top.At(u) * (1 - v) - bottom.At(u) * v);
    }
  }
  cv::Mat straight;
  cv::remap(upright, straight, from_x, from_y, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  return straight;
}

GreyPicture Drawn(const cv::Mat& dark) {
  const int quiet = kQuietModules * kModulePixels;
  return FilledPicture(dark.cols * kModulePixels + 2 * quiet, dark.rows * kModulePixels + 2 * quiet,
                       [&](cv::Mat& target) {
                         cv::Mat large;
                         cv::resize(255 - dark, large, {}, kModulePixels, kModulePixels,
                                    cv::INTER_NEAREST);
                         large.copyTo(target(cv::Rect(quiet, quiet, large.cols, large.rows)));
                       });
}

// Part of what every QR code of that many modules a side shows that is as it must be: three finder
// patterns with the light around them, and light and dark in turn between them (ISO/IEC
// 18004, 6.3).
double PatternsSeen(const cv::Mat& symbol, const Grid& grid, double dark_below) {
  const auto n = static_cast<int>(grid.rows.size());
  int seen = 0;
  int all = 0;
  const auto want = [&](int row, int column, bool dark) {
    const auto y = static_cast<int>(grid.rows[static_cast<std::size_t>(row)]);
    const auto x = static_cast<int>(grid.columns[static_cast<std::size_t>(column)]);
    seen += (symbol.at<std::uint8_t>(y, x) < dark_below) == dark ? 1 : 0;
    ++all;
  };
  for (int i = 0; i < kFinderSide; ++i) {
    for (int j = 0; j < kFinderSide; ++j) {
      // Rings of dark, light and dark around the middle; beyond the seventh module all is light.
      const int ring = std::max(std::abs(i - 3), std::abs(j - 3));
      const bool dark = ring != 2 && ring != 4;
      want(i, j, dark);
      want(i, n - 1 - j, dark);
      want(n - 1 - i, j, dark);
    }
  }
  for (int i = kFinderSide; i < n - kFinderSide; ++i) {
    want(6, i, i % 2 == 0);
    want(i, 6, i % 2 == 0);
  }
  return static_cast<double>(seen) / all;
}

// The middles of the modules along a timing pattern of a QR code of `count` modules a side: `line`
// runs from the middle of one finder pattern, whose ring is dark, to the middle of the next.
std::optional<std::vector<double>> TimingTurns(const cv::Mat& line, int count, double begin,
                                               double length) {
  cv::Mat dark;
  cv::threshold(line.reshape(1, 1), dark, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  const std::uint8_t* bits = dark.ptr<std::uint8_t>(0);
  std::vector<int> edges;
  for (int at = 1; at < dark.cols; ++at) {
    if (bits[at] != bits[at - 1]) edges.push_back(at);
  }
  const int modules = count - 2 * (kFinderSide - 1);
  if (bits[0] == 0 || static_cast<int>(edges.size()) != modules + 1) return std::nullopt;
  const double module = length / count;
  std::vector<double> middles;
  const double first = begin + edges.front();
  const double last = begin + edges.back();
  for (int i = 0; i < kFinderSide - 1; ++i)
    middles.push_back(first * (i + 0.5) / (kFinderSide - 1));
  for (std::size_t i = 1; i < edges.size(); ++i) {
    const int run = edges[i] - edges[i - 1];
    if (run < kRunShareMin * module || run > kRunShareMax * module) return std::nullopt;
    middles.push_back(begin + (edges[i] + edges[i - 1]) / 2.0);
  }
  for (int i = 0; i < kFinderSide - 1; ++i) {
    middles.push_back(last + (length - last) * (i + 0.5) / (kFinderSide - 1));
  }
  return middles;
}

// The grid of a QR code, by its two timing patterns where they are seen well.
Grid GridOfQrCode(const cv::Mat& symbol, int count) {
  const double wide = static_cast<double>(symbol.cols) / count;
  const double high = static_cast<double>(symbol.rows) / count;
  Grid grid = EvenGrid(symbol, {count, count});
  const auto range = [](double module, double from, double to) {
    const int begin = static_cast<int>(from * module);
    return cv::Range(begin, std::max(begin + 1, static_cast<int>(to * module)));
  };
  cv::Mat across;
  cv::Mat down;
  const cv::Range columns = range(wide, 3.5, count - 3.5);
  const cv::Range rows = range(high, 3.5, count - 3.5);
  cv::reduce(symbol(range(high, 6.25, 6.75), columns), across, 0, cv::REDUCE_AVG);
  cv::reduce(symbol(rows, range(wide, 6.25, 6.75)), down, 1, cv::REDUCE_AVG);
  if (auto seen = TimingTurns(across, count, columns.start, symbol.cols)) {
    grid.columns = *std::move(seen);
  }
  if (auto seen = TimingTurns(down.clone(), count, rows.start, symbol.rows)) {
    grid.rows = *std::move(seen);
  }
  return grid;
}

// A symbol turned as it must lie, and its grid.
struct Found {
  cv::Mat symbol;
  Grid grid;
};

// Tries every size in each of the four ways that a symbol may lie; `seen_part` says how much of
// what must be there is seen.
template <class Sizes, class SeenPart>
std::optional<Found> BestGrid(const cv::Mat& seen, const Sizes& sizes, double seen_min,
                              SeenPart seen_part) {
  cv::Mat ignored;
  const double dark_below =
      cv::threshold(seen, ignored, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
  std::optional<Found> best;
  for (int turn = 0; turn < 4; ++turn) {
    cv::Mat symbol = seen;
    if (turn > 0) cv::rotate(seen, symbol, turn - 1);
    for (const GridSize& size : sizes) {
      if (symbol.cols < kModulePixelsMin * size.columns ||
          symbol.rows < kModulePixelsMin * size.rows) {
        continue;
      }
      auto [grid, part] = seen_part(symbol, size, dark_below);
      if (part <= seen_min) continue;
      seen_min = part;
      best = Found{symbol, std::move(grid)};
    }
  }
  return best;
}

std::optional<Found> BestDataMatrix(const cv::Mat& seen) {
  return BestGrid(seen, kSizes, kBorderSeenMin,
                  [](const cv::Mat& symbol, const GridSize& size, double dark_below) {
                    auto grid = GridOf(symbol, size);
                    if (!grid) grid = EvenGrid(symbol, size);
                    const double part = BorderSeen(symbol, *grid, dark_below);
                    return std::pair(*std::move(grid), part);
                  });
}

std::optional<Found> BestQrCode(const cv::Mat& seen) {
  std::array<GridSize, kQrVersionMax> sizes;
  for (int i = 0; i < kQrVersionMax; ++i) {
    const int side = 21 + 4 * i;
    sizes[static_cast<std::size_t>(i)] = {side, side};
  }
  return BestGrid(seen, sizes, kPatternsSeenMin,
                  [](const cv::Mat& symbol, const GridSize& size, double dark_below) {
                    Grid grid = GridOfQrCode(symbol, size.rows);
                    const double part = PatternsSeen(symbol, grid, dark_below);
                    return std::pair(std::move(grid), part);
                  });
}

}  // namespace

std::vector<GreyPicture> RedrawnMatrix(const GreyPicture& upright, const PictureArea& area) {
  std::vector<GreyPicture> drawn;
  const cv::Mat seen = MatOf(upright)(cv::Rect(area.left, area.top, area.width, area.height));
  const cv::Mat straight = Straightened(MatOf(upright), area);
  for (const auto& best : {BestDataMatrix, BestQrCode}) {
    if (const auto found = best(straight)) {
      drawn.push_back(Drawn(Sampled(found->symbol, found->grid, true)));
      drawn.push_back(Drawn(Sampled(found->symbol, found->grid, false)));
    }
    if (const auto found = best(seen)) {
      drawn.push_back(Drawn(Sampled(found->symbol, found->grid, true)));
    }
  }
  return drawn;
}

}  // namespace radyab::scanner

#include "scanner/matrix_areas.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "scanner/grey_mat.h"

namespace radyab::scanner {
namespace {

constexpr int kSideMin = 12;         // pixels of the smallest area
constexpr int kJoinShare = 10;       // modules join over a gap of this part of the shorter side
constexpr double kFilledMin = 0.15;  // part of the area that its largest piece covers
constexpr std::size_t kHullSidesMax = 12;
constexpr double kUprightSideMin = 240;
constexpr double kEnlarged = 2;
constexpr double kMarginShare = 0.08;

using Hull = std::vector<cv::Point2f>;

// What is dark up to the edges of the area on two sides or more is the ground on which a label
// lies, not the symbol.
void TakeOutBackground(cv::Mat& dark) {
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat middles;
  const int count = cv::connectedComponentsWithStats(dark, labels, stats, middles, 4);
  for (int i = 1; i < count; ++i) {
    const int left = stats.at<int>(i, cv::CC_STAT_LEFT);
    const int top = stats.at<int>(i, cv::CC_STAT_TOP);
    const int sides = (left == 0 ? 1 : 0) + (top == 0 ? 1 : 0) +
                      (left + stats.at<int>(i, cv::CC_STAT_WIDTH) == dark.cols ? 1 : 0) +
                      (top + stats.at<int>(i, cv::CC_STAT_HEIGHT) == dark.rows ? 1 : 0);
    if (sides >= 2) dark.setTo(0, labels == i);
  }
}

// The convex hull of the largest dark piece, with few sides.
std::optional<Hull> DarkHull(const cv::Mat& grey) {
  cv::Mat dark;
  cv::threshold(grey, dark, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  TakeOutBackground(dark);
  const int join = std::max(3, std::min(grey.cols, grey.rows) / kJoinShare | 1);
  cv::Mat joined;
  cv::copyMakeBorder(dark, joined, join, join, join, join, cv::BORDER_CONSTANT, 0);
  cv::morphologyEx(joined, joined, cv::MORPH_CLOSE,
                   cv::getStructuringElement(cv::MORPH_RECT, {join, join}));
  joined = joined(cv::Rect(join, join, grey.cols, grey.rows)).clone();
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat middles;
  const int count = cv::connectedComponentsWithStats(joined, labels, stats, middles, 8);
  int largest = 0;
  int pixels = 0;
  for (int i = 1; i < count; ++i) {
    if (stats.at<int>(i, cv::CC_STAT_AREA) <= pixels) continue;
    largest = i;
    pixels = stats.at<int>(i, cv::CC_STAT_AREA);
  }
  if (pixels < kFilledMin * grey.cols * grey.rows) return std::nullopt;
  // Of each row only its ends can be corners.
  std::vector<cv::Point> points;
  for (int y = 0; y < dark.rows; ++y) {
    const std::uint8_t* darks = dark.ptr<std::uint8_t>(y);
    const int* pieces = labels.ptr<int>(y);
    const auto in = [&](int x) { return darks[x] != 0 && pieces[x] == largest; };
    int left = 0;
    while (left < dark.cols && !in(left)) ++left;
    if (left == dark.cols) continue;
    int right = dark.cols - 1;
    while (!in(right)) --right;
    points.emplace_back(left, y);
    points.emplace_back(right, y);
  }
  if (points.size() < 8) return std::nullopt;
  // Pixels have a size: their corners are what the hull lies around.
  std::vector<cv::Point> ends;
  cv::convexHull(points, ends);
  Hull corners;
  for (const cv::Point& p : ends) {
    for (const float dx : {0.F, 1.F}) {
      for (const float dy : {0.F, 1.F}) corners.emplace_back(p.x + dx, p.y + dy);
    }
  }
  Hull hull;
  cv::convexHull(corners, hull);
  for (double loose = 0.5; hull.size() > kHullSidesMax; loose *= 1.5) {
    Hull fewer;
    cv::approxPolyDP(hull, fewer, loose, true);
    hull = fewer;
  }
  if (hull.size() < 4) return std::nullopt;
  return hull;
}

// Where the lines through two sides of the hull meet, when they turn the same way round.
std::optional<cv::Point2f> Meeting(const Hull& hull, std::size_t a, std::size_t b) {
  const cv::Point2f p = hull[a];
  const cv::Point2f q = hull[b];
  const cv::Point2f u = hull[(a + 1) % hull.size()] - p;
  const cv::Point2f v = hull[(b + 1) % hull.size()] - q;
  const float turn = u.x * v.y - u.y * v.x;
  if (std::abs(turn) < 0.25F * std::hypot(u.x, u.y) * std::hypot(v.x, v.y)) return std::nullopt;
  const float t = ((q.x - p.x) * v.y - (q.y - p.y) * v.x) / turn;
  return p + u * t;
}

double Area(const std::array<cv::Point2f, 4>& quad) {
  double area = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto& a = quad[i];
    const auto& b = quad[(i + 1) % 4];
    area += static_cast<double>(a.x) * b.y - static_cast<double>(a.y) * b.x;
  }
  return std::abs(area) / 2;
}

// The smallest quadrilateral around the hull with its sides along four of the hull's.
std::optional<std::array<cv::Point2f, 4>> SmallestAround(const Hull& hull) {
  std::optional<std::array<cv::Point2f, 4>> best;
  double best_area = std::numeric_limits<double>::max();
  const double hull_area = cv::contourArea(hull);
  const std::size_t n = hull.size();
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = a + 1; b < n; ++b) {
      for (std::size_t c = b + 1; c < n; ++c) {
        for (std::size_t d = c + 1; d < n; ++d) {
          const auto ab = Meeting(hull, a, b);
          const auto bc = Meeting(hull, b, c);
          const auto cd = Meeting(hull, c, d);
          const auto da = Meeting(hull, d, a);
          if (!ab || !bc || !cd || !da) continue;
          const std::array<cv::Point2f, 4> quad = {*da, *ab, *bc, *cd};
          const double area = Area(quad);
          if (area < 0.99 * hull_area || area >= best_area ||
              !cv::isContourConvex(std::vector<cv::Point2f>(quad.begin(), quad.end()))) {
            continue;
          }
          best_area = area;
          best = quad;
        }
      }
    }
  }
  if (best_area > 1.5 * hull_area) return std::nullopt;
  return best;
}

double Length(const Corner& a, const Corner& b) { return std::hypot(a.x - b.x, a.y - b.y); }

}  // namespace

std::vector<Corners> FindOutlines(const GreyPicture& picture, const PictureArea& area) {
  if (area.width < kSideMin || area.height < kSideMin) return {};
  const cv::Mat grey = MatOf(picture)(cv::Rect(area.left, area.top, area.width, area.height));
  const auto hull = DarkHull(grey);
  if (!hull) return {};
  const auto quad = SmallestAround(*hull);
  if (!quad) return {};
  Corners corners;
  for (std::size_t i = 0; i < 4; ++i) {
    corners[i] = {(*quad)[i].x + static_cast<double>(area.left),
                  (*quad)[i].y + static_cast<double>(area.top)};
  }
  return {corners};
}

UprightMatrix::UprightMatrix(const GreyPicture& picture, const Corners& corners, bool squared,
                             int side_max)
    : corners_(corners) {
  double across = (Length(corners[0], corners[1]) + Length(corners[3], corners[2])) / 2;
  double down = (Length(corners[1], corners[2]) + Length(corners[0], corners[3])) / 2;
  if (squared) across = down = std::max(across, down);
  const double longer = std::max({across, down, 1.0});
  const double scale =
      std::clamp(kEnlarged * longer, kUprightSideMin, std::max(kUprightSideMin, 1.0 * side_max)) /
      longer;
  const double margin = kMarginShare * longer * scale + 8;
  const int width = static_cast<int>(across * scale + 2 * margin);
  const int height = static_cast<int>(down * scale + 2 * margin);
  inside_ = {static_cast<int>(std::lround(margin)), static_cast<int>(std::lround(margin)),
             static_cast<int>(std::lround(across * scale)),
             static_cast<int>(std::lround(down * scale))};
  const auto left = static_cast<float>(margin);
  const auto right = static_cast<float>(width - margin);
  const auto bottom = static_cast<float>(height - margin);
  const std::array<cv::Point2f, 4> upright = {
      {{left, left}, {right, left}, {right, bottom}, {left, bottom}}};
  std::array<cv::Point2f, 4> seen;
  for (std::size_t i = 0; i < 4; ++i) {
    seen[i] = {static_cast<float>(corners[i].x), static_cast<float>(corners[i].y)};
  }
  const cv::Mat way = cv::getPerspectiveTransform(seen.data(), upright.data());
  picture_ = FilledPicture(width, height, [&](cv::Mat& target) {
    cv::warpPerspective(MatOf(picture), target, way, target.size(), cv::INTER_CUBIC,
                        cv::BORDER_REPLICATE);
    // Outside lies whatever lay beside the symbol: a white margin instead, one and a half pixels of
    // the picture away from the modules.
    const int gap = std::max(0, static_cast<int>(margin - 1.5 * scale));
    for (const cv::Rect& strip :
         {cv::Rect(0, 0, width, gap), cv::Rect(0, height - gap, width, gap),
          cv::Rect(0, 0, gap, height), cv::Rect(width - gap, 0, gap, height)}) {
      target(strip).setTo(255);
    }
  });
}

Quad UprightMatrix::Outline() const {
  Quad quad;
  for (std::size_t i = 0; i < 4; ++i) {
    quad[i] = {static_cast<int>(std::lround(corners_[i].x)),
               static_cast<int>(std::lround(corners_[i].y))};
  }
  return quad;
}

}  // namespace radyab::scanner

#include "scanner/symbol_area.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace radyab::scanner {
namespace {

constexpr int kProfileSamplesMax = 128;
constexpr double kSameBars = 0.55;    // correlation from which two lines show the same bars
constexpr double kBarsLengthMin = 8;  // shorter symbols are left as they are
constexpr int kBlurredLinesMax = 3;  // lines in a row that may be unlike (dirt) before the bars end

constexpr int kOutlineSamples = 24;  // a side

struct Point {
  double x = 0;
  double y = 0;
};

Point Middle(const PixelPoint& a, const PixelPoint& b) {
  return {(a.x + b.x) / 2.0, (a.y + b.y) / 2.0};
}

PixelPoint Rounded(const Point& p) {
  return {static_cast<int>(std::lround(p.x)), static_cast<int>(std::lround(p.y))};
}

// Grey along the line from `from` to `to`, less its mean, with length 1; empty when the line is
// flat grey or leaves the picture.
std::vector<double> Profile(const GreyPicture& picture, Point from, Point to, int samples) {
  std::vector<double> greys(static_cast<std::size_t>(samples));
  double sum = 0;
  for (int i = 0; i < samples; ++i) {
    const double part = samples > 1 ? static_cast<double>(i) / (samples - 1) : 0;
    const double at_x = from.x + (to.x - from.x) * part + 0.5;
    const double at_y = from.y + (to.y - from.y) * part + 0.5;
    if (at_x < 0 || at_y < 0 || at_x >= picture.width || at_y >= picture.height) return {};
    greys[static_cast<std::size_t>(i)] = picture.At(static_cast<int>(at_x), static_cast<int>(at_y));
    sum += greys[static_cast<std::size_t>(i)];
  }
  double square = 0;
  for (double& grey : greys) {
    grey -= sum / samples;
    square += grey * grey;
  }
  const double length = std::sqrt(square);
  if (length < 4.0 * std::sqrt(samples)) return {};  // less than 4 grey levels of contrast
  for (double& grey : greys) grey /= length;
  return greys;
}

struct Line {
  Point left;
  Point right;
};

double Likeness(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.size() != b.size()) return 0;
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// Walks from `start` in direction `step` (one pixel long) as long as the bars stay the same, and
// answers the last line of them. Either end may move along the line by a pixel a step, so that
// slanted bars and bars seen from the side are followed.
Line EndOfBars(const GreyPicture& picture, const Line& start, Point step) {
  const double length = std::hypot(start.right.x - start.left.x, start.right.y - start.left.y);
  const Point along = {(start.right.x - start.left.x) / length,
                       (start.right.y - start.left.y) / length};
  const int samples = std::min(kProfileSamplesMax, static_cast<int>(length) + 1);
  std::vector<double> bars = Profile(picture, start.left, start.right, samples);
  Line last = start;
  Line here = start;
  int unlike = 0;
  const int steps_max = std::max(picture.width, picture.height);
  for (int i = 0; i < steps_max && unlike <= kBlurredLinesMax; ++i) {
    double best = -1;
    Line next = here;
    std::vector<double> profile;
    for (const int left : {0, -1, 1}) {
      for (const int right : {0, -1, 1}) {
        const Line line = {
            {here.left.x + step.x + along.x * left, here.left.y + step.y + along.y * left},
            {here.right.x + step.x + along.x * right, here.right.y + step.y + along.y * right}};
        auto seen = Profile(picture, line.left, line.right, samples);
        const double like = Likeness(seen, bars);
        if (like > best + 0.002) {
          best = like;
          next = line;
          profile = std::move(seen);
        }
      }
    }
    here = next;
    ++unlike;
    if (best < kSameBars) continue;
    unlike = 0;
    last = here;
    for (std::size_t k = 0; k < bars.size(); ++k) bars[k] = 0.7 * bars[k] + 0.3 * profile[k];
  }
  return last;
}

double Cross(const PixelPoint& a, const PixelPoint& b, double x, double y) {
  return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
}

bool Holds(const Quad& quad, double x, double y) {
  bool any_left = false;
  bool any_right = false;
  for (std::size_t i = 0; i < quad.size(); ++i) {
    const double side = Cross(quad[i], quad[(i + 1) % quad.size()], x, y);
    any_left = any_left || side > 0;
    any_right = any_right || side < 0;
  }
  return !(any_left && any_right);
}

}  // namespace

Quad WholeBars(const GreyPicture& picture, const Quad& lines) {
  const Line middle = {Middle(lines[0], lines[3]), Middle(lines[1], lines[2])};
  const double length = std::hypot(middle.right.x - middle.left.x, middle.right.y - middle.left.y);
  if (length < kBarsLengthMin) return lines;
  const Point down = {-(middle.right.y - middle.left.y) / length,
                      (middle.right.x - middle.left.x) / length};
  const Line first = EndOfBars(picture, middle, {-down.x, -down.y});
  const Line last = EndOfBars(picture, middle, down);
  return {Rounded(first.left), Rounded(first.right), Rounded(last.right), Rounded(last.left)};
}

QuadMiddle MiddleOf(const Quad& quad) {
  QuadMiddle middle;
  for (const PixelPoint& p : quad) {
    middle.x += p.x / 4.0;
    middle.y += p.y / 4.0;
  }
  return middle;
}

Quad Grown(const Quad& quad, double factor) {
  const QuadMiddle middle = MiddleOf(quad);
  Quad grown;
  for (std::size_t i = 0; i < quad.size(); ++i) {
    grown[i] = Rounded(
        {middle.x + (quad[i].x - middle.x) * factor, middle.y + (quad[i].y - middle.y) * factor});
  }
  return grown;
}

bool IsFlat(const Quad& quad) {
  double area = 0;
  for (std::size_t i = 0; i < quad.size(); ++i) {
    const PixelPoint& a = quad[i];
    const PixelPoint& b = quad[(i + 1) % quad.size()];
    area += static_cast<double>(a.x) * b.y - static_cast<double>(b.x) * a.y;
  }
  return std::abs(area) < 2;
}

Quad Inside(const GreyPicture& picture, const Quad& quad) {
  Quad inside = quad;
  for (PixelPoint& p : inside) {
    p.x = std::clamp(p.x, 0, std::max(0, picture.width - 1));
    p.y = std::clamp(p.y, 0, std::max(0, picture.height - 1));
  }
  return inside;
}

std::uint8_t PaperAround(const GreyPicture& picture, const Quad& quad) {
  std::vector<std::uint8_t> greys;
  for (std::size_t side = 0; side < quad.size(); ++side) {
    const PixelPoint& from = quad[side];
    const PixelPoint& to = quad[(side + 1) % quad.size()];
    for (int i = 0; i < kOutlineSamples; ++i) {
      const double part = static_cast<double>(i) / kOutlineSamples;
      const auto at = Rounded({from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part});
      if (at.x < 0 || at.y < 0 || at.x >= picture.width || at.y >= picture.height) continue;
      greys.push_back(picture.At(at.x, at.y));
    }
  }
  if (greys.empty()) return 255;
  const auto quarter = greys.begin() + static_cast<std::ptrdiff_t>(greys.size() * 3 / 4);
  std::nth_element(greys.begin(), quarter, greys.end());
  return *quarter;
}

void Paint(GreyPicture& picture, const Quad& quad, std::uint8_t grey) {
  const Quad area = Inside(picture, quad);
  const auto [left, right] =
      std::minmax_element(area.begin(), area.end(), [](auto& a, auto& b) { return a.x < b.x; });
  const auto [top, bottom] =
      std::minmax_element(area.begin(), area.end(), [](auto& a, auto& b) { return a.y < b.y; });
  for (int y = top->y; y <= bottom->y; ++y) {
    // Of a row that part lies in the quad which all four sides have on the same hand.
    for (const int hand : {1, -1}) {
      double first = left->x;
      double last = right->x;
      for (std::size_t i = 0; i < quad.size() && first <= last; ++i) {
        const PixelPoint& a = quad[i];
        const PixelPoint& b = quad[(i + 1) % quad.size()];
        const double at_zero = hand * Cross(a, b, 0, y);
        const double slope = hand * static_cast<double>(a.y - b.y);
        if (slope > 0) first = std::max(first, std::ceil(-at_zero / slope));
        if (slope < 0) last = std::min(last, std::floor(-at_zero / slope));
        if (slope == 0 && at_zero < 0) last = first - 1;
      }
      if (first > last) continue;
      std::fill(picture.Row(y) + static_cast<int>(first),
                picture.Row(y) + static_cast<int>(last) + 1, grey);
    }
  }
}

bool HoldsMiddle(const Quad& outer, const Quad& inner) {
  const QuadMiddle middle = MiddleOf(inner);
  return Holds(outer, middle.x, middle.y);
}

}  // namespace radyab::scanner

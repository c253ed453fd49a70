#include "scanner/bar_pattern.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>
#include <utility>

#include "scanner/message_text.h"

namespace radyab::scanner {
namespace {

// ISO/IEC 15420, table 1: the widths in number set A (light, dark, light, dark). Set B has them the
// other way round; set C has those of A with dark first.
constexpr std::array<std::array<int, 4>, 10> kWidths = {{{3, 2, 1, 1},
                                                         {2, 2, 2, 1},
                                                         {2, 1, 2, 2},
                                                         {1, 4, 1, 1},
                                                         {1, 1, 3, 2},
                                                         {1, 2, 3, 1},
                                                         {1, 1, 1, 4},
                                                         {1, 3, 1, 2},
                                                         {1, 2, 1, 3},
                                                         {3, 1, 1, 2}}};
// Which of the left six digits come from set B: by the leading digit of an EAN-13, and by the check
// digit of a UPC-E (tables 3 and 4).
constexpr std::array<std::string_view, 10> kSetsOfEan13 = {"AAAAAA", "AABABB", "AABBAB", "AABBBA",
                                                           "ABAABB", "ABBAAB", "ABBBAA", "ABABAB",
                                                           "ABABBA", "ABBABA"};
constexpr std::array<std::string_view, 10> kSetsOfUpcE = {"BBBAAA", "BBABAA", "BBAABA", "BBAAAB",
                                                          "BABBAA", "BAABBA", "BAAABB", "BABABA",
                                                          "BABAAB", "BAABAB"};

class ModuleRow {
 public:
  void Guard(std::string_view modules) {
    for (const char m : modules) modules_.push_back(m == '1');
  }
  void Digit(char digit, char set) {
    const auto& widths = kWidths[static_cast<std::size_t>(digit - '0')];
    bool dark = set == 'C';
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const int width = widths[set == 'B' ? widths.size() - 1 - i : i];
      modules_.insert(modules_.end(), static_cast<std::size_t>(width), dark);
      dark = !dark;
    }
  }
  std::vector<bool> Taken() { return std::move(modules_); }

 private:
  std::vector<bool> modules_;
};

// The eight digits of the UPC-E that stands for a UPC-A.
std::optional<std::string> UpcEOf(const std::string& upc_a) {
  const std::string maker = upc_a.substr(1, 5);
  const std::string product = upc_a.substr(6, 5);
  const std::array<std::string, 4> bodies = {
      maker.substr(0, 2) + product.substr(2) + maker[2],
      maker.substr(0, 3) + product.substr(3) + '3',
      maker.substr(0, 4) + product.substr(4) + '4',
      maker + product.substr(4),
  };
  for (const std::string& body : bodies) {
    const std::string digits = upc_a.substr(0, 1) + body + upc_a.substr(11);
    if (ExpandUpcE(digits) == upc_a) return digits;
  }
  return std::nullopt;
}

std::vector<bool> TwoHalves(std::string_view left, std::string_view sets, std::string_view right) {
  ModuleRow row;
  row.Guard("101");
  for (std::size_t i = 0; i < left.size(); ++i) row.Digit(left[i], sets[i]);
  row.Guard("01010");
  for (const char digit : right) row.Digit(digit, 'C');
  row.Guard("101");
  return row.Taken();
}

constexpr int kSamplesAModule = 3;
constexpr int kLinesBeside = 2;            // to each side of the middle line, one pixel apart
constexpr double kPixelsAModuleMin = 0.8;  // below nothing can be told
constexpr int kQuietSamples = 5 * kSamplesAModule;
constexpr int kDigitModules = 7;
constexpr std::array<int, 3> kBlurs = {3, 5, 7};  // of a lens, in samples, applied twice
constexpr int kWanderMax = 8;                     // samples that a digit may lie beside its place
constexpr int kStretchMax = 1;                    // samples that a digit may be wider or narrower
constexpr int kPlaces = 2 * kWanderMax + 1;
constexpr int kStretches = 2 * kStretchMax + 1;
constexpr double kWellShown = 0.9;  // no other line or blur needs to be tried
constexpr std::size_t kTextDigitsMax = 13;

using Line = std::vector<float>;

float GreyAt(const GreyPicture& p, double x, double y) {
  const double at_x = std::clamp(x, 0.0, p.width - 1.001);
  const double at_y = std::clamp(y, 0.0, p.height - 1.001);
  const int left = static_cast<int>(at_x);
  const int top = static_cast<int>(at_y);
  const int right = std::min(left + 1, p.width - 1);
  const int bottom = std::min(top + 1, p.height - 1);
  const double u = at_x - left;
  const double v = at_y - top;
  return static_cast<float>((p.At(left, top) * (1 - u) + p.At(right, top) * u) * (1 - v) +
                            (p.At(left, bottom) * (1 - u) + p.At(right, bottom) * u) * v);
}

// Blurs by a box of so many samples, twice.
Line Blurred(const Line& line, int box) {
  Line blurred = line;
  for (int turn = 0; turn < 2; ++turn) {
    Line next(blurred.size());
    for (int i = 0; i < static_cast<int>(next.size()); ++i) {
      float sum = 0;
      for (int k = -box / 2; k <= box / 2; ++k) {
        const int at = std::clamp(i + k, 0, static_cast<int>(next.size()) - 1);
        sum += blurred[static_cast<std::size_t>(at)];
      }
      next[static_cast<std::size_t>(i)] = sum;
    }
    blurred = std::move(next);
  }
  return blurred;
}

// Of `seen` and as many of `wanted`.
double Correlation(const std::vector<float>& seen, const float* wanted) {
  float sum_a = 0, sum_b = 0, aa = 0, bb = 0, ab = 0;
  const auto n = static_cast<float>(seen.size());
  for (std::size_t i = 0; i < seen.size(); ++i) {
    sum_a += seen[i];
    sum_b += wanted[i];
    aa += seen[i] * seen[i];
    bb += wanted[i] * wanted[i];
    ab += seen[i] * wanted[i];
  }
  const float va = aa - sum_a * sum_a / n;
  const float vb = bb - sum_b * sum_b / n;
  if (va <= 0 || vb <= 0) return 0;
  return (ab - sum_a * sum_b / n) / std::sqrt(va * vb);
}

}  // namespace

std::optional<std::vector<bool>> RetailModules(Symbology symbology, const std::string& text) {
  if (text.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  switch (symbology) {
    case Symbology::kEan13:
    case Symbology::kUpcA:
      if (text.size() != 13) return std::nullopt;
      return TwoHalves(std::string_view(text).substr(1, 6),
                       kSetsOfEan13[static_cast<std::size_t>(text[0] - '0')],
                       std::string_view(text).substr(7));
    case Symbology::kEan8:
      if (text.size() != 8) return std::nullopt;
      return TwoHalves(std::string_view(text).substr(0, 4), "AAAA",
                       std::string_view(text).substr(4));
    case Symbology::kUpcE: {
      if (text.size() != 13 || text[0] != '0') return std::nullopt;
      const auto digits = UpcEOf(text.substr(1));
      if (!digits || (*digits)[0] > '1') return std::nullopt;
      const std::string_view sets = kSetsOfUpcE[static_cast<std::size_t>((*digits)[7] - '0')];
      ModuleRow row;
      row.Guard("101");
      for (std::size_t i = 0; i < 6; ++i) {
        const bool b = (sets[i] == 'B') == ((*digits)[0] == '0');
        row.Digit((*digits)[i + 1], b ? 'B' : 'A');
      }
      row.Guard("010101");
      return row.Taken();
    }
    default:
      return std::nullopt;
  }
}

namespace {

// The greys that the modules would have, blurred, with paper at both ends.
Line Wanted(const std::vector<bool>& modules, int blur) {
  Line wanted(modules.size() * kSamplesAModule + 2 * kQuietSamples, 1.F);
  for (std::size_t i = 0; i < modules.size(); ++i) {
    if (!modules[i]) continue;
    const auto begin =
        wanted.begin() + kQuietSamples + static_cast<std::ptrdiff_t>(i) * kSamplesAModule;
    std::fill(begin, begin + kSamplesAModule, 0.F);
  }
  return Blurred(wanted, blur);
}

// Where a symbol was read in the picture: the two ends of a line.
struct Ends {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  double Length() const { return std::hypot(x1 - x0, y1 - y0); }
};

// The greys along the line and its neighbours, sampled like Wanted.
Line Seen(const GreyPicture& picture, const Ends& ends, std::size_t module_count) {
  const double length = ends.Length();
  const double ux = (ends.x1 - ends.x0) / length;
  const double uy = (ends.y1 - ends.y0) / length;
  const double step = length / (static_cast<double>(module_count) * kSamplesAModule);
  Line seen(module_count * kSamplesAModule + 2 * kQuietSamples);
  for (int i = 0; i < static_cast<int>(seen.size()); ++i) {
    const double along = (i - kQuietSamples + 0.5) * step;
    for (int beside = -kLinesBeside; beside <= kLinesBeside; ++beside) {
      seen[static_cast<std::size_t>(i)] +=
          GreyAt(picture, ends.x0 + ux * along - uy * beside, ends.y0 + uy * along + ux * beside);
    }
  }
  return seen;
}

// How well one digit is followed, by the place where it begins and how far it is stretched.
using Follows = std::array<std::array<double, kStretches>, kPlaces>;

Follows FollowsOf(const Line& seen, const Line& wanted, int from, int to) {
  Follows follows{};
  std::vector<float> part;
  for (int place = 0; place < kPlaces; ++place) {
    for (int stretch = 0; stretch < kStretches; ++stretch) {
      part.clear();
      const float slope = static_cast<float>(stretch - kStretchMax) / static_cast<float>(to - from);
      for (int i = from; i < to; ++i) {
        const float at =
            static_cast<float>(i + place - kWanderMax) + slope * static_cast<float>(i - from);
        const int left = std::clamp(static_cast<int>(at), 0, static_cast<int>(seen.size()) - 2);
        const float share = std::clamp(at - static_cast<float>(left), 0.F, 1.F);
        part.push_back(seen[static_cast<std::size_t>(left)] * (1 - share) +
                       seen[static_cast<std::size_t>(left) + 1] * share);
      }
      follows[static_cast<std::size_t>(place)][static_cast<std::size_t>(stretch)] =
          Correlation(part, wanted.data() + from);
    }
  }
  return follows;
}

// From the first digit to one: what was followed best so far, when that digit ends at a place.
struct Way {
  double sum = -std::numeric_limits<double>::max();
  std::vector<double> each;
};

// Bent paper and perspective stretch a symbol unevenly, so digit by digit the place may wander: the
// way that follows best, by dynamic programming.
std::vector<double> BestWay(const std::vector<Follows>& digits) {
  std::array<Way, kPlaces> ways;
  for (Way& way : ways) way.sum = 0;
  for (const Follows& follows : digits) {
    std::array<Way, kPlaces> next;
    for (int place = 0; place < kPlaces; ++place) {
      for (int stretch = 0; stretch < kStretches; ++stretch) {
        const int end = place + stretch - kStretchMax;
        if (end < 0 || end >= kPlaces) continue;
        const auto at = static_cast<std::size_t>(place);
        const double here = follows[at][static_cast<std::size_t>(stretch)];
        Way& better = next[static_cast<std::size_t>(end)];
        if (ways[at].sum + here <= better.sum) continue;
        better = ways[at];
        better.sum += here;
        better.each.push_back(here);
      }
    }
    ways = std::move(next);
  }
  return std::max_element(ways.begin(), ways.end(),
                          [](const Way& a, const Way& b) { return a.sum < b.sum; })
      ->each;
}

// The mean correlation of that quarter of the digits that follow worst: a wrong text shares most of
// its digits with the right one.
double ShownAlong(const Line& seen, const Line& wanted, std::size_t module_count) {
  const auto samples = static_cast<int>(module_count) * kSamplesAModule;
  const int count = std::max(1, static_cast<int>(module_count) / kDigitModules);
  std::vector<Follows> digits;
  for (int i = 0; i < count; ++i) {
    digits.push_back(FollowsOf(seen, wanted, kQuietSamples + samples * i / count,
                               kQuietSamples + samples * (i + 1) / count));
  }
  std::vector<double> each = BestWay(digits);
  std::sort(each.begin(), each.end());
  const std::size_t worst = std::max<std::size_t>(1, each.size() / 4);
  double sum = 0;
  for (std::size_t i = 0; i < worst; ++i) sum += each[i];
  return sum / static_cast<double>(worst);
}

}  // namespace

std::optional<double> ShownOf(const GreyPicture& picture, const Symbol& symbol) {
  // The digits of an add-on behind the text are not part of the symbol.
  const auto modules = RetailModules(symbol.symbology, symbol.text.substr(0, kTextDigitsMax));
  if (!modules || picture.width < 2 || picture.height < 2) return std::nullopt;
  const Quad& q = symbol.position;
  std::optional<double> best;
  for (const double down : {0.5, 0.0, 1.0}) {
    const Ends ends = {q[0].x * (1 - down) + q[3].x * down, q[0].y * (1 - down) + q[3].y * down,
                       q[1].x * (1 - down) + q[2].x * down, q[1].y * (1 - down) + q[2].y * down};
    if (ends.Length() < kPixelsAModuleMin * static_cast<double>(modules->size())) continue;
    const Line seen = Seen(picture, ends, modules->size());
    for (const int blur : kBlurs) {
      const double shown = ShownAlong(seen, Wanted(*modules, blur), modules->size());
      best = std::max(best.value_or(-1), shown);
      if (shown >= kWellShown) return best;
    }
  }
  return best;
}

}  // namespace radyab::scanner

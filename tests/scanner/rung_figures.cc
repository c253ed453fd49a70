#include "tests/scanner/rung_figures.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <string_view>

#include "scanner/picture_file.h"
#include "scanner/symbol_reader.h"

namespace radyab::scanner {
namespace {

constexpr int kRuns = 2;

struct RungCost {
  int tries = 0;
  int reads = 0;
  double milliseconds = 0;
};

using RungCosts = std::map<std::string, RungCost, std::less<>>;

double Sum(const RungCosts& costs) {
  double sum = 0;
  for (const auto& [rung, cost] : costs) sum += cost.milliseconds;
  return sum;
}

RungCosts CostsOf(const GreyPicture& picture) {
  RungCosts best;
  for (int run = 0; run < kRuns; ++run) {
    RungCosts costs;
    ReadSymbols(picture, kReadingMillisecondsMax,
                [&costs](std::string_view step, double milliseconds, bool symbol_read) {
                  RungCost& cost = costs[std::string(step)];
                  ++cost.tries;
                  cost.reads += symbol_read ? 1 : 0;
                  cost.milliseconds += milliseconds;
                });
    if (run == 0 || Sum(costs) < Sum(best)) best = std::move(costs);
  }
  return best;
}

}  // namespace

void PrintRungFigures(const std::vector<std::string>& paths) {
  RungCosts all;
  for (const std::string& path : paths) {
    const auto bytes = ReadPictureBytes(path);
    if (!bytes) continue;
    const auto picture = DecodePicture(*bytes);
    if (!picture) continue;
    for (const auto& [rung, cost] : CostsOf(*picture)) {
      all[rung].tries += cost.tries;
      all[rung].reads += cost.reads;
      all[rung].milliseconds += cost.milliseconds;
    }
  }
  std::vector<std::pair<std::string, RungCost>> rows(all.begin(), all.end());
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return a.second.milliseconds > b.second.milliseconds;
  });
  for (const auto& [rung, cost] : rows) {
    std::printf("rung %-32s tries %5d  reads %4d  ms %8.1f  of the mean %.3f\n", rung.c_str(),
                cost.tries, cost.reads, cost.milliseconds,
                cost.milliseconds / static_cast<double>(std::max<std::size_t>(1, paths.size())));
  }
}

}  // namespace radyab::scanner

// The figures of coding: how many scans a core reads a second, and whether the rules agree with
// cases that others wrote (--vectors FILE).
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "coding/element_string.h"
#include "coding/gs1_characters.h"
#include "coding/scan_payload.h"
#include "tests/bench/coding/linter_vectors.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr double kSecondsPerRound = 1.0;
constexpr int kRounds = 3;  // the best counts: the machine may be shared
constexpr std::size_t kFailuresShown = 20;

// What labels carry: goods, medicine, meat by weight and price, pallets, parcels, places, assets.
// A bar stands for GS.
constexpr std::string_view kLabels[] = {
    "0109521234543213",
    "010952123454321310ABC123|21SN-000042",
    "01095212345432131727123110LOT7/B",
    "010952123454321321A1B2C3D4E5|1727123110L-2042",
    "00395212345000000019",
    "0039521234500000001902095212345432133724|10K-77",
    "0109521234543213310300125015270331",
    "01095212345432133922499|3103001250",
    "4149521234500018254WEST-7",
    "800309521234500018A-0042",
    "0109521234543213112601011727010110B1|21987654321|240X-77",
    "41095212345000184213641234567",
};

std::vector<std::string> ElementStrings() {
  std::vector<std::string> texts;
  for (const std::string_view label : kLabels) {
    texts.emplace_back(label);
    std::ranges::replace(texts.back(), '|', radyab::coding::kGroupSeparator);
  }
  return texts;
}

double PerSecond(double calls, Clock::time_point begun) {
  return calls / std::chrono::duration<double>(Clock::now() - begun).count();
}

// How often a second `read` takes one of the texts, the best of a few rounds.
template <class Read>
double BestRate(Read read) {
  const std::vector<std::string> texts = ElementStrings();
  double best = 0;
  for (int round = 0; round < kRounds; ++round) {
    const auto begun = Clock::now();
    double calls = 0;
    do {
      for (const std::string& text : texts) {
        if (!read(text)) {
          std::fprintf(stderr, "coding_bench: not read: %s\n", text.c_str());
          std::exit(1);
        }
      }
      calls += static_cast<double>(texts.size());
    } while (std::chrono::duration<double>(Clock::now() - begun).count() < kSecondsPerRound);
    best = std::max(best, PerSecond(calls, begun));
  }
  return best;
}

int RunVectors(const std::string& path) {
  const auto count = radyab::bench::RunLinterVectors(path);
  for (std::size_t i = 0; i < count.failures.size() && i < kFailuresShown; ++i) {
    std::printf("failed %s\n", count.failures[i].c_str());
  }
  std::printf("figure linter_vectors %zu\nfigure linter_vectors_passed %zu\n", count.cases,
              count.passed);
  if (count.cases == 0) std::fprintf(stderr, "coding_bench: no cases in %s\n", path.c_str());
  return count.cases > 0 && count.passed == count.cases ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string_view> arguments(argv + 1, argv + argc);
  if (!arguments.empty() && (arguments.size() != 2 || arguments[0] != "--vectors")) {
    std::fprintf(stderr, "usage: coding_bench [--vectors FILE]\n");
    return 2;
  }
  const int status = arguments.empty() ? 0 : RunVectors(std::string(arguments[1]));
  std::printf("figure parse_element_strings_per_s %.0f\n", BestRate([](const std::string& text) {
                return radyab::coding::ParseElementString(text).ok();
              }));
  std::printf("figure parse_scan_payloads_per_s %.0f\n", BestRate([](const std::string& text) {
                return !radyab::coding::ParseScanPayload("]C1" + text).refusal;
              }));
  return status;
}

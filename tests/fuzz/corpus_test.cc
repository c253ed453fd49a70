// The inputs that the fuzz targets keep, read again by every test run, and near ones made of them.
// A broken law ends the program (fuzz_expect.h): that is the failure.
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/coding/seeded_random.h"

extern "C" {
int FuzzCode(const std::uint8_t* data, std::size_t size);
int FuzzElementString(const std::uint8_t* data, std::size_t size);
int FuzzLinks(const std::uint8_t* data, std::size_t size);
int FuzzScanPayload(const std::uint8_t* data, std::size_t size);
int FuzzRequests(const std::uint8_t* data, std::size_t size);
int FuzzTableRows(const std::uint8_t* data, std::size_t size);
int FuzzScanSession(const std::uint8_t* data, std::size_t size);
int FuzzCodePack(const std::uint8_t* data, std::size_t size);
}

namespace radyab::fuzz {
namespace {

constexpr int kNearOnes = 200;  // made of each kept input
constexpr int kNearPacks = 30;  // each that is taken over waits for the disk

struct Target {
  const char* folder;
  int (*run)(const std::uint8_t*, std::size_t);
  int near_ones = kNearOnes;
};

class Corpus : public testing::TestWithParam<Target> {};

std::vector<std::string> KeptInputs(const std::string& folder) {
  std::vector<std::string> inputs;
  const auto path = std::filesystem::path(RADYAB_SOURCE_DIR) / "tests/fuzz/corpus" / folder;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    std::ifstream file(entry.path(), std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return inputs;
}

// A few bytes changed, left out or put in.
std::string NearTo(std::string input, coding::SeededRandom& random) {
  constexpr std::string_view kBytes = "0123456789()[]\\/AaZz%&=?\x1D\xD9\xA1|<GS>";
  for (std::uint64_t left = 1 + random.Below(3); left > 0; --left) {
    const std::size_t at = random.Below(input.size() + 1);
    const char byte = kBytes[random.Below(kBytes.size())];
    const std::uint64_t way = random.Below(3);
    if (way == 0 || at == input.size()) {
      input.insert(at, 1, byte);
    } else if (way == 1) {
      input[at] = byte;
    } else {
      input.erase(at, 1);
    }
  }
  return input;
}

void RunOn(const Target& target, const std::string& input) {
  ASSERT_EQ(target.run(reinterpret_cast<const std::uint8_t*>(input.data()), input.size()), 0);
}

TEST_P(Corpus, KeepsTheLawsOfItsTarget) {
  const auto inputs = KeptInputs(GetParam().folder);
  ASSERT_GE(inputs.size(), 5u);
  coding::SeededRandom random;
  for (const std::string& input : inputs) {
    RunOn(GetParam(), input);
    for (int i = 0; i < GetParam().near_ones; ++i) RunOn(GetParam(), NearTo(input, random));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Targets, Corpus,
    testing::Values(Target{"fuzz_code", FuzzCode}, Target{"fuzz_element_string", FuzzElementString},
                    Target{"fuzz_links", FuzzLinks}, Target{"fuzz_scan_payload", FuzzScanPayload},
                    Target{"fuzz_requests", FuzzRequests}, Target{"fuzz_table_rows", FuzzTableRows},
                    Target{"fuzz_scan_session", FuzzScanSession},
                    Target{"fuzz_code_pack", FuzzCodePack, kNearPacks}),
    [](const auto& target) { return std::string(target.param.folder); });

}  // namespace
}  // namespace radyab::fuzz

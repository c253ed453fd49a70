// What the look-up of a resolve costs, without a server, in a large registry beside a small one,
// codes drawn uniformly and half of them by GTIN; and what "did you mean" costs and finds there:
// codes typed with one wrong digit or with two neighbours swapped, asked of the resolver one by
// one.
//   registry_bench FOLDER [--items N] [--faults N]
// FOLDER must be on a real disk. Writes lines "figure NAME VALUE UNIT" and "ratio NAME VALUE".
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "registry/mistyped_code.h"
#include "registry/reason.h"
#include "registry/resolver.h"
#include "registry/storage/open_store.h"
#include "tests/bench/registry/filled_registry.h"

namespace {

using radyab::bench::CodeOf;
using radyab::bench::GtinOf;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kSeed = 20261126;
constexpr int kSmallItems = 10'000;
constexpr int kTurns = 7;
constexpr int kResolvesOfTurn = 100'000;

[[noreturn]] void Fail(const std::string& why) {
  std::fprintf(stderr, "registry_bench: %s\n", why.c_str());
  std::exit(1);
}

void MustBeOk(const absl::Status& status) {
  if (!status.ok()) Fail(status.ToString());
}

std::array<std::uint8_t, 32> FixedKey(std::uint8_t byte) {
  std::array<std::uint8_t, 32> key;
  key.fill(byte);
  return key;
}

// One wrong digit, or two neighbours swapped, turn by turn.
std::string Mistyped(const std::string& right, int turn, std::mt19937_64& random) {
  for (;;) {
    std::string wrong = right;
    if (turn % 2 == 0) {
      char& digit = wrong[random() % 16];
      digit = static_cast<char>('0' + (digit - '0' + 1 + static_cast<int>(random() % 9)) % 10);
    } else {
      const std::size_t at = random() % 15;
      std::swap(wrong[at], wrong[at + 1]);
    }
    if (wrong != right) return wrong;
  }
}

bool Lists(const absl::Status& status, const std::string& right) {
  const auto detail = radyab::ReasonOf(status);
  if (!detail) return false;
  const auto meant = detail->metadata.find(radyab::kDidYouMeanName);
  return meant != detail->metadata.end() && meant->second.find(right) != std::string::npos;
}

// The resolver as a caller meets it who may see everything.
class Asker {
 public:
  explicit Asker(radyab::storage::Store& store) : store_(store) {}

  absl::Status Resolve(const std::string& text, std::string* answer = nullptr) const {
    return store_.Read([&](radyab::storage::ReadTransaction& transaction) {
      auto bytes = radyab::ResolveToBytes(transaction, environment_, caller_, readable_, text,
                                          {{2026, 11, 26}, 1});
      if (bytes.ok() && answer != nullptr) *answer = *std::move(bytes);
      return bytes.status();
    });
  }

 private:
  radyab::storage::Store& store_;
  radyab::Environment environment_{radyab::coding::SerialPermutation(FixedKey(1)),
                                   radyab::access::KeyedHash(FixedKey(2)),
                                   radyab::access::Sealer(FixedKey(3))};
  radyab::access::Caller caller_{1, radyab::v1::ROLE_ADMIN, std::nullopt};
  radyab::ReadableKinds readable_{true, true, true};
};

// Microseconds a resolve. Every text must lead to its item.
double TurnOf(const Asker& asker, int item_count, std::mt19937_64& random) {
  std::vector<std::pair<std::string, std::string>> asked;  // text, code of the item
  for (int at = 0; at < kResolvesOfTurn; ++at) {
    const int number = static_cast<int>(random() % static_cast<std::uint64_t>(item_count));
    const std::string code = CodeOf(number).Digits();
    asked.emplace_back(at % 2 == 0 ? code : GtinOf(number), code);
  }
  std::string answer;
  const auto begun = Clock::now();
  for (const auto& [text, code] : asked) {
    MustBeOk(asker.Resolve(text, &answer));
    if (answer.find(code) == std::string::npos) Fail(text + " does not lead to " + code);
  }
  return std::chrono::duration<double, std::micro>(Clock::now() - begun).count() / kResolvesOfTurn;
}

// "10m", "300k": a round number of items in the name of a line.
std::string Short(int item_count) {
  return item_count >= 1'000'000 ? std::to_string(item_count / 1'000'000) + "m"
                                 : std::to_string(item_count / 1'000) + "k";
}

void CompareResolves(const Asker& small, const Asker& large, int item_count) {
  std::mt19937_64 random(kSeed);
  std::vector<double> small_us, large_us, ratios;
  for (int turn = 0; turn < kTurns; ++turn) {
    small_us.push_back(TurnOf(small, kSmallItems, random));
    large_us.push_back(TurnOf(large, item_count, random));
    ratios.push_back(large_us.back() / small_us.back());
  }
  const auto median = [](std::vector<double>& values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
  };
  std::printf("figure resolve_lookup_us_%s %.2f us\n", Short(kSmallItems).c_str(),
              median(small_us));
  std::printf("figure resolve_lookup_us_%s %.2f us\n", Short(item_count).c_str(), median(large_us));
  std::printf("ratio resolve_lookup_cost_%s_vs_%s %.2f\n", Short(item_count).c_str(),
              Short(kSmallItems).c_str(), median(ratios));
}

void AskMistyped(const Asker& asker, int item_count, int fault_count) {
  std::mt19937_64 random(kSeed);
  std::vector<double> took_ms;
  int listed = 0;
  for (int turn = 0; turn < fault_count; ++turn) {
    const std::string right =
        CodeOf(static_cast<int>(random() % static_cast<std::uint64_t>(item_count))).Digits();
    const std::string wrong = Mistyped(right, turn, random);
    const auto begun = Clock::now();
    const auto status = asker.Resolve(wrong);
    took_ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
    if (Lists(status, right)) {
      ++listed;
    } else {
      std::fprintf(stderr, "%s typed as %s: %s\n", right.c_str(), wrong.c_str(),
                   status.ToString().c_str());
    }
  }
  std::ranges::sort(took_ms);
  const auto at = [&](double part) {
    return took_ms[static_cast<std::size_t>(part * static_cast<double>(took_ms.size() - 1))];
  };
  std::printf("figure did_you_mean_items %d items\n", item_count);
  std::printf("figure did_you_mean_p50_ms %.3f ms\n", at(0.5));
  std::printf("figure did_you_mean_p99_ms %.3f ms\n", at(0.99));
  std::printf("ratio did_you_mean_listed %.6f\n", static_cast<double>(listed) / fault_count);
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count < 2) Fail("want FOLDER [--items N] [--faults N]");
  int item_count = 1'000'000, fault_count = 10'000;
  for (int at = 2; at + 1 < argument_count; at += 2) {
    const std::string name = arguments[at];
    const int value = std::atoi(arguments[at + 1]);
    if (value < 1 || value > radyab::bench::kFilledItemsMax) {
      Fail(name + " wants a number from 1 to " + std::to_string(radyab::bench::kFilledItemsMax));
    }
    if (name == "--items") {
      item_count = value;
    } else if (name == "--faults") {
      fault_count = value;
    } else {
      Fail("unknown option " + name);
    }
  }
  const std::string folder = std::string("lmdb:") + arguments[1];
  auto small = radyab::storage::OpenStore(folder + "/small");
  auto large = radyab::storage::OpenStore(folder + "/registry");
  MustBeOk(small.status());
  MustBeOk(large.status());
  MustBeOk(radyab::bench::Fill(**small, kSmallItems));
  const auto begun = Clock::now();
  MustBeOk(radyab::bench::Fill(**large, item_count));
  std::printf("figure filled_items_per_s %.0f items/s\n",
              item_count / std::chrono::duration<double>(Clock::now() - begun).count());
  std::fflush(stdout);
  const Asker asker(**large);
  CompareResolves(Asker(**small), asker, item_count);
  AskMistyped(asker, item_count, fault_count);
  return 0;
}

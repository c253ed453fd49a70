// What "did you mean" costs and finds in a large registry: codes typed with one wrong digit or with
// two neighbours swapped, asked of the resolver one by one.
//   registry_bench FOLDER [--items N] [--faults N]
// FOLDER must be on a real disk. Writes lines "figure NAME VALUE UNIT" and "ratio NAME VALUE".
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "radyab/v1/catalog.pb.h"
#include "registry/mistyped_code.h"
#include "registry/reason.h"
#include "registry/records/records.pb.h"
#include "registry/resolver.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/open_store.h"
#include "registry/storage/rows.h"

namespace {

using radyab::coding::Code;
using radyab::coding::Kind;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kSeed = 20261126;
constexpr int kItemsOfCommit = 5'000;
constexpr std::uint32_t kCountersOfBlock = 9'999;

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

// Item `number` of the registry: blocks are filled one after the other, in some hundred classes.
Code CodeOf(int number) {
  const auto block = static_cast<std::uint32_t>(1 + number / static_cast<int>(kCountersOfBlock));
  const auto counter = static_cast<std::uint32_t>(1 + number % static_cast<int>(kCountersOfBlock));
  return *Code::ForCatalog(Kind::kItem, 100 + static_cast<std::uint32_t>(number) * 7919u % 300,
                           block, counter);
}

absl::Status PutItem(radyab::storage::WriteTransaction& change, Code code) {
  radyab::v1::Item item;
  item.set_name("items/" + code.Digits());
  item.set_code(code.Digits());
  item.set_member("members/00001");
  item.set_class_name("classes/0412");
  item.mutable_display_name()->set_en("Item " + code.Digits());
  item.set_unit("C62");
  item.mutable_life()->set_state(radyab::v1::LIFE_STATE_ACTIVE);
  item.set_etag("1");
  if (code.counter() == 1) {
    radyab::records::BlockRecord block;
    block.set_member(1);
    const std::string key = radyab::keyspace::Block(code.block());
    if (auto status = radyab::storage::PutRow(change, key, block); !status.ok()) return status;
  }
  return radyab::storage::PutRow(change, radyab::keyspace::Item(code), item);
}

void Fill(radyab::storage::Store& store, int item_count) {
  for (int from = 0; from < item_count; from += kItemsOfCommit) {
    MustBeOk(store.Write([=](radyab::storage::WriteTransaction& change) {
      for (int at = from; at < std::min(from + kItemsOfCommit, item_count); ++at) {
        if (auto status = PutItem(change, CodeOf(at)); !status.ok()) return status;
      }
      return absl::OkStatus();
    }));
  }
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

void Run(radyab::storage::Store& store, int item_count, int fault_count) {
  const radyab::Environment environment{radyab::coding::SerialPermutation(FixedKey(1)),
                                        radyab::access::KeyedHash(FixedKey(2)),
                                        radyab::access::Sealer(FixedKey(3))};
  const radyab::access::Caller caller{1, radyab::v1::ROLE_ADMIN, std::nullopt};
  const radyab::ReadableKinds readable{true, true, true};
  std::mt19937_64 random(kSeed);
  std::vector<double> took_ms;
  int listed = 0;
  for (int turn = 0; turn < fault_count; ++turn) {
    const std::string right =
        CodeOf(static_cast<int>(random() % static_cast<std::uint64_t>(item_count))).Digits();
    const std::string wrong = Mistyped(right, turn, random);
    const auto begun = Clock::now();
    const auto status = store.Read([&](radyab::storage::ReadTransaction& transaction) {
      return radyab::ResolveToBytes(transaction, environment, caller, readable, wrong,
                                    {{2026, 11, 26}, 1})
          .status();
    });
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
    if (value < 1) Fail(name + " wants a number from 1");
    if (name == "--items") {
      item_count = value;
    } else if (name == "--faults") {
      fault_count = value;
    } else {
      Fail("unknown option " + name);
    }
  }
  auto store = radyab::storage::OpenStore("lmdb:" + std::string(arguments[1]) + "/registry");
  MustBeOk(store.status());
  Fill(**store, item_count);
  Run(**store, item_count, fault_count);
  return 0;
}

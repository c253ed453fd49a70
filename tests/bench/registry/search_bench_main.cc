// What a page of a search costs among very many parties of one member.
//   search_bench FOLDER [--parties N] [--pages N] [--seed N]
// Registers N parties by the registry's own verb over LMDB, carries their names into the index, and
// asks for pages of 50 in turn: rare words, words that a twentieth of all bear, two of those
// together, pages deep in a list, beginnings, telephones, codes, and what nobody bears. Writes
// lines "figure NAME VALUE UNIT". FOLDER should be on a real disk.
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "registry/access/sealed_part.h"
#include "registry/catalog/member_registry.h"
#include "registry/parties/party_registry.h"
#include "registry/search/index_upkeep.h"
#include "registry/search/row_budget.h"
#include "registry/search/search.h"
#include "registry/storage/open_store.h"
#include "tests/support/counting_store.h"

namespace {

using namespace radyab;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kPartiesOfChange = 500;
constexpr int kCommonWords = 12;
constexpr int kDeepPages = 400;  // walked to the place where the deep pages are asked for

struct Plan {
  std::string folder;
  std::uint32_t party_count = 1'000'000;
  int page_count = 8'000;
  std::uint64_t seed = 1;
};

[[noreturn]] void Fail(const std::string& why) {
  std::fprintf(stderr, "search_bench: %s\n", why.c_str());
  std::exit(1);
}
void MustBeOk(const absl::Status& status) {
  if (!status.ok()) Fail(std::string(status.message().data(), status.message().size()));
}
double SecondsSince(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

std::array<std::uint8_t, 32> FixedKey(std::uint8_t byte) {
  std::array<std::uint8_t, 32> key{};
  key.fill(byte);
  return key;
}

// Names as a country has them: a few first names that very many bear, many surnames that few do.
class NameMaker {
 public:
  explicit NameMaker(std::uint64_t seed) : random_(seed) {}
  static std::string First(int number) {
    static const std::array<const char*, kCommonWords> kNames = {"محمد",  "علی",  "حسین", "رضا",
                                                                 "فاطمه", "زهرا", "مریم", "مهدی",
                                                                 "امیر",  "حسن",  "زینب", "سعید"};
    return kNames.at(static_cast<std::size_t>(number));
  }
  static std::string Surname(std::uint64_t number) {
    static const std::array<const char*, 16> kBegin = {"احم", "کری", "رحی", "نور", "صاد", "جعف",
                                                       "موس", "باق", "شری", "سلی", "قاس", "یوس",
                                                       "فرا", "نظر", "زار", "بهر"};
    static const std::array<const char*, 16> kMiddle = {"دا", "مز", "رو", "کی",  "نو", "شا",
                                                        "پو", "تی", "لا", "وند", "گو", "سا",
                                                        "هو", "جا", "خو", "بی"};
    static const std::array<const char*, 16> kEnd = {"نی",  "زاده", "پور",  "یان", "فر",  "نژاد",
                                                     "مند", "دوست", "خواه", "راد", "منش", "کیا",
                                                     "نیا", "وردی", "تبار", "سرا"};
    return std::string(kBegin[number % 16]) + kMiddle[number / 16 % 16] + kEnd[number / 256 % 16];
  }
  std::string Name() {
    // Twelve first names share six tenths of all, a second one comes in three tenths.
    std::string name = random_() % 10 < 6 ? First(static_cast<int>(random_() % kCommonWords))
                                          : Surname(random_() % 4096) + "ه";
    if (random_() % 10 < 3) name += " " + First(static_cast<int>(random_() % kCommonWords));
    return name + " " + Surname(random_() % 4096);
  }
  std::uint64_t Draw(std::uint64_t bound) { return random_() % bound; }

 private:
  std::mt19937_64 random_;
};

std::string PhoneOf(std::uint32_t number) {
  std::string digits = std::to_string(number);
  return "+98912" + std::string(7 - digits.size(), '0') + digits;
}

// What is asked for, by kind of question.
struct Question {
  std::string kind;
  search::Wanted wanted;
  std::string after = {};
};

class Bench {
 public:
  explicit Bench(const Plan& plan)
      : plan_(plan), names_(plan.seed), counting_(OpenAt(plan.folder)) {}

  void Fill() {
    const auto begun = Clock::now();
    for (std::uint32_t first = 0; first < plan_.party_count; first += kPartiesOfChange) {
      MustBeOk(counting_.Write([&](storage::WriteTransaction& transaction) {
        for (std::uint32_t at = 0; at < kPartiesOfChange; ++at) Register(transaction, first + at);
        return absl::OkStatus();
      }));
    }
    const double seconds = SecondsSince(begun);
    std::printf("figure search_parties_registered_per_s %.0f parties/s\n",
                plan_.party_count / seconds);
  }

  void Index() {
    const auto begun = Clock::now();
    std::size_t done = 0;
    for (std::size_t step = 1; step > 0; done += step) {
      const auto stepped = search::IndexSome(counting_, environment_);
      MustBeOk(stepped.status());
      step = stepped->taken;
    }
    std::printf("figure search_names_indexed_per_s %.0f names/s\n",
                static_cast<double>(done) / SecondsSince(begun));
  }

  void Ask() {
    std::vector<double> all_ms;
    std::map<std::string, std::vector<double>> by_kind;
    std::size_t most_rows = 0;
    for (int page = 0; page < plan_.page_count; ++page) {
      const Question question = Draw(page);
      counting_.Reset();
      const auto begun = Clock::now();
      Page(question.wanted, question.after);
      const double ms = SecondsSince(begun) * 1000;
      all_ms.push_back(ms);
      by_kind[question.kind].push_back(ms);
      most_rows = std::max(most_rows, counting_.count().rows());
    }
    for (auto& [kind, ms] : by_kind) {
      std::printf("figure search_p99_ms.%s %.3f ms\n", kind.c_str(), Part(ms, 0.99));
    }
    std::printf("figure search_p50_ms %.3f ms\n", Part(all_ms, 0.50));
    std::printf("figure search_p99_ms %.3f ms\n", Part(all_ms, 0.99));
    std::printf("figure search_rows_of_page_max %zu rows\n", most_rows);
    if (most_rows > kPageRowsDefault * search::kRowsPerHitMax) Fail("a page read too many rows");
  }

 private:
  storage::Store& OpenAt(const std::string& folder) {
    auto store = storage::OpenStore("lmdb:" + folder);
    MustBeOk(store.status());
    store_ = *std::move(store);
    MustBeOk(store_->Write([&](storage::WriteTransaction& transaction) {
      v1::Member member;
      member.mutable_display_name()->set_en("Bench");
      const std::string fresh_key(access::kFreshKeyBytes, 'k');
      auto made = catalog::CreateMember(transaction, environment_, member, fresh_key);
      if (!made.ok()) return made.status();
      auto id = catalog::ParseMemberName(made->name(), "name");
      if (id.ok()) caller_.member = *id;
      return id.status();
    }));
    return *store_;
  }

  void Register(storage::WriteTransaction& transaction, std::uint32_t number) {
    v1::Party party;
    party.set_kind(v1::PARTY_KIND_PERSON);
    party.add_roles(v1::PARTY_ROLE_CUSTOMER);
    party.mutable_display_name()->set_fa(names_.Name());
    party.set_phone(PhoneOf(number % 10'000'000));
    std::string fresh_key(access::kFreshKeyBytes, 'p');
    std::memcpy(fresh_key.data(), &number, sizeof number);
    auto made = parties::CreateParty(transaction, environment_, caller_, party, {}, fresh_key);
    MustBeOk(made.status());
    if (number % 1000 == 0) codes_.push_back(made->code());
  }

  std::string Page(const search::Wanted& wanted, const std::string& after) {
    std::string next;
    MustBeOk(counting_.Read([&](storage::ReadTransaction& transaction) {
      auto answer = search::Search(transaction, environment_, caller_, true, wanted,
                                   {kPageRowsDefault, after});
      if (answer.ok()) next = answer->page.next;
      return answer.status();
    }));
    return next;
  }

  std::string Common() { return NameMaker::First(static_cast<int>(names_.Draw(kCommonWords))); }

  Question Draw(int turn) {
    const std::string rare = NameMaker::Surname(names_.Draw(4096));
    switch (turn % 8) {
      case 0:
        return {"rare", {rare, {}, ""}};
      case 1:
        return {"common", {Common(), {}, ""}};
      case 2:
        return {"two_common", {Common() + " " + Common(), {}, ""}};
      case 3: {
        const std::string word = Common();
        return {"deep", {word, {}, ""}, DeepIn(word)};
      }
      case 4:
        return {"nothing", {Common() + " ناشناخته", {}, ""}};
      case 5:
        return {"beginnings", {rare.substr(0, 8) + " " + Common().substr(0, 4), {}, ""}};
      case 6:
        return {"telephone",
                {PhoneOf(static_cast<std::uint32_t>(names_.Draw(plan_.party_count))), {}, ""}};
      default:
        return {"code", {codes_[names_.Draw(codes_.size())], {}, ""}};
    }
  }

  const std::string& DeepIn(const std::string& word) {
    std::string& place = deep_[word];
    if (!place.empty()) return place;
    for (int page = 0; page < kDeepPages; ++page) {
      place = Page({word, {}, ""}, place);
      if (place.empty()) break;  // few parties: from the beginning
    }
    return place;
  }

  static double Part(std::vector<double>& values, double part) {
    const auto at =
        values.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
  }

  const Plan plan_;
  const Environment environment_{coding::SerialPermutation(FixedKey(1)),
                                 access::KeyedHash(FixedKey(2)), access::Sealer(FixedKey(3))};
  access::Caller caller_{1, v1::ROLE_MEMBER, std::nullopt};
  NameMaker names_;
  std::unique_ptr<storage::Store> store_;
  tests::CountingStore counting_;
  std::vector<std::string> codes_;
  std::map<std::string, std::string> deep_;
};

Plan ReadArguments(int count, char** arguments) {
  Plan plan;
  if (count < 2 || count % 2 != 0) Fail("want FOLDER [--parties N] [--pages N] [--seed N]");
  plan.folder = arguments[1];
  for (int at = 2; at + 1 < count; at += 2) {
    const std::string name = arguments[at];
    const auto value = std::strtoull(arguments[at + 1], nullptr, 10);
    if (name == "--parties") {
      plan.party_count = static_cast<std::uint32_t>(value);
    } else if (name == "--pages") {
      plan.page_count = static_cast<int>(value);
    } else if (name == "--seed") {
      plan.seed = value;
    } else {
      Fail("unknown argument " + name);
    }
  }
  plan.party_count = std::max<std::uint32_t>(plan.party_count / kPartiesOfChange, 1) *
                     static_cast<std::uint32_t>(kPartiesOfChange);
  return plan;
}

}  // namespace

int main(int argument_count, char** arguments) {
  Plan plan = ReadArguments(argument_count, arguments);
  plan.folder += "/search-bench";
  mkdir(plan.folder.c_str(), 0700);
  Bench bench(plan);
  bench.Fill();
  bench.Index();
  bench.Ask();
  return 0;
}

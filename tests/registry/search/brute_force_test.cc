// Search against looking at every name, where words are borne by half of the registry.
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>

#include "coding/search_words.h"
#include "coding/utf8_reader.h"
#include "registry/storage/open_store.h"
#include "registry/storage/rows.h"
#include "tests/registry/search/search_world.h"

namespace radyab::search {
namespace {

constexpr std::uint32_t kItems = 110'000;
constexpr std::uint32_t kCommon = 56'000;  // bear «نان», and as many at the other end «روغن»
constexpr std::size_t kThingsOfStep = 5'000;

// In an order that lies anywhere among the codes.
std::uint32_t Scattered(std::uint32_t number) {
  return static_cast<std::uint32_t>((std::uint64_t{number} * 7919 + 13) % kItems);
}

// Every letter folds to itself.
std::string NameOf(std::uint32_t number) {
  const std::uint32_t place = Scattered(number);
  std::string name = "k" + std::to_string(number % 500);
  if (place < kCommon) name = "نان " + name;
  if (place >= kCommon - 10 && place < 2 * kCommon) name += " روغن";  // ten bear both
  if (number % 2 == 0) name += " سبزها";
  if (number % 30'000 == 7) name += " یاقوت";
  if (number % 5 == 0) name += " سبز";
  return name;
}

std::vector<std::string> Words(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c == ' ') {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  return words;
}

// A text's words and every two neighbours as one.
std::vector<std::string> Forms(const std::vector<std::string>& words) {
  std::vector<std::string> forms = words;
  for (std::size_t at = 1; at < words.size(); ++at) forms.push_back(words[at - 1] + words[at]);
  return forms;
}

bool Answers(v1::SearchMatch match, const std::string& asked, const std::string& word) {
  if (match == v1::SEARCH_MATCH_WORDS) return asked == word;
  if (match == v1::SEARCH_MATCH_STEMS) return coding::StemOf(asked) == coding::StemOf(word);
  return coding::CountCharacters(asked, asked.size()) > 1 ? word.starts_with(asked) : asked == word;
}

// Looks at one name as a person would.
v1::SearchMatch LookAt(const std::string& query, const std::string& name) {
  const auto asked = Words(query);
  const auto forms = Forms(Words(name));
  for (const auto match :
       {v1::SEARCH_MATCH_WORDS, v1::SEARCH_MATCH_BEGINNINGS, v1::SEARCH_MATCH_STEMS}) {
    bool all = true;
    for (std::size_t at = 0; at < asked.size() && all; ++at) {
      std::vector<std::string> ways{asked[at]};
      if (at > 0) ways.push_back(asked[at - 1] + asked[at]);
      if (at + 1 < asked.size()) ways.push_back(asked[at] + asked[at + 1]);
      bool any = false;
      for (const std::string& way : ways) {
        for (const std::string& form : forms) any = any || Answers(match, way, form);
      }
      all = any;
    }
    if (all) return match;
  }
  return v1::SEARCH_MATCH_UNSPECIFIED;
}

using Hits = std::vector<std::string>;  // "MATCH CODE", the better matches first

class BruteForce : public ::testing::Test {
 protected:
  void SetUp() override {
    auto store = storage::OpenStore("memory:", {});
    ASSERT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
    for (std::uint32_t first = 0; first < kItems; first += kThingsOfStep) {
      auto status = store_->Write([&](storage::WriteTransaction& transaction) {
        for (std::uint32_t number = first; number < first + kThingsOfStep; ++number) {
          const auto code = CodeOf(number);
          v1::Item item;
          item.set_code(code.Digits());
          item.mutable_display_name()->set_fa(NameOf(number));
          auto put = storage::PutRow(transaction, keyspace::Item(code), item);
          if (!put.ok()) return put;
        }
        return absl::OkStatus();
      });
      ASSERT_TRUE(status.ok()) << status;
    }
    IndexAll(*store_, environment_, kThingsOfStep);
  }
  static coding::Code CodeOf(std::uint32_t number) {
    return *coding::Code::ForCatalog(coding::Kind::kItem, 412, 1 + number / 9'999,
                                     1 + number % 9'999);
  }

  Hits Expected(const std::string& query) {
    std::map<std::string, v1::SearchMatch> seen;  // most names come often
    std::set<std::string> hits;
    for (std::uint32_t number = 0; number < kItems; ++number) {
      const std::string name = NameOf(number);
      const auto [found, fresh] = seen.try_emplace(name);
      if (fresh) found->second = LookAt(query, name);
      if (found->second == v1::SEARCH_MATCH_UNSPECIFIED) continue;
      hits.insert(std::to_string(found->second) + " " + CodeOf(number).Digits());
    }
    return {hits.begin(), hits.end()};
  }

  // All pages; each reads no more rows than it may.
  Hits Found(const std::string& query, std::size_t page_size, std::size_t& page_count,
             std::size_t& empty_pages) {
    Hits hits;
    tests::CountingStore counting(*store_);
    PageRequest page{page_size, ""};
    const access::Caller caller = tests::CallerFor(MemberId{17});
    do {
      counting.Reset();
      ++page_count;
      auto status = counting.Read([&](storage::ReadTransaction& transaction) {
        auto answer = Search(transaction, environment_, caller, true, {query, {}, ""}, page);
        if (!answer.ok()) return answer.status();
        EXPECT_FALSE(answer->incomplete);
        if (answer->page.rows.empty() && !answer->page.next.empty()) ++empty_pages;
        for (const v1::SearchHit& hit : answer->page.rows) {
          hits.push_back(std::to_string(hit.match()) + " " + hit.code());
        }
        page.after = answer->page.next;
        return absl::OkStatus();
      });
      EXPECT_TRUE(status.ok()) << status;
      if (!status.ok()) break;
      EXPECT_LE(counting.count().rows(), kRowsPerHitMax * page_size) << query;
      most_rows_ = std::max(most_rows_, counting.count().rows());
    } while (!page.after.empty());
    return hits;
  }

  void ExpectEqual(const std::string& query, std::size_t page_size) {
    std::size_t page_count = 0, empty_pages = 0;
    most_rows_ = 0;
    const Hits expected = Expected(query), found = Found(query, page_size, page_count, empty_pages);
    EXPECT_TRUE(found == expected)
        << query << ": " << found.size() << " hits, want " << expected.size();
    if (page_size >= kPageRowsDefault) {
      // One query in many hundreds has one of its two pages empty.
      EXPECT_LE(empty_pages, 1 + page_count / 50) << query << ": a page of nothing is rare";
    }
    std::printf("%-24s page %4zu: %6zu hits, at most %zu rows a page\n", query.c_str(), page_size,
                found.size(), most_rows_);
  }

  std::unique_ptr<storage::Store> store_;
  const Environment environment_{coding::SerialPermutation(tests::FixedKey(1)),
                                 access::KeyedHash(tests::FixedKey(2)),
                                 access::Sealer(tests::FixedKey(3))};
  std::size_t most_rows_ = 0;
};

TEST_F(BruteForce, FindsWhatLookingAtEveryNameFinds) {
  // Rare; common; two common words that ten bear; two that many bear; beginnings; endings; nothing.
  for (const char* query :
       {"یاقوت", "نان", "روغن نان", "نان سبزها", "سبز", "سبزهای", "نا", "یا رو", "k499 نان", "k4",
        "الماس", "نان الماس", "نانk7", "k7 روغن سبز", "روغنسبزها نان"}) {
    ExpectEqual(query, kPageRowsDefault);
  }
  for (const char* query : {"یاقوت", "الماس نان", "k499 روغن", "روغن نان"}) {
    ExpectEqual(query, 1);
  }
  ExpectEqual("سبزها", kPageRowsMax);
}

TEST_F(BruteForce, FindsItForAnyQuery) {
  const char* given = std::getenv("RADYAB_SEED");
  const std::uint64_t seed =
      given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  std::printf("seed: %llu (RADYAB_SEED replays it)\n", static_cast<unsigned long long>(seed));
  std::mt19937_64 random(seed);
  const std::vector<std::string> texts = {"نان", "روغن", "سبز",  "سبزها", "یاقوت", "سبزتر", "نا",
                                          "روغ", "یاقو", "نانی", "k1",    "k33",   "k400",  "ی"};
  for (int turn = 0; turn < 25; ++turn) {
    std::string query;
    for (std::size_t words = 1 + random() % 3; words > 0; --words) {
      if (!query.empty() && random() % 5 > 0) query += " ";
      query += texts[random() % texts.size()];
    }
    ExpectEqual(query, random() % 3 == 0 ? 7 : 200);
  }
}

}  // namespace
}  // namespace radyab::search

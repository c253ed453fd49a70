#include "registry/search/index_upkeep.h"

#include <gmock/gmock.h>

#include <functional>
#include <random>
#include <utility>

#include "registry/search/search_terms.h"
#include "registry/storage/own_rows.h"
#include "registry/storage/rows.h"
#include "tests/registry/search/search_world.h"

namespace radyab::search {
namespace {

using ::testing::ElementsAre;

// Runs something of others between the reading of a step and its writing.
class InterruptedStore : public tests::CountingStore {
 public:
  InterruptedStore(storage::Store& base, std::function<void()> others)
      : CountingStore(base), others_(std::move(others)) {}
  void WriteAsync(storage::WriteBody body, storage::WriteDone done,
                  storage::WriteTerms terms) override {
    if (others_) std::exchange(others_, nullptr)();
    CountingStore::WriteAsync(std::move(body), std::move(done), std::move(terms));
  }

 private:
  std::function<void()> others_;
};

// 100 words of two letters.
std::string NameOfManyWords(std::mt19937_64& random) {
  std::string name;
  for (int word = 0; word < 100; ++word) {
    name += static_cast<char>('a' + random() % 26);
    name += static_cast<char>('a' + random() % 26);
    name += word == 99 ? "" : " ";
  }
  return name;
}

class IndexUpkeep : public SearchWorld {
 protected:
  std::map<std::string, std::string> RowsOf(const std::string& prefix) {
    std::map<std::string, std::string> rows;
    for (const auto& [key, value] : world_.Dump()) {
      if (key.starts_with(prefix)) rows.emplace(key, value);
    }
    return rows;
  }
  // Makes every row what it was.
  void Restore(const std::map<std::string, std::string>& before) {
    auto status = world_.Write([&](storage::WriteTransaction& transaction) {
      for (const auto& [key, value] : world_.Dump()) {
        if (storage::IsOwnRow(key) || before.contains(key)) continue;
        if (auto gone = transaction.Delete(key); !gone.ok()) return gone;
      }
      for (const auto& [key, value] : before) {
        if (storage::IsOwnRow(key)) continue;
        if (auto put = transaction.Put(key, value); !put.ok()) return put;
      }
      return absl::OkStatus();
    });
    ASSERT_TRUE(status.ok()) << status;
  }
  // Makes the store look as if other rules had made its index, or none.
  void PutState(std::uint64_t version) {
    auto status = world_.Write([&](storage::WriteTransaction& transaction) {
      records::MetaRecord state;
      state.set_number(version);
      return storage::PutRow(transaction, keyspace::Meta("search"), state);
    });
    ASSERT_TRUE(status.ok()) << status;
  }
  void PutBlockOf(std::uint16_t version) {
    auto status = world_.Write([&](storage::WriteTransaction& transaction) {
      records::SearchBlockRecord block;
      block.add_steps(1);
      return storage::PutRow(transaction, keyspace::SearchBlock(version, maker_, {9, 9}, 7), block);
    });
    ASSERT_TRUE(status.ok()) << status;
  }
};

TEST_F(IndexUpkeep, MakesTheSameIndexOfNotesAndOfRows) {
  Index();  // what a new registry has: from here on, names come by notes
  MakeItem("شیر کم‌چرب");
  MakeParty(maker_, "زهرا امیری", "09121234567");
  world_.MakeService(shop_, "Repair");
  EXPECT_FALSE(RowsOf(keyspace::SearchNotePrefix()).empty());
  Index();
  EXPECT_TRUE(RowsOf(keyspace::SearchNotePrefix()).empty());
  const auto by_notes = RowsOf(keyspace::SearchBlockPrefix());
  auto emptied = world_.Write([&](storage::WriteTransaction& transaction) {
    for (const auto& [key, value] : by_notes) {
      if (auto status = transaction.Delete(key); !status.ok()) return status;
    }
    return transaction.Delete(keyspace::Meta("search"));
  });
  ASSERT_TRUE(emptied.ok()) << emptied;
  Index();
  EXPECT_EQ(RowsOf(keyspace::SearchBlockPrefix()), by_notes);
}

TEST_F(IndexUpkeep, MakesAnIndexOfOtherRulesAnew) {
  MakeItem("قند");
  for (const int other : {-1, 1}) {
    Index();
    const auto right = RowsOf(keyspace::SearchBlockPrefix());
    PutState(static_cast<std::uint64_t>(kIndexVersion + other));
    PutBlockOf(static_cast<std::uint16_t>(kIndexVersion + other));
    const auto whole = world_.Read(&IsWhole);
    ASSERT_TRUE(whole.ok());
    EXPECT_FALSE(*whole);
    Index();
    EXPECT_EQ(RowsOf(keyspace::SearchBlockPrefix()), right);
    EXPECT_TRUE(*world_.Read(&IsWhole));
  }
}

TEST_F(IndexUpkeep, IsNotWholeBeforeTheLastRowIsTaken) {
  for (int number = 0; number < 5; ++number) MakeItem("چای");
  const auto step = IndexSome(world_.store(), world_.environment(), 1);
  ASSERT_TRUE(step.ok()) << step.status();
  EXPECT_TRUE(step->more);
  EXPECT_FALSE(*world_.Read(&IsWhole));
  Index();
  EXPECT_TRUE(*world_.Read(&IsWhole));
}

TEST_F(IndexUpkeep, LeavesNothingOfANameThatWasChanged) {
  Index();
  const auto code = MakeItem("نان");
  Index();
  const auto right = RowsOf(keyspace::SearchBlockPrefix());
  for (const char* name : {"برنج سفید", "نان"}) {
    auto renamed = world_.Write([&](storage::WriteTransaction& transaction) {
      v1::Item item;
      item.set_name("items/" + code.Digits());
      item.mutable_display_name()->set_fa(name);
      return catalog::UpdateItem(transaction, tests::Admin(), item, {"display_name"});
    });
    ASSERT_TRUE(renamed.ok()) << renamed.status();
  }
  Index();  // both changes in one step
  EXPECT_EQ(RowsOf(keyspace::SearchBlockPrefix()), right);
}

TEST_F(IndexUpkeep, GoesOnBehindARowThatIsBroken) {
  const auto broken = MakeItem("نان");
  MakeItem("قند");
  auto status = world_.Write([&](storage::WriteTransaction& transaction) {
    return transaction.Put(keyspace::Item(broken), "no record");
  });
  ASSERT_TRUE(status.ok()) << status;
  Index();
  EXPECT_THAT(Hits(maker_key_, "قند"), ElementsAre("قند/3"));
}

TEST_F(IndexUpkeep, WritesNothingThatAnotherStepHasMadeOld) {
  for (const bool anew : {false, true}) {
    Index();
    if (anew) {
      PutState(0);
    } else {
      for (const char* name : {"چای سبز", "چای سیاه", "چای"}) MakeItem(name);
    }
    std::map<std::string, std::string> right;
    InterruptedStore store(world_.store(), [&] {
      Index();
      right = RowsOf("");
    });
    const auto step = IndexSome(store, world_.environment());
    EXPECT_TRUE(absl::IsAborted(step.status())) << step.status();
    EXPECT_FALSE(right.empty());
    EXPECT_EQ(RowsOf(""), right);
  }
}

TEST_F(IndexUpkeep, LosesNoNameThatComesWhileAStepIsPrepared) {
  Index();
  const auto code = MakeItem("نان");
  const auto rename = [&](const char* name) {
    auto renamed = world_.Write([&](storage::WriteTransaction& transaction) {
      v1::Item item;
      item.set_name("items/" + code.Digits());
      item.mutable_display_name()->set_fa(name);
      return catalog::UpdateItem(transaction, tests::Admin(), item, {"display_name"});
    });
    ASSERT_TRUE(renamed.ok()) << renamed.status();
  };
  InterruptedStore store(world_.store(), [&] { rename("برنج سفید"); });
  const auto step = IndexSome(store, world_.environment());
  ASSERT_TRUE(step.ok()) << step.status();
  EXPECT_FALSE(RowsOf(keyspace::SearchNotePrefix()).empty());
  Index();
  EXPECT_THAT(Hits(maker_key_, "برنج سفید"), ElementsAre("برنج سفید/3"));
  EXPECT_TRUE(Hits(maker_key_, "نان").empty());
  const auto kept = RowsOf(keyspace::SearchBlockPrefix());
  rename("نان");
  rename("برنج سفید");
  Index();
  EXPECT_EQ(RowsOf(keyspace::SearchBlockPrefix()), kept);
}

TEST_F(IndexUpkeep, CarriesNoMoreThanItsBoundInOneStep) {
  Index();
  for (int number = 0; number < 70; ++number) MakeItem("چای");
  std::vector<std::size_t> steps;
  for (bool work = true; work;) {
    auto step = IndexSome(world_.store(), world_.environment(), 32);
    ASSERT_TRUE(step.ok()) << step.status();
    steps.push_back(step->taken);
    work = *world_.Read(&HasWork);
    EXPECT_EQ(step->more, work);
  }
  EXPECT_THAT(steps, ElementsAre(32, 32, 8));  // with the two classes of the items
}

// A plan of many parts that is left at any of them: what was written is right beside the notes, and
// the next step makes the rest of it.
TEST_F(IndexUpkeep, MayStopBehindAnyPartOfAStep) {
  Index();
  std::mt19937_64 random(11);
  std::vector<std::string> names;
  for (int number = 0; number < 12; ++number) {
    names.push_back("چای " + NameOfManyWords(random).substr(0, 240));
    MakeItem(names.back());
  }
  const auto before = world_.Dump();
  Index();
  const auto right = RowsOf(keyspace::SearchBlockPrefix());
  std::size_t part_count = 1;
  for (std::size_t left_at = 0; left_at < part_count; ++left_at) {
    Restore(before);
    auto plan = PlanIndexStep(world_.store(), world_.environment());
    ASSERT_TRUE(plan.ok()) << plan.status();
    part_count = plan->lists.size() + plan->pairs.size() + 1;
    for (std::size_t part = 0; part < left_at; ++part) {
      auto written = WritePart(world_.store(), *plan);
      ASSERT_TRUE(written.ok()) << written.status();
      ASSERT_FALSE(plan->written);
    }
    EXPECT_EQ(Hits(maker_key_, "چای").size(), names.size()) << "left at part " << left_at;
    const std::string front = names.front().substr(0, 20);
    EXPECT_EQ(Hits(maker_key_, front).size(), 1u) << "left at part " << left_at;
    Index();
    EXPECT_EQ(RowsOf(keyspace::SearchBlockPrefix()), right) << "left at part " << left_at;
    EXPECT_TRUE(RowsOf(keyspace::SearchNotePrefix()).empty()) << "left at part " << left_at;
  }
  EXPECT_GT(part_count, 3u);
}

TEST_F(IndexUpkeep, TakesNamesOfVeryManyWordsInMoreSteps) {
  Index();
  std::mt19937_64 random(7);
  for (int number = 0; number < 80; ++number) MakeItem(NameOfManyWords(random));
  auto step = IndexSome(world_.store(), world_.environment(), 1000);
  ASSERT_TRUE(step.ok()) << step.status();
  EXPECT_GT(step->taken, 20u);
  EXPECT_LT(step->taken, 80u);
  EXPECT_TRUE(step->more);
  Index();
  EXPECT_TRUE(RowsOf(keyspace::SearchNotePrefix()).empty());
}

}  // namespace
}  // namespace radyab::search

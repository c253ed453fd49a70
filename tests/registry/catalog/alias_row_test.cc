// How many aliases a code may have, and how few rows a question about one of them reads.
#include "registry/catalog/alias_row.h"

#include "registry/catalog/alias_registry.h"
#include "registry/storage/rows.h"
#include "tests/support/counting_store.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using tests::AliasOf;
using tests::CallerFor;
using tests::ReasonIn;
using tests::RegistryWorld;

class AliasRows : public testing::Test {
 protected:
  static v1::Alias Part(std::size_t number) {
    return AliasOf(v1::ALIAS_SCHEME_SUPPLIER_PART, "P" + std::to_string(number));
  }
  absl::StatusOr<v1::Alias> Add(const v1::Alias& alias) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return AddAlias(transaction, world_.environment(), CallerFor(member_), code_.Digits(), alias);
    });
  }
  absl::StatusOr<v1::Alias> End(const v1::Alias& alias) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return EndAlias(transaction, world_.environment(), CallerFor(member_), code_.Digits(), alias);
    });
  }
  // Lines of history that began and ended before.
  void PutEndedLines(std::size_t count) {
    const auto status = world_.store().Write([&](storage::WriteTransaction& transaction) {
      for (std::size_t number = 0; number < count; ++number) {
        records::AliasRecord line;
        *line.mutable_alias() = Part(number);
        line.mutable_alias()->mutable_end_time()->set_seconds(1);
        const auto key = keyspace::AliasHistory(code_, line.alias().scheme(), line.alias().value(),
                                                transaction.commit_sequence());
        if (auto put = storage::PutRow(transaction, key, line); !put.ok()) return put;
      }
      return absl::OkStatus();
    });
    ASSERT_TRUE(status.ok()) << status;
  }
  void ExpectFull(const v1::Alias& alias, std::size_t limit) {
    const auto before = world_.Dump();
    const auto refused = Add(alias);
    ASSERT_EQ(refused.status().code(), absl::StatusCode::kResourceExhausted) << refused.status();
    EXPECT_EQ(ReasonIn(refused.status()), Reason::kLimitExceeded);
    EXPECT_EQ(ReasonOf(refused.status())->metadata.at("limit"), std::to_string(limit));
    EXPECT_EQ(world_.Dump(), before);
  }

  RegistryWorld world_;
  MemberId member_ = world_.MakeMember("A");
  coding::Code code_ = world_.MakeItem(member_, "Milk");
};

TEST_F(AliasRows, ACodeHasAHundredLiveAliasesAndNotOneMore) {
  for (std::size_t number = 0; number < kLiveAliasesMax; ++number) {
    ASSERT_TRUE(Add(Part(number)).ok()) << number;
  }
  ExpectFull(Part(kLiveAliasesMax), kLiveAliasesMax);
  ASSERT_TRUE(End(Part(7)).ok());
  EXPECT_TRUE(Add(Part(kLiveAliasesMax)).ok()) << "one ended, one has room";
}

TEST_F(AliasRows, ACodeHasAThousandAliasesInItsLifeAndNotOneMore) {
  PutEndedLines(kAliasLinesMax - 1);
  ASSERT_TRUE(Add(Part(kAliasLinesMax)).ok());
  ASSERT_TRUE(End(Part(kAliasLinesMax)).ok());
  ExpectFull(Part(kAliasLinesMax + 1), kAliasLinesMax);
}

// The two numbers a maker of telephones and a filler of medicine give to every piece.
TEST_F(AliasRows, NumbersOfSinglePiecesAreNotCountedAndAreTheMembersToList) {
  const auto uid = [](std::size_t number) {
    const std::string digits = std::to_string(number);
    return AliasOf(v1::ALIAS_SCHEME_UID20, "12345" + std::string(15 - digits.size(), '0') + digits);
  };
  PutEndedLines(kAliasLinesMax - 1);
  for (std::size_t number = 0; number <= kLiveAliasesMax; ++number) {
    ASSERT_TRUE(Add(uid(number)).ok()) << number;
  }
  ASSERT_TRUE(Add(Part(kAliasLinesMax)).ok()) << "there is room for one that is counted";
  ExpectFull(Part(kAliasLinesMax + 1), kAliasLinesMax);
  ASSERT_TRUE(Add(uid(kLiveAliasesMax + 1)).ok()) << "pieces have room all the same";
  const auto listed = [&](MemberId member) {
    std::size_t count = 0;
    const auto page = world_.Read([&](storage::ReadTransaction& transaction) {
      return ListAliases(transaction, CallerFor(member), code_.Digits(), {2000, ""});
    });
    for (const v1::Alias& alias : page->rows) {
      if (alias.scheme() == v1::ALIAS_SCHEME_UID20) ++count;
    }
    return count;
  };
  EXPECT_EQ(listed(member_), kLiveAliasesMax + 2);
  EXPECT_EQ(listed(world_.MakeMember("B")), 0U) << "how many there are is nobody else's";
}

TEST_F(AliasRows, OneAliasIsFoundWithoutReadingTheOthers) {
  PutEndedLines(500);
  ASSERT_TRUE(Add(Part(7)).ok());
  tests::CountingStore counting(world_.store());
  const auto bears = [&](std::size_t number) {
    bool answer = false;
    counting.Reset();
    const auto status = counting.Read([&](storage::ReadTransaction& transaction) {
      auto found =
          BearsAlias(transaction, code_, v1::ALIAS_SCHEME_SUPPLIER_PART, Part(number).value());
      if (found.ok()) answer = *found;
      return found.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_LE(counting.count().rows(), 1U) << number;
    return answer;
  };
  EXPECT_TRUE(bears(7)) << "added again after it had ended";
  EXPECT_FALSE(bears(8)) << "ended";
  EXPECT_FALSE(bears(900)) << "never there";
}

}  // namespace
}  // namespace radyab::catalog

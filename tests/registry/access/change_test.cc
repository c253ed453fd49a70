#include "registry/access/change.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/storage/keyspace.h"
#include "registry/storage/open_store.h"
#include "registry/storage/rows.h"
#include "tests/support/registry_world.h"

namespace radyab::access {
namespace {

using storage::ReadTransaction;
using storage::WriteTransaction;
using tests::FixedKey;
using tests::ReasonIn;

constexpr std::int64_t kStartUs = 1'700'000'000'000'000;

// A store with a clock that the test moves. The change under test writes one row that counts how
// often it ran.
class Change : public ::testing::Test {
 protected:
  Change()
      : environment_{coding::SerialPermutation(FixedKey(1)), KeyedHash(FixedKey(2)),
                     Sealer(FixedKey(3))} {
    storage::StoreOptions options;
    options.clock_us = [this] { return now_us_; };
    options.run_bodies_twice = true;
    store_ = *storage::OpenStore("memory:", options);
  }

  ChangeRequest Request(const std::string& request_id, const std::string& body = "body",
                        const std::string& method = "CatalogService.CreateItem") {
    ChangeRequest request;
    request.caller.key_id = 5;
    request.method = method;
    request.request_id = request_id;
    request.digest = RequestDigest(environment_, method, body);
    return request;
  }
  // Enough changes for one of them to sweep.
  void RunUntilSwept() {
    for (int i = 0; i < kSweepEvery; ++i) ASSERT_TRUE(Run(Request("")).ok());
  }

  absl::StatusOr<std::string> Run(const ChangeRequest& request,
                                  const std::string& resource = "items/1",
                                  const std::string& padding = "") {
    absl::StatusOr<std::string> answer = std::string();
    auto status = store_->Write([&](WriteTransaction& transaction) {
      answer =
          RunChange(transaction, environment_, request,
                    [&](WriteTransaction& inner) -> absl::StatusOr<ChangeAnswer> {
                      const auto count = Count(inner) + 1;
                      auto put = Put(inner, count);
                      if (!put.ok()) return put;
                      return ChangeAnswer{resource, "answer " + std::to_string(count) + padding};
                    });
      return answer.status();
    });
    if (!status.ok()) return status;
    return answer;
  }

  static std::uint64_t Count(ReadTransaction& transaction) {
    auto row = storage::GetRow<records::CounterRecord>(transaction, keyspace::Counter("test"));
    return row.ok() && row->has_value() ? (*row)->last() : 0;
  }
  static absl::Status Put(WriteTransaction& transaction, std::uint64_t count) {
    records::CounterRecord record;
    record.set_last(count);
    return storage::PutRow(transaction, keyspace::Counter("test"), record);
  }
  std::uint64_t Count() {
    std::uint64_t count = 0;
    EXPECT_TRUE(store_
                    ->Read([&](ReadTransaction& transaction) {
                      count = Count(transaction);
                      return absl::OkStatus();
                    })
                    .ok());
    return count;
  }
  // How many rows begin with this prefix.
  std::size_t Rows(const std::string& prefix) {
    std::size_t rows = 0;
    EXPECT_TRUE(store_
                    ->Read([&](ReadTransaction& transaction) {
                      return transaction.Scan({prefix, storage::PrefixEnd(prefix)},
                                              storage::Direction::kForward, storage::kNoRowLimit,
                                              [&](std::string_view, std::string_view) {
                                                ++rows;
                                                return true;
                                              });
                    })
                    .ok());
    return rows;
  }
  std::size_t Answers() { return Rows(keyspace::Request(5, "").substr(0, 9)); }
  std::size_t Expiries() { return Rows(keyspace::RequestExpiryPrefix()); }
  std::size_t Audits() { return Rows(keyspace::AuditPrefix()); }

  absl::StatusOr<Page<v1::AuditEntry>> Audit(const std::string& resource,
                                             std::uint64_t after_sequence,
                                             const PageRequest& page) {
    absl::StatusOr<Page<v1::AuditEntry>> entries = Page<v1::AuditEntry>();
    auto status = store_->Read([&](ReadTransaction& transaction) {
      entries = ListAudit(transaction, resource, after_sequence, page);
      return entries.status();
    });
    if (!status.ok()) return status;
    return entries;
  }

  std::int64_t now_us_ = kStartUs;
  Environment environment_;
  std::unique_ptr<storage::Store> store_;
};

TEST_F(Change, GivesARetryTheFirstAnswer) {
  const auto first = Run(Request("r1"));
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(*first, "answer 1");
  const auto retry = Run(Request("r1"));
  ASSERT_TRUE(retry.ok()) << retry.status();
  EXPECT_EQ(*retry, "answer 1");
  EXPECT_EQ(Count(), 1u);
  EXPECT_EQ(Audits(), 1u);
}

TEST_F(Change, RunsEveryTimeWithoutARequestId) {
  EXPECT_EQ(*Run(Request("")), "answer 1");
  EXPECT_EQ(*Run(Request("")), "answer 2");
  EXPECT_EQ(Answers(), 0u);
}

TEST_F(Change, RefusesARequestIdWithAnotherBodyOrMethod) {
  ASSERT_TRUE(Run(Request("r1")).ok());
  for (const ChangeRequest& reused :
       {Request("r1", "another body"), Request("r1", "body", "CatalogService.UpdateItem")}) {
    const auto refused = Run(reused);
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kAlreadyExists);
    EXPECT_EQ(ReasonIn(refused.status()), Reason::kRequestIdReused);
  }
  EXPECT_EQ(Count(), 1u);
}

TEST_F(Change, KeepsTheRequestIdsOfKeysApart) {
  ASSERT_TRUE(Run(Request("r1")).ok());
  ChangeRequest of_another = Request("r1", "another body");
  of_another.caller.key_id = 6;
  const auto answer = Run(of_another);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(*answer, "answer 2");
}

TEST_F(Change, KeepsAnAnswerSevenDaysAndThenSweepsIt) {
  ASSERT_TRUE(Run(Request("r1")).ok());
  now_us_ += kAnswerKeptUs - 1'000;
  EXPECT_EQ(*Run(Request("r1")), "answer 1");
  now_us_ += 2'000;
  EXPECT_EQ(*Run(Request("r1", "another body")), "answer 2");
  EXPECT_EQ(Answers(), 1u);
  EXPECT_EQ(Expiries(), 1u);
  now_us_ += kAnswerKeptUs + 1'000;
  RunUntilSwept();
  EXPECT_EQ(Answers(), 0u);
  EXPECT_EQ(Expiries(), 0u);
}

TEST_F(Change, SweepsNoMoreThanSomeOldAnswersAtOnce) {
  for (int i = 0; i < kExpiredPerSweep + 3; ++i) {
    ASSERT_TRUE(Run(Request("r" + std::to_string(i))).ok());
  }
  now_us_ += kAnswerKeptUs + 1'000'000;
  RunUntilSwept();
  EXPECT_EQ(Answers(), 3u);
  RunUntilSwept();
  EXPECT_EQ(Answers(), 0u);
}

TEST_F(Change, SweepsExpiryRowsThatCannotBeReadAway) {
  ASSERT_TRUE(Run(Request("r1")).ok());
  auto put = store_->Write([](storage::WriteTransaction& transaction) {
    for (int i = 0; i < kExpiredPerSweep; ++i) {
      const std::string key =
          keyspace::RequestExpiryPrefix() + std::string(8, '\0') + static_cast<char>('!' + i);
      if (auto status = storage::PutMark(transaction, key); !status.ok()) return status;
    }
    return absl::OkStatus();
  });
  ASSERT_TRUE(put.ok()) << put;
  now_us_ += kAnswerKeptUs + 1'000;
  RunUntilSwept();
  RunUntilSwept();
  EXPECT_EQ(Answers(), 0u);
  EXPECT_EQ(Expiries(), 0u);
}

TEST_F(Change, KeepsALongAnswerInSeveralRows) {
  const std::string padding(200'000, 'x');
  const auto first = Run(Request("r1"), "items/1", padding);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(Answers(), 4u);
  EXPECT_EQ(*Run(Request("r1"), "items/1", padding), *first);
  now_us_ += kAnswerKeptUs + 1'000'000;
  RunUntilSwept();
  EXPECT_EQ(Answers(), 0u);
}

TEST_F(Change, RefusesAnAnswerTooLongToKeep) {
  const auto refused = Run(Request("r1"), "items/1", std::string(5'000'000, 'x'));
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kLimitExceeded);
  EXPECT_EQ(Count(), 0u);
}

TEST_F(Change, KeepsAnswersSealed) {
  ASSERT_TRUE(Run(Request("r1"), "items/1", " Sara Ahmadi").ok());
  ASSERT_TRUE(store_
                  ->Read([](ReadTransaction& transaction) {
                    return transaction.Scan({"", ""}, storage::Direction::kForward,
                                            storage::kNoRowLimit,
                                            [](std::string_view key, std::string_view value) {
                                              EXPECT_EQ(value.find("Ahmadi"), std::string::npos);
                                              EXPECT_EQ(key.find("Ahmadi"), std::string::npos);
                                              return true;
                                            });
                  })
                  .ok());
}

TEST_F(Change, RefusesABadRequestIdBeforeItChangesAnything) {
  std::string longest;
  for (std::size_t i = 0; i < kRequestIdCharactersMax; ++i) longest += "ش";
  EXPECT_TRUE(Run(Request(longest)).ok());
  for (const std::string& bad : {longest + "x", std::string("a\nb"), std::string("\xff")}) {
    const auto refused = Run(Request(bad));
    EXPECT_EQ(ReasonIn(refused.status()), Reason::kInvalidField);
    EXPECT_EQ(tests::FieldIn(refused.status()), "request_id");
  }
  EXPECT_EQ(Count(), 1u);
}

TEST_F(Change, LeavesNoTraceOfARefusedChange) {
  auto status = store_->Write([&](WriteTransaction& transaction) {
    return RunChange(transaction, environment_, Request("r1"),
                     [&](WriteTransaction& inner) -> absl::StatusOr<ChangeAnswer> {
                       auto put = Put(inner, 9);
                       EXPECT_TRUE(put.ok());
                       return NotFound("items/1");
                     })
        .status();
  });
  EXPECT_EQ(ReasonIn(status), Reason::kNotFound);
  EXPECT_EQ(Count(), 0u);
  EXPECT_EQ(Answers() + Expiries() + Audits(), 0u);
  EXPECT_TRUE(Run(Request("r1", "another body")).ok()) << "the id was not used up";
}

TEST_F(Change, WritesAnAuditRowWithEveryChangeAndNoneWithoutOne) {
  ASSERT_TRUE(Run(Request("r1"), "items/7").ok());
  ASSERT_TRUE(Run(Request("r2"), "").ok());
  const auto entries = Audit("", 0, {});
  ASSERT_TRUE(entries.ok()) << entries.status();
  ASSERT_EQ(entries->rows.size(), 1u);
  EXPECT_EQ(entries->rows[0].key(), "keys/5");
  EXPECT_EQ(entries->rows[0].method(), "CatalogService.CreateItem");
  EXPECT_EQ(entries->rows[0].resource(), "items/7");
  EXPECT_EQ(entries->rows[0].request_id(), "r1");
  EXPECT_EQ(entries->rows[0].time().seconds(), kStartUs / 1'000'000);
}

TEST_F(Change, ListsTheAuditOfOneResourceAndAfterASequence) {
  for (int i = 0; i < 6; ++i) {
    ASSERT_TRUE(Run(Request(""), i % 2 == 0 ? "items/1" : "items/2").ok());
  }
  const auto all = Audit("", 0, {});
  const auto of_one = Audit("items/2", 0, {});
  ASSERT_TRUE(all.ok() && of_one.ok());
  ASSERT_EQ(all->rows.size(), 6u);
  ASSERT_EQ(of_one->rows.size(), 3u);
  const auto later = Audit("items/2", static_cast<std::uint64_t>(of_one->rows[0].sequence()), {});
  ASSERT_TRUE(later.ok());
  EXPECT_EQ(later->rows.size(), 2u);
  EXPECT_EQ(Audit("items", 0, {})->rows.size(), 0u) << "a prefix is no resource";
  EXPECT_EQ(Audit("", UINT64_MAX, {})->rows.size(), 0u);
  EXPECT_EQ(ReasonIn(Audit(std::string(300, 'x'), 0, {}).status()), Reason::kInvalidField);
}

TEST_F(Change, ListsTheAuditPageByPage) {
  for (int i = 0; i < 7; ++i) ASSERT_TRUE(Run(Request(""), "items/1").ok());
  for (const std::string resource : {"", "items/1"}) {
    std::vector<std::int64_t> sequences;
    PageRequest page{3, ""};
    do {
      const auto entries = Audit(resource, 0, page);
      ASSERT_TRUE(entries.ok());
      for (const auto& entry : entries->rows) sequences.push_back(entry.sequence());
      page.after = entries->next;
    } while (!page.after.empty());
    EXPECT_EQ(sequences.size(), 7u);
    EXPECT_TRUE(std::is_sorted(sequences.begin(), sequences.end()));
  }
}

}  // namespace
}  // namespace radyab::access

#include "registry/storage/own_rows.h"

#include <limits>

#include "gmock/gmock.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/open_store.h"
#include "registry/storage/record.h"
#include "tests/registry/storage/store_conformance.h"

namespace radyab::storage {
namespace {

// Runs `body` in a change that is thrown away.
template <class Body>
void InChange(Body body) {
  auto store = OpenStore("memory:").value();
  store
      ->Write([&](WriteTransaction& change) {
        body(change);
        return absl::OkStatus();
      })
      .IgnoreError();
}

void PutOwn(WriteTransaction& change, const OwnRow& row) {
  ASSERT_TRUE(change.Put(row.key, row.value).ok());
}

TEST(OwnRows, KeepTheStamp) {
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
  for (const CommitStamp& stamp : {CommitStamp{}, {1, 1}, {127, 128}, {300, -1}, {kMost, kLeast}}) {
    InChange([&](WriteTransaction& change) {
      PutOwn(change, CommitStampRow(stamp));
      EXPECT_EQ(ReadCommitStamp(change).value(), stamp);
    });
  }
}

// The wire form of MetaRecord {number: 300, time_us: 5}: field 1 and field 3, varints.
TEST(OwnRows, AreWrittenAsProtobufWouldWriteThem) {
  InChange([](WriteTransaction& change) {
    PutOwn(change, CommitStampRow({300, 5}));
    const std::string key = keyspace::Meta("commit");
    EXPECT_EQ(GetIn(change, key), EncodeRecord(key, "\x08\xAC\x02\x18\x05"));
  });
}

TEST(OwnRows, RefusePayloadsThatAreNoStamp) {
  using namespace std::string_literals;
  for (const std::string& payload :
       {"\x08"s, "\x08\x80"s, "\x10\x01"s, "\x08" + std::string(10, '\x80') + "\x01"s}) {
    InChange([&](WriteTransaction& change) {
      const std::string key = keyspace::Meta("commit");
      ASSERT_TRUE(change.Put(key, EncodeRecord(key, payload)).ok());
      EXPECT_EQ(ReasonText(ReadCommitStamp(change).status()), "CORRUPT_RECORD");
    });
  }
}

TEST(OwnRows, LogIdIsAbsentUntilItIsGiven) {
  InChange([](WriteTransaction& change) {
    EXPECT_EQ(ReadLogId(change).value(), std::nullopt);
    PutOwn(change, LogIdRow(0xFEDCBA9876543210));
    EXPECT_EQ(ReadLogId(change).value(), 0xFEDCBA9876543210);
  });
}

TEST(OwnRows, CommitStampIsKnownByItsKey) {
  EXPECT_TRUE(IsCommitStamp(CommitStampRow({}).key));
  EXPECT_FALSE(IsCommitStamp(SchemaVersionRow().key));
}

TEST(OwnRows, NextStampIsGreaterInBothParts) {
  EXPECT_EQ(NextStamp({7, 100}, 200), (CommitStamp{8, 200}));
  EXPECT_EQ(NextStamp({7, 100}, 100), (CommitStamp{8, 101}));
  EXPECT_EQ(NextStamp({7, 100}, -5), (CommitStamp{8, 101}));
}

TEST(OwnRows, SchemaVersionMustBeOurs) {
  InChange([](WriteTransaction& change) {
    EXPECT_THAT(MessageOf(CheckSchemaVersion(change, "the folder")),
                testing::HasSubstr("the folder has no schema version, this program wants 1"));
    PutOwn(change, SchemaVersionRow());
    EXPECT_TRUE(CheckSchemaVersion(change, "the folder").ok());
  });
}

}  // namespace
}  // namespace radyab::storage

#include "registry/upkeep/scrub.h"

#include <gmock/gmock.h>

#include <set>

#include "radyab/v1/class.pb.h"
#include "registry/records/records.pb.h"
#include "registry/storage/key_families.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/ordered_key.h"
#include "registry/storage/record.h"
#include "registry/trace/object_key.h"
#include "tests/registry/upkeep/upkeep_world.h"

namespace radyab::upkeep {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

std::string FamilyName(std::string_view key) {
  const keyspace::KeyFamily* family = keyspace::FamilyOf(key);
  return family == nullptr ? "none" : std::string(family->name);
}

// The object key of a row of the family object_event.
std::string KeyInObjectEvent(std::string_view key) {
  return storage::OrderedKeyReader(key.substr(1)).Text();
}
bool IsView(std::string_view key) {
  const std::string object = KeyInObjectEvent(key);
  return trace::ObjectOfView(object) != object;
}

TEST(Scrub, FindsNothingInASoundRegistry) {
  EXPECT_THAT(FindingsIn(RichRows()), IsEmpty());
  std::set<std::string> families;
  for (const auto& [key, value] : RichRows()) families.insert(FamilyName(key));
  // The world is rich: a family that is missing here has no test below.
  for (const keyspace::KeyFamily& family : keyspace::KeyFamilies()) {
    if (family.name == "ended_gtin" || family.name == "supplier_item") continue;
    EXPECT_THAT(families, Contains(family.name));
  }
}

TEST(Scrub, CountsEveryRowByItsFamily) {
  const auto summary = Scrub(
      *StoreOf(RichRows()), [](const v1::ScrubFinding&) { return absl::OkStatus(); },
      [](std::uint64_t) { return absl::OkStatus(); });
  ASSERT_TRUE(summary.ok());
  EXPECT_EQ(summary->row_count(), static_cast<std::int64_t>(RichRows().size()));
  std::int64_t sum = 0;
  for (const v1::FamilyCount& family : summary->families()) sum += family.row_count();
  EXPECT_EQ(sum, summary->row_count());
  EXPECT_FALSE(summary->stopped());
}

// One bit anywhere in a row, key or value.
TEST(Scrub, TellsEveryRowWithABrokenChecksum) {
  for (const auto& [key, value] : RichRows()) {
    for (const bool in_key : {false, true}) {
      if (in_key && key == keyspace::Meta("commit")) continue;  // the store writes it anew
      if (!in_key && key == keyspace::Meta("commit")) continue;
      Rows rows = RichRows();
      rows.erase(key);
      std::string other_key = key, other_value = value;
      std::string& bytes = in_key ? other_key : other_value;
      bytes.back() = static_cast<char>(bytes.back() ^ 0x10);
      rows[other_key] = other_value;
      EXPECT_THAT(FindingsIn(rows), Not(IsEmpty())) << FamilyName(key) << (in_key ? " key" : "");
    }
  }
}

// Rows of these families are named by others: one that is lost is missed.
TEST(Scrub, MissesALostRowOfWhatOthersName) {
  const std::set<std::string> named = {"member",         "block",
                                       "issued",         "name",
                                       "party",          "seal_key",
                                       "event",          "object",
                                       "case",           "timeline",
                                       "response",       "case_of_member",
                                       "key_hash",       "key",
                                       "audit",          "audit_of_resource",
                                       "request_expiry", "content",
                                       "contained_in",   "partner",
                                       "item",           "service",
                                       "alias_history",  "object_event",
                                       "reservation",    "reservation_expiry",
                                       "party_merge",    "merged_party",
                                       "duplicate_pair", "duplicate_rank"};
  std::set<std::string> seen;
  for (const auto& [key, value] : RichRows()) {
    const std::string family = FamilyName(key);
    if (!named.contains(family)) continue;
    // Names of parties are sealed, so nobody but who has the keys can say which must be there.
    if (family == "name" && key[1] == static_cast<char>(coding::Kind::kParty)) continue;
    // What a member sees of an object stands nowhere else.
    if (family == "object_event" && IsView(key)) continue;
    seen.insert(family);
    Rows rows = RichRows();
    rows.erase(key);
    const auto findings = FindingsIn(rows);
    const bool may_be_unused =
        family == "issued" || family == "block" || family == "member" || family == "alias_history";
    if (may_be_unused && findings.empty()) continue;
    EXPECT_THAT(findings, Not(IsEmpty())) << family;
  }
  EXPECT_EQ(seen, named);
}

// A unit that is in no lot and no container, a container that is in none, a lot: what happened to
// them says that they were.
TEST(Scrub, MissesEveryObjectInEveryPlaceThatNamesIt) {
  int count = 0;
  for (const auto& [key, value] : RichRows()) {
    if (FamilyName(key) != "object") continue;
    ++count;
    const std::string object = key.substr(1), word = trace::WordOfKey(object);
    Rows rows = RichRows();
    rows.erase(key);
    const auto findings = FindingsIn(rows);
    EXPECT_THAT(findings, Contains("object_event: " + word + " is not there"));
    // And when the rows that find events by it are lost with it.
    std::erase_if(rows, [&](const auto& row) {
      if (FamilyName(row.first) != "object_event") return false;
      return trace::ObjectOfView(KeyInObjectEvent(row.first)) == object;
    });
    EXPECT_THAT(FindingsIn(rows),
                Contains("event: the row that finds it by " + word + " is not there"));
  }
  EXPECT_GE(count, 4);
}

TEST(Scrub, MissesTheObjectOfADelivery) {
  Rows rows = RichRows();
  std::erase_if(rows, [](const auto& row) {
    return FamilyName(row.first) == "object" || FamilyName(row.first) == "object_event";
  });
  EXPECT_THAT(FindingsIn(rows),
              Contains(AllOf(StartsWith("delivery: "), HasSubstr("/lot/L1 is not there"))));
}

TEST(Scrub, TellsAListOfTheSearchIndexThatIsNotRight) {
  Rows rows = RichRows();
  const keyspace::SearchTerm term{1, 1};
  const auto put = [&](std::uint64_t last, const std::vector<std::uint64_t>& steps) {
    records::SearchBlockRecord block;
    for (const std::uint64_t step : steps) block.add_steps(step);
    const std::string key = keyspace::SearchBlock(1, MemberId{1}, term, last);
    rows[key] = storage::EncodeRecord(key, block.SerializeAsString());
  };
  put(1, {});
  put(1042000099000155, {1042000099000155 - 1, 1});
  put(2050500017000710, {2050500017000710, 0});
  put(7000000017004271, {7000000017004271 + 1});
  const auto findings = FindingsIn(rows);
  EXPECT_THAT(findings, Contains("search_block: it holds nothing"));
  EXPECT_THAT(findings, Contains("search_block: 1042000099000154 is no code"));
  EXPECT_THAT(findings, Contains("search_block: its things are out of order"));
  const std::string note = keyspace::SearchNote(1, 9040000000000002);
  rows[note] = storage::EncodeRecord(note, "");
  EXPECT_THAT(FindingsIn(rows), Contains(HasSubstr("search_note: classes/")));
}

TEST(Scrub, AnEarlierVersionOfAClassThatIsNotRightIsTold) {
  const auto put = [](Rows& rows, const std::string& key, std::int64_t version) {
    v1::Class node;
    node.set_key_code("0413");
    node.set_version(version);
    rows[key] = storage::EncodeRecord(key, node.SerializeAsString());
  };
  Rows rows = RichRows();
  ASSERT_TRUE(rows.contains(keyspace::ClassVersion("0413", 1)));
  put(rows, keyspace::ClassVersion("0413", 1), 7);
  EXPECT_THAT(FindingsIn(rows), Contains("class_version: it calls itself 0413 version 7"));
  rows = RichRows();
  put(rows, keyspace::ClassVersion("0413", 2), 2);  // as the class is
  EXPECT_THAT(FindingsIn(rows),
              Contains("class_version: its class is not there in a later version"));
  rows = RichRows();
  rows.erase(keyspace::Class("0413"));
  EXPECT_THAT(FindingsIn(rows),
              Contains("class_version: its class is not there in a later version"));
}

TEST(Scrub, ACounterBelowWhatWasIssuedIsTold) {
  for (const char* counter : {"block", "event", "key", "case"}) {
    Rows rows = RichRows();
    const std::string key = keyspace::Counter(counter);
    ASSERT_TRUE(rows.contains(key)) << counter;
    rows[key] = storage::EncodeRecord(key, records::CounterRecord().SerializeAsString());
    EXPECT_THAT(FindingsIn(rows), Contains(HasSubstr("below"))) << counter;
  }
}

TEST(Scrub, ARowInAnothersPlaceIsTold) {
  Rows rows = RichRows();
  std::vector<std::string> items;
  for (const auto& [key, value] : rows) {
    if (FamilyName(key) == "item") items.push_back(key);
  }
  ASSERT_GE(items.size(), 2u);
  // With a good checksum: a program's fault, not a disk's.
  const std::string payload(*storage::DecodeRecord(items[1], rows[items[1]]));
  rows[items[0]] = storage::EncodeRecord(items[0], payload);
  EXPECT_THAT(FindingsIn(rows), Contains(HasSubstr("is that of another row")));
}

TEST(Scrub, KeysOfNoFamilyAndOfTheWrongPartsAreTold) {
  Rows rows = RichRows();
  rows["\x7fwhat"] = storage::EncodeRecord("\x7fwhat", "");
  rows["\x20short"] = storage::EncodeRecord("\x20short", "");
  EXPECT_THAT(FindingsIn(rows), Contains(StartsWith("unknown: its key is of no family")));
  EXPECT_THAT(FindingsIn(rows), Contains(HasSubstr("does not have the parts of its family")));
}

TEST(Scrub, StopsWithItsListener) {
  Rows rows = RichRows();
  rows["\x7fwhat"] = "";
  int heard = 0;
  const auto summary = Scrub(
      *StoreOf(rows),
      [&](const v1::ScrubFinding&) {
        ++heard;
        return absl::CancelledError("gone");
      },
      [](std::uint64_t) { return absl::OkStatus(); });
  EXPECT_EQ(summary.status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(heard, 1);
}

}  // namespace
}  // namespace radyab::upkeep

#include "registry/parties/party_cleaning.h"

#include "tests/registry/parties/merge_world.h"

namespace radyab::parties {
namespace {

using tests::FieldIn;

class PartyCleaning : public MergeWorld {
 protected:
  static v1::ValueWordings Wordings(const std::string& field, const std::string& value,
                                    const std::vector<std::string>& others) {
    v1::ValueWordings row;
    row.set_field(field);
    row.set_value(value);
    for (const std::string& other : others) row.add_wordings(other);
    return row;
  }
  std::vector<v1::PartyCleaning> Clean(const std::vector<v1::ValueWordings>& wordings = {}) {
    std::vector<v1::PartyCleaning> cleanings;
    const auto count =
        world_.Read([&](storage::ReadTransaction& transaction) -> absl::StatusOr<std::int64_t> {
          cleanings.clear();
          return PreviewCleaning(
              transaction, world_.environment(), maker_key_, "", wordings,
              [] { return absl::OkStatus(); },
              [&](const v1::PartyCleaning& cleaning) {
                cleanings.push_back(cleaning);
                return absl::OkStatus();
              });
        });
    status_ = count.status();
    count_ = count.value_or(-1);
    return cleanings;
  }
  absl::Status status_;
  std::int64_t count_ = 0;
};

TEST_F(PartyCleaning, TellsEveryStepAndChangesNothing) {
  v1::Party party = Person("  Ali   Karimi ");
  party.mutable_address()->set_city("thr");
  party.mutable_address()->set_number("۱۲");
  const std::string name = Make(party);
  Make(Person("Reza Amiri"));
  const auto before = world_.Dump();
  const auto cleanings = Clean({Wordings("address.city", "تهران", {"tehran", "THR"})});
  EXPECT_EQ(world_.Dump(), before);
  EXPECT_EQ(count_, 2);
  ASSERT_EQ(cleanings.size(), 1u) << "who needs nothing is left out";
  EXPECT_EQ(cleanings[0].party(), name);
  std::vector<std::string> steps;
  for (const auto& step : cleanings[0].steps()) {
    steps.push_back(step.field() + "|" + step.rule() + "|" + step.before() + "|" + step.after());
  }
  EXPECT_EQ(steps, (std::vector<std::string>{"display_name.en|blanks|  Ali   Karimi |Ali Karimi",
                                             "address.city|value list|thr|تهران",
                                             "address.number|digits|۱۲|12"}));
  EXPECT_EQ(cleanings[0].update_mask().paths_size(), 3);
}

TEST_F(PartyCleaning, AppliedAsAnUpdateItIsDoneAndNothingIsLeft) {
  v1::Party party = Person(" Ali  Karimi");
  party.set_phone("09121234567");
  party.mutable_address()->set_number("۱۲");
  party.mutable_address()->set_street("Valiasr");
  const std::string name = Make(party);
  const auto cleanings = Clean();
  ASSERT_EQ(cleanings.size(), 1u);
  v1::Party change = cleanings[0].cleaned();
  change.set_name(cleanings[0].party());
  change.set_etag(cleanings[0].etag());
  const auto& paths = cleanings[0].update_mask().paths();
  ASSERT_TRUE(Update(maker_key_, change, {paths.begin(), paths.end()}).ok());
  const v1::Party now = Read(name);
  EXPECT_EQ(now.display_name().en(), "Ali Karimi");
  EXPECT_EQ(now.address().number(), "12");
  EXPECT_EQ(now.address().street(), "Valiasr");
  EXPECT_EQ(now.phone(), "+989121234567");
  EXPECT_EQ(Clean().size(), 0u);
}

TEST_F(PartyCleaning, AValueThatItsListDoesNotKnowIsTold) {
  v1::Party party = Person("Ali Karimi");
  party.mutable_address()->set_city("Nowhere");
  Make(party);
  const auto cleanings = Clean({Wordings("address.city", "تهران", {})});
  ASSERT_EQ(cleanings.size(), 1u);
  ASSERT_EQ(cleanings[0].unmapped_size(), 1);
  EXPECT_EQ(cleanings[0].unmapped(0).value(), "Nowhere");
  EXPECT_EQ(cleanings[0].update_mask().paths_size(), 0);
}

TEST_F(PartyCleaning, NamesTheFaultyRowOfTheLists) {
  Clean({Wordings("address.city", "a", {}), Wordings("phone", "a", {})});
  EXPECT_EQ(FieldIn(status_), "wordings[1].field");
  Clean({Wordings("address.city", "!", {})});
  EXPECT_EQ(FieldIn(status_), "wordings[0].value");
  const auto one = Wordings("address.city", "a", {});
  EXPECT_EQ(Clean(std::vector<v1::ValueWordings>(kValueWordingsMax, one)).size(), 0u);
  EXPECT_TRUE(status_.ok()) << status_;
  Clean(std::vector<v1::ValueWordings>(kValueWordingsMax + 1, one));
  EXPECT_EQ(tests::ReasonIn(status_), Reason::kLimitExceeded);
}

}  // namespace
}  // namespace radyab::parties

#include "registry/search/rare_words.h"

#include <gmock/gmock.h>

#include "tests/registry/search/search_world.h"

namespace radyab::search {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class RareWords : public SearchWorld {
 protected:
  std::set<Thing> Sharers(Thing thing, const std::string& name_fa) {
    v1::LocalizedText name;
    name.set_fa(name_fa);
    auto sharers = world_.Read([&](storage::ReadTransaction& transaction) {
      return SharersOfRareWords(transaction, world_.environment(), thing, name);
    });
    EXPECT_TRUE(sharers.ok()) << sharers.status();
    return sharers.value_or(std::set<Thing>());
  }
};

TEST_F(RareWords, AreThoseOfAFewThings) {
  for (std::size_t made = 0; made < kRareThingsMax; ++made) {
    MakeItem("4711 " + std::to_string(900 + made));
  }
  Index();
  EXPECT_THAT(Sharers(kNoThing, "چای 4711"), SizeIs(kRareThingsMax));
  MakeItem("4711 950");
  Index();
  EXPECT_THAT(Sharers(kNoThing, "چای 4711"), IsEmpty());
  EXPECT_THAT(Sharers(kNoThing, "چای 950"), SizeIs(1));
}

TEST_F(RareWords, LeaveOutTheThingItselfAndWhatNobodyBears) {
  const Thing thing = ThingOf(MakeItem("چای 4711"));
  Index();
  EXPECT_THAT(Sharers(thing, "چای 4711"), IsEmpty());
  EXPECT_THAT(Sharers(kNoThing, "قند 4712"), IsEmpty());
}

// Names of a member's parties are not everybody's, and are compared by other means.
TEST_F(RareWords, AreNeverThoseOfParties) {
  MakeParty(maker_, "زهرا امیری");
  Index();
  EXPECT_THAT(Sharers(kNoThing, "زهرا"), IsEmpty());
}

}  // namespace
}  // namespace radyab::search

// Services that may be registered twice: as items are, and never held against items
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/catalog/compared_entry.h"
#include "registry/catalog/item_duplicates.h"
#include "registry/catalog/item_registry.h"
#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "registry/search/index_upkeep.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::CallerFor;
using tests::FieldIn;
using tests::ReasonIn;
using tests::RegistryWorld;

constexpr auto kService = coding::Kind::kService;
constexpr auto kItem = coding::Kind::kItem;

class ServiceDuplicates : public testing::Test {
 protected:
  ServiceDuplicates() { Index(); }

  void Index() {
    for (bool more = true; more;) {
      const auto step = search::IndexSome(world_.store(), world_.environment());
      ASSERT_TRUE(step.ok()) << step.status();
      more = step->more;
    }
  }
  std::vector<v1::ItemDuplicate> Pairs(coding::Kind kind, std::size_t row_count_max = 50) {
    std::vector<v1::ItemDuplicate> pairs;
    PageRequest page{row_count_max, ""};
    do {
      const auto found = world_.Read([&](storage::ReadTransaction& transaction) {
        return ListItemDuplicates(transaction, CallerFor(maker_), {"", {}, {}, kind}, page);
      });
      EXPECT_TRUE(found.ok()) << found.status();
      if (!found.ok()) break;
      pairs.insert(pairs.end(), found->rows.begin(), found->rows.end());
      page.after = found->next;
    } while (!page.after.empty());
    return pairs;
  }
  ItemDuplicateCounts Find(coding::Kind kind) {
    const auto counts = FindItemDuplicates(world_.store(), world_.environment(), CallerFor(maker_),
                                           "", kind, [] { return absl::OkStatus(); });
    EXPECT_TRUE(counts.ok()) << counts.status();
    return counts.value_or(ItemDuplicateCounts());
  }
  absl::StatusOr<v1::ItemDuplicate> Judge(const std::string& first, const std::string& second) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return JudgeItemDuplicate(transaction, CallerFor(maker_),
                                {first, second, v1::DUPLICATE_VERDICT_NOT_THE_SAME, "two vans"});
    });
  }
  absl::StatusOr<v1::Service> Register(const std::string& name, bool strict) {
    v1::Service wanted;
    wanted.set_class_name("classes/0412");
    wanted.mutable_display_name()->set_en(name);
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return CreateService(transaction, world_.environment(), CallerFor(maker_), wanted, {}, "",
                           strict);
    });
  }

  RegistryWorld world_;
  const MemberId maker_ = world_.MakeMember("Maker");
  const MemberId other_ = world_.MakeMember("Other");
};

TEST_F(ServiceDuplicates, AreQueuedAMomentAfterTheRegistration) {
  const coding::Code one = world_.MakeService(maker_, "Cold delivery to the door");
  world_.MakeService(other_, "Cold delivery to the door");
  world_.MakeItem(maker_, "Cold delivery to the door");
  world_.MakeService(maker_, "Repair of bicycles");
  const coding::Code again = world_.MakeService(maker_, "Cold delivry to the door");
  EXPECT_THAT(Pairs(kService), IsEmpty());
  Index();
  const auto pairs = Pairs(kService);
  ASSERT_THAT(pairs, SizeIs(1));
  EXPECT_EQ(pairs[0].first(), "services/" + one.Digits());
  EXPECT_EQ(pairs[0].second(), "services/" + again.Digits());
  EXPECT_EQ(pairs[0].first_name().en(), "Cold delivery to the door");
  EXPECT_THAT(Pairs(kItem), IsEmpty());
}

TEST_F(ServiceDuplicates, AreFoundByAWordThatFewNamesHave) {
  const coding::Code one = world_.MakeService(maker_, "Yearly inspection plan K4711");
  for (int between = 0; between < 100; ++between) {
    world_.MakeService(maker_, "Yearly inspection " + std::to_string(between));
  }
  Index();
  const coding::Code other = world_.MakeService(maker_, "Yaerly inspection plan K4711");
  Index();
  const CodePair codes = PairOf(one, other);
  EXPECT_TRUE(std::ranges::any_of(Pairs(kService), [&](const v1::ItemDuplicate& pair) {
    return pair.first() == "services/" + codes.first.Digits() &&
           pair.second() == "services/" + codes.second.Digits();
  }));
}

TEST_F(ServiceDuplicates, AreRefusedToWhoAsksStrictly) {
  const coding::Code one = world_.MakeService(maker_, "Cold delivery");
  Index();
  const auto refused = Register("Delivery, cold", true).status();
  EXPECT_EQ(ReasonIn(refused), Reason::kSimilarExists);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("service.display_name"));
  const auto detail = ReasonOf(refused);
  ASSERT_TRUE(detail);
  EXPECT_EQ(detail->metadata.at("resource"), "services/" + one.Digits());
  EXPECT_TRUE(Register("Delivery, cold", false).ok());
  EXPECT_TRUE(Register("Warm delivery of bread", true).ok());
}

TEST_F(ServiceDuplicates, StandInAQueueBesideThatOfItems) {
  const coding::Code item = world_.MakeItem(maker_, "Green tea");
  world_.MakeItem(maker_, "Green tea");
  std::vector<coding::Code> services;
  for (int number = 0; number < 4; ++number) {
    services.push_back(world_.MakeService(maker_, "Cold delivery"));
  }
  const auto items = Find(kItem);
  EXPECT_EQ(items.items, 2);
  EXPECT_EQ(items.suggested, 1);
  const auto found = Find(kService);
  EXPECT_EQ(found.items, 4);
  EXPECT_EQ(found.suggested, 6);
  EXPECT_THAT(Pairs(kItem, 1), SizeIs(1));
  EXPECT_THAT(Pairs(kService, 1), SizeIs(6));

  const auto judged = Judge("services/" + services[1].Digits(), services[0].Digits());
  ASSERT_TRUE(judged.ok()) << judged.status();
  EXPECT_EQ(judged->first(), "services/" + services[0].Digits());
  EXPECT_THAT(Pairs(kService), SizeIs(5));
  EXPECT_EQ(FieldIn(Judge("items/" + item.Digits(), services[0].Digits()).status()), "second");
  const coding::Code foreign = world_.MakeService(other_, "Cold delivery");
  EXPECT_EQ(ReasonIn(Judge(services[0].Digits(), foreign.Digits()).status()), Reason::kNotFound);

  // A retired one leaves the queue; looking again lets its pairs go.
  const auto retired = world_.Write([&](storage::WriteTransaction& transaction) {
    return ChangeLifeState(transaction, CallerFor(maker_),
                           {services[3].Digits(), v1::LIFE_STATE_RETIRED, "sold", "", ""})
        .status();
  });
  ASSERT_TRUE(retired.ok()) << retired;
  EXPECT_THAT(Pairs(kService), SizeIs(2));
  EXPECT_EQ(Find(kService).suggested, 2);
  EXPECT_EQ(Find(kItem).suggested, 1) << "the pairs of items are left alone";
}

}  // namespace
}  // namespace radyab::catalog

#include "registry/notices/notice_draft.h"

#include <gmock/gmock.h>

#include "registry/catalog/item_registry.h"
#include "tests/registry/notices/notice_world.h"

namespace radyab::notices::tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class NoticeDraft : public testing::Test {
 protected:
  std::vector<std::string> FieldsRefused(const v1::ShippingNotice& wanted) {
    const auto refusal = world_.Refused(maker_, wanted);
    const auto detail = ReasonOf(refusal);
    std::vector<std::string> fields;
    if (detail) {
      for (const FieldFault& fault : detail->fields) fields.push_back(fault.field);
    }
    return fields;
  }
  v1::ShippingNotice Empty() { return Numbered("N-1", world_.shop.party); }

  NoticeWorld world_;
  Firm& maker_ = world_.maker;
};

TEST_F(NoticeDraft, TellsAllFaultsOfAllLinesAtOnce) {
  v1::ShippingNotice wanted = Empty();
  AddLine(wanted, "1234/lot/L1", "5");                                  // 0: no code
  AddLine(wanted, world_.LotOf(maker_, "L1"));                          // 1: no quantity
  AddLine(wanted, world_.LotOf(maker_, "L2"), "0");                     // 2: nothing
  AddLine(wanted, world_.LotOf(maker_, "L3"), "5", "ZZZ");              // 3: no unit of measure
  AddLine(wanted, world_.UnitOf(maker_, "S1"), "2", "C62");             // 4: one piece
  AddLine(wanted, world_.UnitOf(maker_, "S1"));                         // 5: twice
  AddLine(wanted, maker_.party + "/lot/L1", "5");                       // 6: no item
  AddLine(wanted, maker_.item, "1", "C62").set_lot("L1");               // 7: lot of a code
  AddLine(wanted, world_.UnitOf(maker_, "S2")).set_container(Sscc(9));  // 8: no such line
  AddLine(wanted, world_.LotOf(maker_, "L4"), "1").set_expiry_date("2027-02-30");  // 9
  EXPECT_THAT(
      FieldsRefused(wanted),
      ElementsAre("lines[0].object", "lines[1].quantity", "lines[2].quantity.amount",
                  "lines[3].quantity.unit", "lines[4].quantity", "lines[5].object",
                  "lines[6].object", "lines[7].lot", "lines[9].expiry_date", "lines[8].container"));
}

TEST_F(NoticeDraft, RefusesItemsThatAreNotThereOrHaveNoGoods) {
  const std::string missing = coding::Code::ForCatalog(coding::Kind::kItem, 412, 1, 9999)->Digits();
  const auto gtin = radyab::tests::AliasOf(v1::ALIAS_SCHEME_GTIN, "4006381333931");
  const auto pen = world_.registry.MakeItem(maker_.member, "pen", {gtin});
  const auto item = world_.registry.Read([&](storage::ReadTransaction& transaction) {
    return catalog::GetItem(transaction, "items/" + pen.Digits());
  });
  ASSERT_TRUE(item.ok());
  const std::string generic = item->generic_item().substr(6);
  v1::ShippingNotice wanted = Empty();
  AddLine(wanted, missing + "/lot/L1", "5");
  AddLine(wanted, missing, "5");
  AddLine(wanted, generic, "5");
  EXPECT_THAT(FieldsRefused(wanted),
              ElementsAre("lines[0].object", "lines[1].object", "lines[2].object"));
}

TEST_F(NoticeDraft, RefusesContainersInACircleAndTooDeep) {
  v1::ShippingNotice circle = Empty();
  AddLine(circle, Sscc(1)).set_container(Sscc(2));
  AddLine(circle, Sscc(2)).set_container(Sscc(1));
  EXPECT_THAT(FieldsRefused(circle), ElementsAre("lines[0].container", "lines[1].container"));
  v1::ShippingNotice itself = Empty();
  AddLine(itself, Sscc(1)).set_container(Sscc(1));
  EXPECT_THAT(FieldsRefused(itself), ElementsAre("lines[0].container"));

  v1::ShippingNotice deep = Empty();
  AddLine(deep, Sscc(0));
  for (int level = 1; level < 10; ++level)
    AddLine(deep, Sscc(level)).set_container(Sscc(level - 1));
  AddLine(deep, world_.UnitOf(maker_, "S1")).set_container(Sscc(9));
  v1::ShippingNotice too_deep = deep;
  AddLine(too_deep, Sscc(10)).set_container(Sscc(9));
  AddLine(too_deep, world_.UnitOf(maker_, "S2")).set_container(Sscc(10));
  EXPECT_THAT(FieldsRefused(too_deep), ElementsAre("lines[12].container"));
  world_.Create(maker_, deep);
}

TEST_F(NoticeDraft, RefusesOneLotInTwoUnitsOfMeasure) {
  v1::ShippingNotice wanted = Empty();
  AddLine(wanted, world_.LotOf(maker_, "L1"), "1", "KGM");
  AddLine(wanted, world_.LotOf(maker_, "L1"), "1", "KGM");
  AddLine(wanted, world_.LotOf(maker_, "L1"), "1", "C62");
  EXPECT_THAT(FieldsRefused(wanted), ElementsAre("lines[2].quantity.unit"));
  wanted.mutable_lines()->RemoveLast();
  world_.Create(maker_, wanted);
}

TEST_F(NoticeDraft, ChecksNumberReferenceAndTimes) {
  const auto refused = [&](const std::function<void(v1::ShippingNotice&)>& spoil) {
    v1::ShippingNotice wanted = Empty();
    AddLine(wanted, world_.LotOf(maker_, "L1"), "1");
    spoil(wanted);
    return FieldsRefused(wanted);
  };
  EXPECT_THAT(refused([](auto& notice) { notice.clear_number(); }), ElementsAre("number"));
  EXPECT_THAT(refused([](auto& notice) { notice.set_number(std::string(65, 'x')); }),
              ElementsAre("number"));
  EXPECT_THAT(refused([](auto& notice) { notice.set_number("a\nb"); }), ElementsAre("number"));
  EXPECT_THAT(refused([](auto& notice) { notice.set_reference(std::string(101, 'x')); }),
              ElementsAre("reference"));
  EXPECT_THAT(refused([](auto& notice) { notice.mutable_ship_time()->set_nanos(-1); }),
              ElementsAre("ship_time"));
  EXPECT_THAT(refused([](auto& notice) {
                notice.mutable_ship_time()->set_seconds(2);
                notice.mutable_expected_arrival()->set_seconds(1);
              }),
              ElementsAre("expected_arrival"));
  v1::ShippingNotice longest = Empty();
  longest.set_number("");
  for (int i = 0; i < 64; ++i) longest.mutable_number()->append("ش");
  AddLine(longest, world_.LotOf(maker_, "L1"), "1");
  world_.Create(maker_, longest);
}

}  // namespace
}  // namespace radyab::notices::tests

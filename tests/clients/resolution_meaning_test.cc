#include "clients/cli/scan_session/resolution_meaning.h"

#include <gtest/gtest.h>

#include "coding/code.h"

namespace radyab::cli {
namespace {

using warehouse::Thing;

constexpr const char* kItem = "1042000017000113";

v1::Resolution OfObject(const std::string& object, const std::string& unit = "") {
  v1::Resolution resolution;
  resolution.set_code(kItem);
  resolution.set_object(object);
  resolution.set_usable(true);
  resolution.set_contained_quantity(1);
  resolution.mutable_item()->set_code(kItem);
  resolution.mutable_item()->set_unit(unit);
  resolution.mutable_item()->mutable_display_name()->set_en("Milk");
  resolution.mutable_item()->mutable_life()->set_state(v1::LIFE_STATE_ACTIVE);
  return resolution;
}

v1::Resolution Refusal(const std::string& reason) {
  v1::Resolution resolution;
  resolution.mutable_refusal()->set_reason(reason);
  resolution.mutable_refusal()->set_message("why");
  return resolution;
}

TEST(MeaningOf, TellsLotsUnitsContainersAndItemsApart) {
  const std::string item = kItem;
  EXPECT_EQ(MeaningOf("", OfObject(item + "/lot/L1")).thing, Thing::kLot);
  EXPECT_EQ(MeaningOf("", OfObject(item + "/serial/7")).thing, Thing::kUnit);
  EXPECT_EQ(MeaningOf("", OfObject("sscc/095210010000000017")).thing, Thing::kContainer);
  EXPECT_EQ(MeaningOf("", OfObject(item)).thing, Thing::kItem);
  const auto lot = MeaningOf("", OfObject(item + "/lot/L1"));
  EXPECT_EQ(lot.object, item + "/lot/L1");
  EXPECT_EQ(lot.code, item);
  EXPECT_EQ(lot.name, "Milk");
  EXPECT_EQ(lot.unit, "C62");
}

TEST(MeaningOf, APackageMeansWhatItHolds) {
  v1::Resolution box = OfObject(std::string(kItem) + "/lot/L1");
  box.set_contained_quantity(12);
  EXPECT_EQ(MeaningOf("", box).amount, (coding::Decimal{12, 0}));
}

TEST(MeaningOf, TheLabelSaysTheAmount) {
  const std::string lot = std::string(kItem) + "/lot/L1";
  EXPECT_EQ(MeaningOf("]C10109521001000116310300125010L1", OfObject(lot, "KGM")).amount,
            (coding::Decimal{125, 2}))
      << "1.250 kg";
  EXPECT_EQ(MeaningOf("]C10109521001000116310300125010L1", OfObject(lot)).amount,
            (coding::Decimal{1, 0}))
      << "a weight says nothing of pieces";
  EXPECT_EQ(MeaningOf("]C101095210010001163024\x1D"
                      "10L1",
                      OfObject(lot))
                .amount,
            (coding::Decimal{24, 0}));
}

TEST(MeaningOf, AUnitKeepsTheLotOfItsLabel) {
  const auto unit = MeaningOf(
      "]C1010952100100011610L1\x1D"
      "217",
      OfObject(std::string(kItem) + "/serial/7"));
  EXPECT_EQ(unit.lot, "L1");
}

TEST(MeaningOf, ACustomerIsToldFromASupplier) {
  v1::Resolution resolution;
  resolution.set_code("7042000017000231");
  resolution.set_usable(true);
  resolution.mutable_party()->add_roles(v1::PARTY_ROLE_SUPPLIER);
  const auto code = coding::ParseCode("7042000017000231");
  ASSERT_TRUE(code) << code.refusal().message;
  ASSERT_EQ(code->kind(), coding::Kind::kParty);
  EXPECT_EQ(MeaningOf("7042000017000231", resolution).thing, Thing::kParty);
  EXPECT_FALSE(MeaningOf("7042000017000231", resolution).customer);
  resolution.mutable_party()->add_roles(v1::PARTY_ROLE_CUSTOMER);
  EXPECT_TRUE(MeaningOf("7042000017000231", resolution).customer);
}

TEST(MeaningOf, APartyThatIsNotToBeSeenMayBeAnotherMember) {
  const auto meaning = MeaningOf("7042000017000231", Refusal("NOT_FOUND"));
  EXPECT_EQ(meaning.thing, Thing::kParty);
  EXPECT_EQ(meaning.code, "7042000017000231");
  EXPECT_FALSE(meaning.message.empty());
}

TEST(MeaningOf, AContainerThatWasNeverPackedCanBeBegun) {
  for (const char* text :
       {"]C100095210010000000017", "095210010000000017", "sscc/095210010000000017"}) {
    const auto meaning = MeaningOf(text, Refusal("NOT_FOUND"));
    EXPECT_EQ(meaning.thing, Thing::kContainer) << text;
    EXPECT_EQ(meaning.object, "sscc/095210010000000017") << text;
    EXPECT_EQ(meaning.refusal, "NOT_FOUND") << text;
  }
}

TEST(MeaningOf, WhatLeadsNowhereSaysWhy) {
  EXPECT_EQ(MeaningOf("x", Refusal("NOT_FOUND")).thing, Thing::kNothing);
  EXPECT_EQ(MeaningOf("x", Refusal("INVALID_CODE")).refusal, "INVALID_CODE");
  v1::Resolution several;
  several.set_unusable_reason("the text can mean several things");
  several.add_candidates();
  EXPECT_EQ(MeaningOf("123", several).thing, Thing::kSeveral);
}

TEST(MeaningWithoutServer, RefusesWhatIsNoTextOrTooLong) {
  EXPECT_FALSE(MeaningWithoutServer("1042000017000113", 16));
  EXPECT_FALSE(MeaningWithoutServer("a", 8'192));
  EXPECT_TRUE(MeaningWithoutServer("a", 8'193));
  EXPECT_TRUE(MeaningWithoutServer("\xFF\xFE", 2));
}

}  // namespace
}  // namespace radyab::cli

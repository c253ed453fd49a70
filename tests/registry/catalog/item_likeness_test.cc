#include "registry/catalog/item_likeness.h"

#include <gtest/gtest.h>

#include "coding/text_fold.h"
#include "registry/catalog/class_tree.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using tests::RegistryWorld;

double Likeness(std::string_view left, std::string_view right) {
  const double likeness = NameLikeness(coding::FoldText(left), coding::FoldText(right));
  EXPECT_DOUBLE_EQ(likeness, NameLikeness(coding::FoldText(right), coding::FoldText(left)))
      << left << " / " << right;
  return likeness;
}

TEST(NameLikeness, IsOneForTheSameWordsHoweverTheyAreTypedAndOrdered) {
  for (const auto& [left, right] :
       {std::pair("شكر سفيد ۵ كيلويي", "شکر سفید 5 کیلویی"),
        std::pair("White sugar 5kg", "white  SUGAR, 5 kg"), std::pair("White sugar", "Sugar white"),
        std::pair("Bolt M8 007", "bolt m 8 7"), std::pair("نان و پنیر", "نان پنیر")}) {
    EXPECT_DOUBLE_EQ(Likeness(left, right), 1) << left << " / " << right;
  }
}

TEST(NameLikeness, IsHighForAMisspeltWord) {
  for (const auto& [left, right] :
       {std::pair("Sunflower oil Ladan 810 g", "Sunflower oil Laddan 810 g"),
        std::pair("روغن آفتابگردان لادن", "روغن آفتابگردن لادن"),
        std::pair("Chocolate biscuit", "Chocolat biscuit")}) {
    const double likeness = Likeness(left, right);
    EXPECT_GE(likeness, kReviewLikeness) << left << " / " << right;
    EXPECT_LT(likeness, 1) << left << " / " << right;
  }
}

TEST(NameLikeness, IsNothingWhenANumberOrASingleLetterDiffers) {
  for (const auto& [left, right] :
       {std::pair("White sugar 5 kg", "White sugar 10 kg"), std::pair("Bolt M8", "Bolt M10"),
        std::pair("Shirt size M", "Shirt size L"), std::pair("Cable type A", "Cable type B"),
        std::pair("White sugar 5 kg", "White sugar kg"), std::pair("Vitamin C", "Vitamin D 3")}) {
    EXPECT_DOUBLE_EQ(Likeness(left, right), 0) << left << " / " << right;
  }
}

TEST(NameLikeness, IsLowForOtherWords) {
  for (const auto& [left, right] :
       {std::pair("Sunflower oil", "Olive oil"), std::pair("روغن زیتون بکر", "روغن کنجد بکر"),
        std::pair("Blue trousers", "Red trousers"), std::pair("شلوار آبی", "شلوار قرمز")}) {
    EXPECT_LT(Likeness(left, right), kReviewLikeness) << left << " / " << right;
  }
}

TEST(NameLikeness, IsNothingWithoutWords) {
  EXPECT_DOUBLE_EQ(Likeness("", ""), 0);
  EXPECT_DOUBLE_EQ(Likeness("12", "12"), 0);
  EXPECT_DOUBLE_EQ(Likeness("", "sugar"), 0);
  EXPECT_GE(NameLikeness(std::string(3000, '\xFF'), "sugar"), 0);
}

class ItemLikenessTest : public testing::Test {
 protected:
  ItemLikenessTest() {
    v1::Class top;
    top.set_key_code("04");
    top.mutable_display_name()->set_en("Food");
    v1::Class node = top;
    node.set_key_code("0412");
    for (const char* key : {"brand", "note"}) {
      v1::AttributeTemplate& attribute = *node.add_attributes();
      attribute.set_key(key);
      attribute.mutable_display_name()->set_en(key);
      attribute.set_type(v1::ATTRIBUTE_TYPE_TEXT);
      attribute.set_identifying(std::string(key) == "brand");
    }
    for (const v1::Class& wanted : {top, node}) {
      const auto made = world_.Write(
          [&](storage::WriteTransaction& transaction) { return CreateClass(transaction, wanted); });
      EXPECT_TRUE(made.ok()) << made.status();
    }
  }

  static v1::Item Sugar() {
    v1::Item item;
    item.set_class_name("classes/0412");
    item.mutable_display_name()->set_en("White sugar");
    item.mutable_display_name()->set_fa("شکر سفید");
    item.set_unit("KGM");
    return item;
  }
  static v1::Item With(v1::Item item, const std::string& key, const std::string& value) {
    v1::Attribute& attribute = *item.add_attributes();
    attribute.set_key(key);
    attribute.set_value(value);
    return item;
  }
  double Of(const v1::Item& one, const v1::Item& other) {
    const auto likeness = world_.Read([&](storage::ReadTransaction& transaction) {
      return ItemLikeness(transaction, one, other);
    });
    EXPECT_TRUE(likeness.ok()) << likeness.status();
    return likeness.value_or(-1);
  }

  RegistryWorld world_;
};

TEST_F(ItemLikenessTest, IsTheMeanOfTheLanguagesThatBothHave) {
  v1::Item other = Sugar();
  EXPECT_DOUBLE_EQ(Of(Sugar(), other), 1);
  other.mutable_display_name()->clear_fa();
  EXPECT_DOUBLE_EQ(Of(Sugar(), other), 1);
  v1::Item persian = Sugar();
  persian.mutable_display_name()->clear_en();
  EXPECT_DOUBLE_EQ(Of(persian, other), 0);
  other.mutable_display_name()->set_fa("برنج");
  EXPECT_LT(Of(Sugar(), other), kReviewLikeness);
}

TEST_F(ItemLikenessTest, IsLessForEachThingThatDiffers) {
  v1::Item other = Sugar();
  other.set_unit("C62");
  EXPECT_DOUBLE_EQ(Of(Sugar(), other), 0.95);
  EXPECT_DOUBLE_EQ(Of(With(Sugar(), "note", "fine"), With(Sugar(), "note", "coarse")), 0.95);
  EXPECT_DOUBLE_EQ(Of(With(Sugar(), "note", "Fine"), With(Sugar(), "note", "fine")), 1);
  EXPECT_DOUBLE_EQ(Of(With(Sugar(), "note", "fine"), Sugar()), 1);
  other = Sugar();
  other.set_class_name("classes/041201");
  EXPECT_DOUBLE_EQ(Of(Sugar(), other), 0.97);
}

TEST_F(ItemLikenessTest, IsNothingForThingsThatAreToldApart) {
  v1::Item other = Sugar();
  other.set_class_name("classes/0413");
  EXPECT_DOUBLE_EQ(Of(Sugar(), other), 0);
  EXPECT_DOUBLE_EQ(Of(With(Sugar(), "brand", "Ladan"), With(Sugar(), "brand", "Bahar")), 0);
  v1::Item one = Sugar();
  other = Sugar();
  one.set_generic_item("items/1042000017000113");
  EXPECT_DOUBLE_EQ(Of(one, other), 1);
  other.set_generic_item("items/1042000017000210");
  EXPECT_DOUBLE_EQ(Of(one, other), 0);
  other.set_generic_item(one.generic_item());
  EXPECT_DOUBLE_EQ(Of(one, other), 1);
}

TEST_F(ItemLikenessTest, OfAClassThatIsGoneKnowsNothingThatIdentifies) {
  v1::Item one = With(Sugar(), "brand", "Ladan"), other = With(Sugar(), "brand", "Bahar");
  one.set_class_name("classes/0599");
  other.set_class_name("classes/0599");
  EXPECT_DOUBLE_EQ(Of(one, other), 0.95);
}

}  // namespace
}  // namespace radyab::catalog

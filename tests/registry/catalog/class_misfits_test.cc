// What a changed class leaves behind, and what another class could not take
#include "registry/catalog/class_misfits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/catalog/class_tree.h"
#include "registry/catalog/item_registry.h"
#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::Admin;
using tests::CallerFor;
using tests::ReasonIn;
using tests::RegistryWorld;

class ClassMisfits : public testing::Test {
 protected:
  ClassMisfits() {
    for (const char* key_code : {"0412", "0413", "041201"}) world_.MakeClass(key_code);
  }

  void SetAttributes(const std::string& key_code, const std::vector<std::string>& sizes) {
    v1::Class wanted;
    wanted.set_name("classes/" + key_code);
    if (!sizes.empty()) {
      v1::AttributeTemplate& size = *wanted.add_attributes();
      size.set_key("size");
      size.mutable_display_name()->set_en("size");
      size.set_type(v1::ATTRIBUTE_TYPE_CHOICE);
      size.set_required(true);
      size.mutable_allowed_values()->Assign(sizes.begin(), sizes.end());
    }
    const auto changed = world_.Write([&](storage::WriteTransaction& transaction) {
      return UpdateClass(transaction, wanted, {"attributes"}).status();
    });
    ASSERT_TRUE(changed.ok()) << changed;
  }
  coding::Code MakeItem(const std::string& key_code, const std::string& size, MemberId owner) {
    v1::Item wanted;
    wanted.set_member(MemberName(owner));
    wanted.set_class_name("classes/" + key_code);
    wanted.mutable_display_name()->set_en("Yoghurt " + size);
    if (!size.empty()) {
      v1::Attribute& attribute = *wanted.add_attributes();
      attribute.set_key("size");
      attribute.set_value(size);
    }
    auto item = world_.Write([&](storage::WriteTransaction& transaction) {
      return CreateItem(transaction, world_.environment(), Admin(), wanted, {});
    });
    EXPECT_TRUE(item.ok()) << item.status();
    return *coding::ParseCode(item->code());
  }
  absl::StatusOr<Page<v1::ClassMisfit>> List(const MisfitFilter& filter,
                                             const access::Caller& caller, PageRequest page = {}) {
    return world_.Read([&](storage::ReadTransaction& transaction) {
      return ListClassMisfits(transaction, caller, filter, page);
    });
  }
  // Names of all pages.
  std::vector<std::string> Names(const MisfitFilter& filter, const access::Caller& caller,
                                 std::size_t row_count_max = 50) {
    std::vector<std::string> names;
    PageRequest page{row_count_max, ""};
    do {
      const auto found = List(filter, caller, page);
      EXPECT_TRUE(found.ok()) << found.status();
      if (!found.ok()) break;
      for (const v1::ClassMisfit& misfit : found->rows) names.push_back(misfit.name());
      page.after = found->next;
    } while (!page.after.empty());
    return names;
  }
  static std::string NameOf(coding::Code code) { return "items/" + code.Digits(); }

  RegistryWorld world_;
  const MemberId maker_ = world_.MakeMember("Maker");
  const MemberId other_ = world_.MakeMember("Other");
};

TEST_F(ClassMisfits, AreWhatAClassLeavesBehindWhenItChanges) {
  SetAttributes("0412", {"s", "m", "l"});
  const coding::Code small = MakeItem("0412", "s", maker_);
  const coding::Code medium = MakeItem("041201", "m", maker_);
  MakeItem("0412", "l", maker_);
  EXPECT_THAT(Names({"classes/0412"}, Admin()), IsEmpty());
  SetAttributes("0412", {"l", "xl"});
  const auto found = List({"classes/0412"}, Admin());
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_THAT(found->rows, SizeIs(2));
  const v1::ClassMisfit& first = found->rows[0];
  EXPECT_EQ(first.name(), NameOf(small));
  EXPECT_EQ(first.display_name().en(), "Yoghurt s");
  EXPECT_EQ(first.class_name(), "classes/0412");
  EXPECT_FALSE(first.etag().empty());
  ASSERT_EQ(first.faults_size(), 1);
  EXPECT_EQ(first.faults(0).reason(), "WRONG_ATTRIBUTE");
  EXPECT_EQ(first.faults(0).field(), "attributes[0].value");
  EXPECT_THAT(first.faults(0).description(), HasSubstr("xl"));
  EXPECT_EQ(found->rows[1].name(), NameOf(medium)) << "of a class below it";
  EXPECT_THAT(Names({"classes/041201"}, Admin()), ElementsAre(NameOf(medium)));
  EXPECT_THAT(Names({"classes/0413"}, Admin()), IsEmpty());
}

TEST_F(ClassMisfits, AreWhatAnotherClassCouldNotTake) {
  SetAttributes("0413", {"s"});
  const coding::Code bare = MakeItem("0412", "", maker_);
  EXPECT_THAT(Names({"classes/0412"}, Admin()), IsEmpty());
  const auto found = List({"classes/0412", "classes/0413"}, Admin());
  ASSERT_TRUE(found.ok() && found->rows.size() == 1) << found.status();
  EXPECT_EQ(found->rows[0].name(), NameOf(bare));
  EXPECT_EQ(found->rows[0].faults(0).reason(), "MISSING_ATTRIBUTE");
  // The move itself is refused for the same, and changes nothing.
  v1::Item wanted;
  wanted.set_name(NameOf(bare));
  wanted.set_class_name("classes/0413");
  const auto before = world_.Dump();
  const auto moved = world_.Write([&](storage::WriteTransaction& transaction) {
    return UpdateItem(transaction, Admin(), wanted, {"class_name"}).status();
  });
  EXPECT_EQ(ReasonIn(moved), Reason::kMissingAttribute);
  EXPECT_EQ(world_.Dump(), before);
}

TEST_F(ClassMisfits, AreOfTheCallersMemberAlone) {
  const coding::Code own = MakeItem("0412", "", maker_);
  const coding::Code foreign = MakeItem("0412", "", other_);
  SetAttributes("0412", {"s"});
  EXPECT_THAT(Names({"classes/0412"}, CallerFor(maker_)), ElementsAre(NameOf(own)));
  EXPECT_THAT(Names({"classes/0412"}, Admin()), ElementsAre(NameOf(own), NameOf(foreign)));
  EXPECT_THAT(Names({"classes/0412", "", MemberName(other_)}, Admin()),
              ElementsAre(NameOf(foreign)));
  EXPECT_EQ(ReasonIn(List({"classes/0412", "", MemberName(other_)}, CallerFor(maker_)).status()),
            Reason::kNotFound);
  EXPECT_EQ(ReasonIn(List({"classes/0999"}, Admin()).status()), Reason::kNotFound);
  EXPECT_EQ(ReasonIn(List({"classes/0412", "classes/0999"}, Admin()).status()),
            Reason::kUnknownClass);
}

TEST_F(ClassMisfits, ComeInPagesAndOnlyWhileTheyAreInUse) {
  std::vector<coding::Code> codes;
  for (int number = 0; number < 7; ++number) codes.push_back(MakeItem("0412", "", maker_));
  const coding::Code service = world_.MakeService(maker_, "Repair");
  SetAttributes("0412", {"s"});
  EXPECT_THAT(Names({"classes/0412"}, Admin(), 2), SizeIs(7));
  EXPECT_THAT(Names({"classes/0412"}, CallerFor(maker_), 1), SizeIs(7));
  EXPECT_THAT(Names({"classes/0412", "", "", coding::Kind::kService}, Admin()),
              ElementsAre("services/" + service.Digits()));
  const auto retired = world_.Write([&](storage::WriteTransaction& transaction) {
    return ChangeLifeState(transaction, Admin(),
                           {codes[3].Digits(), v1::LIFE_STATE_RETIRED, "old", "", ""})
        .status();
  });
  ASSERT_TRUE(retired.ok()) << retired;
  EXPECT_THAT(Names({"classes/0412"}, Admin(), 2), SizeIs(6));
}

}  // namespace
}  // namespace radyab::catalog

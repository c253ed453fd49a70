#include "clients/cli/message_field.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/attribute_words.h"
#include "clients/cli/event_words.h"
#include "clients/cli/value_forms.h"
#include "radyab/v1/case.pb.h"
#include "radyab/v1/trace.pb.h"

namespace radyab::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(SetField, TakesEnumsInEveryWritingOfTheirName) {
  for (const char* word : {"decision_communicated", "DECISION-COMMUNICATED",
                           "CASE_STATE_DECISION_COMMUNICATED", "Decision-Communicated"}) {
    v1::Case one;
    EXPECT_FALSE(SetField(one, "state", word)) << word;
    EXPECT_EQ(one.state(), v1::CASE_STATE_DECISION_COMMUNICATED);
  }
  v1::Case one;
  EXPECT_TRUE(SetField(one, "state", "unspecified"));
  EXPECT_TRUE(SetField(one, "state", ""));
}

TEST(SetField, TakesTimesWithTheirOffset) {
  v1::Event event;
  EXPECT_FALSE(SetField(event, "event_time", "2026-03-01T10:00:00+03:30"));
  EXPECT_EQ(event.event_time().seconds(), 1'772'346'600);
  EXPECT_EQ(event.zone_offset(), "+03:30");
  v1::Event utc;
  EXPECT_FALSE(SetField(utc, "event_time", "2026-03-01T06:30:00Z"));
  EXPECT_EQ(utc.event_time().seconds(), 1'772'346'600);
  EXPECT_EQ(utc.zone_offset(), "");
  EXPECT_TRUE(SetField(utc, "event_time", "yesterday"));
  EXPECT_TRUE(SetField(utc, "event_time", "2026-03-01"));
}

TEST(SetField, BringsCodesAndObjectsIntoTheirForm) {
  v1::Event event;
  EXPECT_FALSE(SetField(event, "source_party", "۷۰۰۰ ۰۰۰۰ ۱۷۰۰ ۴۲۷۱"));
  EXPECT_EQ(event.source_party(), "7000000017004271");
  EXPECT_FALSE(SetField(event, "container", "106141412345678908"));
  EXPECT_EQ(event.container(), "sscc/106141412345678908");
  EXPECT_FALSE(SetField(event, "member", "members/00017"));
  EXPECT_EQ(event.member(), "members/00017");
  const auto refusal = SetField(event, "source_party", "7000000017004272");
  ASSERT_TRUE(refusal.has_value());
  EXPECT_EQ(refusal->at, 15u);
}

TEST(SetField, TakesQuantitiesExactly) {
  v1::Custody custody;
  EXPECT_FALSE(SetField(custody, "quantity", "۱٫۵۰ KGM"));
  EXPECT_EQ(custody.quantity().amount(), "1.50");
  EXPECT_EQ(custody.quantity().unit(), "KGM");
  EXPECT_TRUE(SetField(custody, "quantity", "1e3"));
  EXPECT_TRUE(SetField(custody, "quantity", "1 BOXES"));
}

TEST(SetField, RefusesPathsThatAreNotThere) {
  v1::Case one;
  EXPECT_TRUE(SetField(one, "colour", "red"));
  EXPECT_TRUE(SetField(one, "narrative.fa", "text"));
  EXPECT_TRUE(SetField(one, "subjects", "1042000017000113"));
  EXPECT_TRUE(SetField(one, "anonymous", "perhaps"));
  EXPECT_FALSE(SetField(one, "anonymous", "yes"));
}

TEST(ValueForms, TakeNamesOfResources) {
  EXPECT_EQ(*CodeDigits("items/1042000017000113"), "1042000017000113");
  EXPECT_EQ(*CodeName("cases", "2050 5000 1700 0710"), "cases/2050500017000710");
  EXPECT_EQ(*MemberName("۱۷"), "members/00017");
  EXPECT_FALSE(MemberName("123456").ok());
  EXPECT_EQ(*ClassName("classes/0412"), "classes/0412");
  EXPECT_EQ(*ObjectName("1042-0000-1700-0113/LOT/A-b"), "1042000017000113/lot/A-b");
  EXPECT_FALSE(ObjectName("1042000017000113/lot/A b").ok()) << "no blanks in lots";
  EXPECT_FALSE(ContainerName("1042000017000113/lot/A").ok());
}

TEST(AttributeWords, AreWrittenAsTheyAreRead) {
  for (const char* word :
       {"fat:number:required:unit=P1", "colour:choice:values=red|green:fa=رنگ:en=colour",
        "size:choice:required:identifying:values=s|l:values_fa=کوچک|بزرگ:values_en=small|large",
        "grade:choice:values=1|2:values_en=|second", "note:text"}) {
    const auto attribute = AttributeTemplateOf(word);
    ASSERT_TRUE(attribute.ok()) << word;
    EXPECT_EQ(AttributeTemplateWord(*attribute), word);
  }
  for (const char* word : {"", "fat", ":number", "fat:", "fat:real", "fat:number:needed",
                           "fat:text:x=1", "size:choice:values=s|l:values_fa=کوچک"}) {
    EXPECT_FALSE(AttributeTemplateOf(word).ok()) << word;
  }
  EXPECT_FALSE(AttributeOf("fat").ok());
  EXPECT_EQ(AttributeOf("note=a=b")->value(), "a=b");
}

TEST(AttributeWords, ReadAPlaceInAnotherClassification) {
  const auto reference = CrossReferenceOf("HS=040610");
  ASSERT_TRUE(reference.ok()) << reference.refusal().message;
  EXPECT_EQ(reference->scheme(), v1::CLASSIFICATION_SCHEME_HS);
  EXPECT_EQ(CrossReferenceWord(*reference), "hs=040610");
  for (const char* word : {"", "hs", "=040610", "dewey=637"}) {
    EXPECT_FALSE(CrossReferenceOf(word).ok()) << word;
  }
}

TEST(EventWords, TellThePresentToTheMicrosecondWithItsOffset) {
  const std::string now = LocalNow();
  ASSERT_EQ(now.size(), 32u) << now;
  EXPECT_EQ(now[19], '.');
  EXPECT_EQ(now[29], ':');
  v1::Event event;
  EXPECT_FALSE(SetField(event, "event_time", now));
}

}  // namespace
}  // namespace radyab::cli

#include "clients/cli/contact_words.h"

#include <gtest/gtest.h>

#include <ctime>

namespace radyab::cli {
namespace {

TEST(ContactWords, APointIsItsKindItsValueAndWhetherItIsVerified) {
  const auto phone = ContactPointOf("phone=0912 123 4567");
  ASSERT_TRUE(phone.ok());
  EXPECT_EQ(phone->kind(), v1::CONTACT_KIND_PHONE);
  EXPECT_EQ(phone->value(), "0912 123 4567");
  EXPECT_FALSE(phone->verified());
  const auto email = ContactPointOf("email=a@b.ir,verified");
  ASSERT_TRUE(email.ok());
  EXPECT_EQ(email->kind(), v1::CONTACT_KIND_EMAIL);
  EXPECT_EQ(email->value(), "a@b.ir");
  EXPECT_TRUE(email->verified());
  EXPECT_EQ(ContactPointWord(*email), "email=a@b.ir,verified");
  EXPECT_EQ(ContactPointWord(*phone), "phone=0912 123 4567");
}

TEST(ContactWords, RefusesWhatIsNoPoint) {
  EXPECT_FALSE(ContactPointOf("0912 123 4567").ok());
  EXPECT_FALSE(ContactPointOf("pigeon=roof").ok());
}

TEST(ContactWords, AConsentIsReadWithItsTimesAndWrittenAsItIsRead) {
  for (const char* word :
       {"marketing/sms=given@2026-03-01T06:50:30Z", "survey/email=withdrawn@2026-03-02T00:00:00Z",
        "a-b_1/post=given@2026-03-01T06:50:30Z,withdrawn@2026-03-02T00:00:00Z"}) {
    const auto consent = ConsentOf(word);
    ASSERT_TRUE(consent.ok()) << word;
    EXPECT_EQ(ConsentWord(*consent), word);
  }
  const auto offset = ConsentOf("marketing/sms=given@2026-03-01T10:20:30+03:30");
  ASSERT_TRUE(offset.ok());
  EXPECT_EQ(ConsentWord(*offset), "marketing/sms=given@2026-03-01T06:50:30Z");
}

TEST(ContactWords, AConsentWithoutATimeIsOfNow) {
  const auto before = std::time(nullptr);
  const auto consent = ConsentOf("marketing/phone=withdrawn");
  ASSERT_TRUE(consent.ok());
  EXPECT_FALSE(consent->has_given_time());
  EXPECT_GE(consent->withdrawn_time().seconds(), before);
}

TEST(ContactWords, RefusesWhatIsNoConsent) {
  for (const char* word : {"marketing", "marketing/sms", "sms=given", "marketing/pigeon=given",
                           "marketing/sms=allowed", "marketing/sms=given@yesterday"}) {
    EXPECT_FALSE(ConsentOf(word).ok()) << word;
  }
}

}  // namespace
}  // namespace radyab::cli

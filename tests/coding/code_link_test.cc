#include "coding/code_link.h"

#include "tests/coding/refusal_expectations.h"
#include "tests/coding/seeded_random.h"

namespace radyab::coding {
namespace {

const Code kItem = *ParseCode("1042000017000113");

TEST(CodeLink, IsWrittenInOneOrder) {
  EXPECT_EQ(WriteCodeLink("radyab.example", {kItem}), "https://radyab.example/c/1042000017000113");
  EXPECT_EQ(WriteCodeLink("h:8080", {.code = kItem,
                                     .lot = "A/B+1",
                                     .serial = "7",
                                     .production = CivilDate{2026, 1, 2},
                                     .best_before = CivilDate{2027, 1, 2},
                                     .expiry = CivilDate{2027, 3, 31}}),
            "https://h:8080/c/1042000017000113?lot=A%2FB%2B1&serial=7&production=2026-01-02"
            "&best_before=2027-01-02&expiry=2027-03-31");
  EXPECT_EQ(WriteCodeLink("h", {.code = kItem, .expiry = CivilDate{2027, 3, 31}}),
            "https://h/c/1042000017000113?expiry=2027-03-31");
}

TEST(CodeLink, IsRead) {
  const auto link =
      ParseCodeLink("HTTP://h/c/1042-0000-1700-0113?utm=x&expiry=2027-03-31&lot=A%2fB#frag");
  ASSERT_TRUE(link) << link.refusal().message;
  EXPECT_EQ(*link, (CodeLink{.code = kItem, .lot = "A/B", .expiry = CivilDate{2027, 3, 31}}));
}

TEST(CodeLink, KeepsASemicolonInALot) {
  const auto link = ParseCodeLink("https://h/c/1042000017000113?lot=A;B;serial=1&serial=7");
  ASSERT_TRUE(link) << link.refusal().message;
  EXPECT_EQ(link->lot, "A;B;serial=1");
  EXPECT_EQ(link->serial, "7");
}

TEST(CodeLink, RoundTrips) {
  SeededRandom random;
  for (int i = 0; i < 5000; ++i) {
    CodeLink link{kItem};
    const auto day = [&] {
      return CivilDate{static_cast<int>(1 + random.Below(9999)),
                       static_cast<int>(1 + random.Below(12)),
                       static_cast<int>(1 + random.Below(28))};
    };
    if (random.Chance(2)) link.lot = random.Of(kCharacters82, 1, 20);
    if (random.Chance(2)) link.serial = random.Of(kCharacters82, 1, 20);
    if (random.Chance(2)) link.production = day();
    if (random.Chance(2)) link.best_before = day();
    if (random.Chance(2)) link.expiry = day();
    const std::string text = WriteCodeLink("radyab.example", link);
    const auto read = ParseCodeLink(text);
    ASSERT_TRUE(read) << text << ": " << read.refusal().message;
    ASSERT_EQ(*read, link) << text;
    ASSERT_EQ(WriteCodeLink("radyab.example", *read), text);
  }
}

TEST(CodeLink, IsRefusedWithPlace) {
  ExpectRefused(ParseCodeLink, "", RefusalReason::kEmpty);
  ExpectRefused(ParseCodeLink, "https://h/x/1042000017000113", RefusalReason::kMalformedLink);
  ExpectRefused(ParseCodeLink, "https://h/c/1042000017000113/lot", RefusalReason::kMalformedLink);
  ExpectRefused(ParseCodeLink, "*c*/1042000017000113", RefusalReason::kMalformedLink);
  ExpectRefused(ParseCodeLink, "https://h/c/10420000170001*14*", RefusalReason::kWrongCheckDigit);
  ExpectRefused(ParseCodeLink, "https://h/c/*3*042000017000113", RefusalReason::kUnknownKind);
  ExpectRefused(ParseCodeLink, "https://h/c/*104200001700011*", RefusalReason::kWrongLength);
  ExpectRefused(ParseCodeLink, "https://h/c/**", RefusalReason::kEmpty);
  ExpectRefused(ParseCodeLink, "https://h/c/1042000017000113?lot=A*%20*B",
                RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseCodeLink, "https://h/c/1042000017000113?lot=**&serial=1",
                RefusalReason::kEmpty);
  ExpectRefused(ParseCodeLink, "https://h/c/1042000017000113?lot=*" + std::string(21, 'A') + "*",
                RefusalReason::kTooLong);
  ExpectRefused(ParseCodeLink, "https://h/c/1042000017000113?lot=A&lot=*B*",
                RefusalReason::kRepeatedElement);
  ExpectRefused(ParseCodeLink, "https://h/c/1042000017000113?expiry=2027-02-*30*",
                RefusalReason::kOutOfRange);
  ExpectRefused(ParseCodeLink, "https://h/c/1042000017000113?lot=*%4*",
                RefusalReason::kMalformedLink);
  ExpectRefused(ParseCodeLink, "https://h/c/" + std::string(1'000'000, '1'),
                RefusalReason::kTooLong);
}

TEST(CodeLink, IsKnownByItsPath) {
  EXPECT_TRUE(LooksLikeCodeLink("https://h/c/1042000017000114"));
  EXPECT_TRUE(LooksLikeCodeLink("https://h/c/1042-0000?lot=\xFF")) << "however broken it is";
  EXPECT_TRUE(LooksLikeCodeLink("https://h/C/%31042"));
  EXPECT_FALSE(LooksLikeCodeLink("https://shop.example/c/shoes"));
  EXPECT_FALSE(LooksLikeCodeLink("https://shop.example/c/"));
  EXPECT_FALSE(LooksLikeCodeLink("https://h/c/1042000017000113/lot"));
  EXPECT_FALSE(LooksLikeCodeLink("https://h/01/04006381333931"));
  EXPECT_FALSE(LooksLikeCodeLink("1042000017000113"));
}

}  // namespace
}  // namespace radyab::coding

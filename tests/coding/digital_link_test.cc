#include "coding/digital_link.h"

#include "tests/coding/refusal_expectations.h"

namespace radyab::coding {
namespace {

using Elements = std::vector<Element>;

Parsed<DigitalLink> ParseLink(std::string_view uri) { return ParseDigitalLink(uri, 2026); }

const std::string kGtin = "04006381333931";

TEST(DigitalLink, IsReadAndWritten) {
  const std::string uri =
      "https://id.example/01/" + kGtin + "/22/2A/10/A%2FB%251/21/0007?17=270331&3103=001250";
  const auto link = ParseLink(uri);
  ASSERT_TRUE(link) << link.refusal().message;
  EXPECT_EQ(link->host, "id.example");
  EXPECT_EQ(link->elements, (Elements{{"01", kGtin},
                                      {"22", "2A"},
                                      {"10", "A/B%1"},
                                      {"21", "0007"},
                                      {"17", "270331"},
                                      {"3103", "001250"}}));
  EXPECT_EQ(*WriteDigitalLink("id.example", link->elements), uri);
}

TEST(DigitalLink, WritesQualifiersInTheirOrder) {
  EXPECT_EQ(*WriteDigitalLink("h", {{"21", "7"}, {"17", "270331"}, {"10", "A"}, {"01", kGtin}}),
            "https://h/01/" + kGtin + "/10/A/21/7?17=270331");
  EXPECT_EQ(*WriteDigitalLink("h", {{"00", "376104250021234569"}, {"02", kGtin}, {"37", "12"}}),
            "https://h/00/376104250021234569?02=" + kGtin + "&37=12");
  EXPECT_EQ(*WriteDigitalLink("h", {{"414", "4006381333931"}}), "https://h/414/4006381333931");
}

TEST(DigitalLink, KnowsAllKeysAndTheirQualifiers) {
  for (const std::string& uri :
       {"https://h/01/" + kGtin + "/235/TPX-1", "https://h/8006/" + kGtin + "0102/10/B/21/C",
        std::string("https://h/8013/1987654Ad4X4bL5ttr2310c2K"),
        std::string("https://h/8003/04006381333931A-1"),
        std::string("https://h/253/4006381333931A"), std::string("https://h/255/40063813339317"),
        std::string("https://h/401/4006381XY"), std::string("https://h/402/40063813339310000"),
        std::string("https://h/8004/4006381%2F7"),
        std::string("https://h/8010/4006381AB-7/8011/42"),
        std::string("https://h/8018/400638133393100004/8019/3"),
        std::string("https://h/417/4006381333931/7040/1ABC"),
        std::string("https://h/414/4006381333931/254/W%2F7"),
        std::string("https://h/415/4006381333931/8020/REF1?3900=125")}) {
    const auto link = ParseLink(uri);
    ASSERT_TRUE(link) << uri << ": " << link.refusal().message;
    EXPECT_TRUE(LooksLikeDigitalLink(uri)) << uri;
    EXPECT_EQ(*WriteDigitalLink("h", link->elements), uri);
  }
}

TEST(DigitalLink, NeverMixesTwoOrdersOfQualifiers) {
  for (const std::string& uri :
       {"https://h/01/" + kGtin + "/10/A/*235*/B", "https://h/01/" + kGtin + "/21/A/*10*/B",
        "https://h/01/" + kGtin + "/235/A/*21*/B", "https://h/01/" + kGtin + "?*235*=A",
        "https://h/01/" + kGtin + "?*21*=A"}) {
    const Starred starred(uri);
    ExpectRefusal(ParseLink(starred.text), RefusalReason::kWrongOrder, starred.at, starred.length);
  }
  EXPECT_FALSE(WriteDigitalLink("h", {{"01", kGtin}, {"10", "A"}, {"235", "B"}}));
}

TEST(DigitalLink, TakesAnotherKeyWhenOneLeavesNoPlace) {
  const Elements elements = {
      {"8018", "400638133393100004"}, {"8019", "3"}, {"414", "4006381333931"}};
  EXPECT_EQ(*WriteDigitalLink("h", elements),
            "https://h/8018/400638133393100004/8019/3?414=4006381333931");
}

TEST(DigitalLink, PassesOverWhatIsNotItsOwn) {
  for (const std::string& uri :
       {"HTTP://ID.example:8080/some/path/01/" + kGtin + "/?linkType=all#frag?17=991301",
        "https://[::1]/01/" + kGtin, "https://h/01/" + kGtin + "/?"}) {
    const auto link = ParseLink(uri);
    ASSERT_TRUE(link) << link.refusal().message;
    EXPECT_EQ(link->elements, (Elements{{"01", kGtin}}));
  }
}

TEST(DigitalLink, TakesSemicolonsBetweenAttributes) {
  EXPECT_EQ(ParseLink("https://h/01/" + kGtin + "?17=270331;15=270301")->elements.size(), 3u);
}

TEST(DigitalLink, WantsTheOrderOfQualifiers) {
  ExpectRefused(ParseLink, "https://h/01/" + kGtin + "/21/7/*10*/A", RefusalReason::kWrongOrder);
  ExpectRefused(ParseLink, "https://h/01/" + kGtin + "/10/A/*22*/2A", RefusalReason::kWrongOrder);
  ExpectRefused(ParseLink, "https://h/01/" + kGtin + "/*17*/270331", RefusalReason::kWrongOrder);
  ExpectRefused(ParseLink, "https://h/00/376104250021234569/*10*/A", RefusalReason::kWrongOrder);
  ExpectRefused(ParseLink, "https://h/01/" + kGtin + "/*414*/4006381333931",
                RefusalReason::kWrongOrder);
}

TEST(DigitalLink, WantsAttributesInTheQueryOnly) {
  ExpectRefused(ParseLink, "https://h/01/" + kGtin + "?*10*=A", RefusalReason::kWrongOrder);
  ExpectRefused(ParseLink, "https://h/00/376104250021234569?*21*=7", RefusalReason::kWrongOrder);
  ExpectRefused(ParseLink, "https://h/00/376104250021234569?*03*=" + kGtin,
                RefusalReason::kWrongOrder);
}

TEST(DigitalLink, WantsFourteenDigits) {
  ExpectRefused(ParseLink, "https://h/01/*4006381333931*", RefusalReason::kWrongLength);
}

TEST(DigitalLink, RefusesWithPlace) {
  ExpectRefused(ParseLink, "", RefusalReason::kEmpty);
  ExpectRefused(ParseLink, "*f*tp://h/01/" + kGtin, RefusalReason::kMalformedLink);
  ExpectRefused(ParseLink, "https://**/01/" + kGtin, RefusalReason::kMalformedLink);
  ExpectRefused(ParseLink, "https://a*@*h/01/" + kGtin, RefusalReason::kMalformedLink);
  ExpectRefused(ParseLink, "https://h/01/" + kGtin + "/10/A* *", RefusalReason::kMalformedLink);
  ExpectRefused(ParseLink, "https://h/01/" + kGtin + "/10/A*%2*", RefusalReason::kMalformedLink);
  ExpectRefused(ParseLink, "https://h/01/" + kGtin + "/10/A*%GG*", RefusalReason::kMalformedLink);
  ExpectRefused(ParseLink, "https://h/about", RefusalReason::kMalformedLink);
  ExpectRefused(ParseLink, "https://h", RefusalReason::kMalformedLink);
  ExpectRefused(ParseLink, "https://h/01/" + kGtin + "/10**", RefusalReason::kMissingValue);
  ExpectRefused(ParseLink, "https://h/01/" + kGtin + "?17=**", RefusalReason::kMissingValue);
  ExpectRefused(ParseLink, "https://h/01/0400638133393*2*", RefusalReason::kWrongCheckDigit);
  ExpectRefused(ParseLink, "https://h/01/" + kGtin + "/10/A*%23*",
                RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseLink, "https://h/01/" + kGtin + "/10/A*%FF*", RefusalReason::kInvalidUtf8);
  ExpectRefused(ParseLink, "https://h/01/" + kGtin + "?*999*=1", RefusalReason::kUnknownAi);
  ExpectRefused(ParseLink, "https://h/01/" + kGtin + "/*04*/1", RefusalReason::kUnknownAi);
  ExpectRefused(ParseLink, "https://h/01/" + kGtin + "?17=270331&17=*270401*",
                RefusalReason::kRepeatedElement);
  ExpectRefused(ParseLink, "https://h/00/376104250021234569?*37*=12", RefusalReason::kMissingKey);
  ExpectRefused(ParseLink, "https://h/" + std::string(9000, '0'), RefusalReason::kTooLong);
}

TEST(DigitalLink, IsKnownByAKeyWithDigitsBehindIt) {
  for (const std::string& meant : std::initializer_list<std::string>{
           "https://h/01/" + kGtin, "https://h/a/01/" + kGtin + "/10", "https://h/01/4006381333931",
           "https://h/01/%3004006381333931/10/A%Z", "http:///414/4006381333931?17=\xFF",
           "https://h/00/12345678"}) {
    EXPECT_TRUE(LooksLikeDigitalLink(meant)) << meant;
  }
  for (const char* page :
       {"https://blog.example/2024/01/offer", "https://blog.example/2024/01/15/offer",
        "https://blog.example/news/01", "https://blog.example/01/1234567", "https://h/",
        "https://h?01/04006381333931", "04006381333931", ""}) {
    EXPECT_FALSE(LooksLikeDigitalLink(page)) << page;
    ASSERT_FALSE(ParseDigitalLink(page)) << page;
  }
  ExpectRefused(ParseLink, "https://blog.example/2024/01/offer", RefusalReason::kMalformedLink);
}

TEST(DigitalLink, IsNotWrittenWithoutAKeyOrPlace) {
  EXPECT_EQ(WriteDigitalLink("h", {{"10", "A"}}).refusal().reason, RefusalReason::kMissingKey);
  EXPECT_EQ(WriteDigitalLink("h", {}).refusal().reason, RefusalReason::kMissingKey);
  const auto serial = WriteDigitalLink("h", {{"00", "376104250021234569"}, {"21", "7"}});
  ExpectRefusal(serial, RefusalReason::kWrongOrder, 24, 2);
  EXPECT_EQ(WriteDigitalLink("h", {{"01", kGtin}, {"04", "7"}}).refusal().reason,
            RefusalReason::kUnknownAi);
}

}  // namespace
}  // namespace radyab::coding

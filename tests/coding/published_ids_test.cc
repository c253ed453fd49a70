#include "coding/published_ids.h"

#include <gtest/gtest.h>

#include "tests/coding/refusal_expectations.h"

namespace radyab::coding {
namespace {

TEST(PublishedIds, ReadWhatOthersGaveOut) {
  EXPECT_EQ(*ParseImei("490154203237518"), "490154203237518");  // 3GPP's own example
  EXPECT_EQ(*ParseImei("49-015420-323751-8"), "490154203237518");
  EXPECT_EQ(*ParseLei("5493001KJTIIGC8Y1R12"), "5493001KJTIIGC8Y1R12");  // Bloomberg Finance L.P.
  EXPECT_EQ(*ParseLei("HWUPKR0MPOU8FGXBT394"), "HWUPKR0MPOU8FGXBT394");  // Apple Inc.
  EXPECT_EQ(*ParseVin("1M8GDM9AXKP042788"), "1M8GDM9AXKP042788");
  EXPECT_EQ(*ParseNsn("5905-00-123-4567"), "5905001234567");
  EXPECT_EQ(*ParseUid20("۱۲۳۴۵۱۷۸۹۰۱۲۳۴۵۶۷۸۹۰"), "12345178901234567890");
}

TEST(PublishedIds, SayWhatIsWrong) {
  ExpectRefused(ParseImei, "49015420323751*9*", RefusalReason::kWrongCheckDigit);
  ExpectRefused(ParseImei, "49015420323751", RefusalReason::kWrongLength);
  ExpectRefused(ParseLei, "5493001KJTIIGC8Y1R*13*", RefusalReason::kWrongCheckDigit);
  ExpectRefused(ParseLei, "5493001*k*JTIIGC8Y1R12", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseLei, "5493001KJTIIGC8Y1R*A*2", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseLei, "5493001", RefusalReason::kWrongLength);
  ExpectRefused(ParseVin, "1M8GDM9AXKP04278*O*", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseVin, "1M8GDM9AXKP04278", RefusalReason::kWrongLength);
  ExpectRefused(ParseNsn, "5905*x*01234567", RefusalReason::kInvalidCharacter);
  ExpectRefused(ParseNsn, "590500123456", RefusalReason::kWrongLength);
  ExpectRefused(ParseUid20, "1", RefusalReason::kWrongLength);
}

TEST(PublishedIds, FindEverySingleWrongDigit) {
  const std::string imei = "490154203237518";
  const std::string lei = "5493001KJTIIGC8Y1R12";
  for (std::size_t at = 0; at < lei.size(); ++at) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string text = lei;
      text[at] = digit;
      const bool digit_for_digit = lei[at] <= '9';
      EXPECT_TRUE(!digit_for_digit || ParseLei(text).ok() == (text == lei)) << text;
      if (at >= imei.size()) continue;
      text = imei;
      text[at] = digit;
      EXPECT_EQ(ParseImei(text).ok(), text == imei) << text;
    }
  }
}

}  // namespace
}  // namespace radyab::coding

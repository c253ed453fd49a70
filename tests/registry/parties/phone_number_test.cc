#include "registry/parties/phone_number.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace radyab::parties {
namespace {

struct Good {
  std::string_view typed;
  std::string_view e164;
};

TEST(PhoneNumber, ReadsIranianNumbersAsPeopleWriteThem) {
  const Good numbers[] = {
      {"09121234567", "+989121234567"},      {"0912 123 4567", "+989121234567"},
      {"0912-123-4567", "+989121234567"},    {"۰۹۱۲۱۲۳۴۵۶۷", "+989121234567"},
      {"٠٩١٢ ١٢٣ ٤٥٦٧", "+989121234567"},    {"9121234567", "+989121234567"},
      {"(021) 8888-1234", "+982188881234"},  {"00989121234567", "+989121234567"},
      {"+98 912 123 4567", "+989121234567"}, {"+۹۸۹۱۲۱۲۳۴۵۶۷", "+989121234567"},
  };
  for (const Good& number : numbers) {
    const PhoneReading reading = ReadPhoneNumber(number.typed);
    EXPECT_EQ(reading.e164, number.e164) << number.typed << ": " << reading.fault;
    EXPECT_EQ(reading.fault, "");
  }
}

TEST(PhoneNumber, ReadsForeignNumbersWithTheirPlus) {
  EXPECT_EQ(ReadPhoneNumber("+44 20 7946 0018").e164, "+442079460018");
  EXPECT_EQ(ReadPhoneNumber("+49 (0)30 901820").e164, "+4930901820");
  EXPECT_EQ(ReadPhoneNumber("0044 20 7946 0018").e164, "+442079460018");
}

TEST(PhoneNumber, ReadsItsOwnAnswerAgain) {
  for (const char* typed : {"0912 123 4567", "+44 20 7946 0018"}) {
    const std::string once = ReadPhoneNumber(typed).e164;
    EXPECT_EQ(ReadPhoneNumber(once).e164, once);
  }
}

TEST(PhoneNumber, RefusesWhatIsNoNumberAndNeverRepeatsIt) {
  const std::string long_text(kPhoneBytesMax + 1, '1');
  const std::string_view refused[] = {
      "",         " ",          "12345",         "0912123456",        "091212345678",
      "+",        "+999123456", "0800 SHOP NOW", "0912 123 4567 x 5", "tel:09121234567",
      "\xFF\xFE", "123",        "88881234",      long_text,
  };
  for (const std::string_view typed : refused) {
    const PhoneReading reading = ReadPhoneNumber(typed);
    EXPECT_EQ(reading.e164, "") << typed;
    EXPECT_NE(reading.fault, "") << typed;
    const bool repeated = typed.size() > 2 && reading.fault.find(typed) != std::string::npos;
    EXPECT_FALSE(repeated) << typed;
  }
}

TEST(PhoneNumber, SaysWhatIsWrong) {
  EXPECT_NE(ReadPhoneNumber("+1 202 555").fault.find("too short"), std::string::npos);
  EXPECT_NE(ReadPhoneNumber("091212345678999").fault.find("too long"), std::string::npos);
  EXPECT_NE(ReadPhoneNumber("0912 ext 5").fault.find("letters"), std::string::npos);
}

}  // namespace
}  // namespace radyab::parties

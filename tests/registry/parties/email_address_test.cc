#include "registry/parties/email_address.h"

#include <gtest/gtest.h>

#include <string>

namespace radyab::parties {
namespace {

TEST(EmailAddress, KeepsTheNameAndLowersTheDomain) {
  EXPECT_EQ(ReadEmailAddress("Zahra.Amiri@Example.COM").address, "Zahra.Amiri@example.com");
  EXPECT_EQ(ReadEmailAddress(" a+b_c%d@x-1.ir\r\n").address, "a+b_c%d@x-1.ir");
  EXPECT_EQ(ReadEmailAddress("x@XN--MGBA3A4F16A.example").address, "x@xn--mgba3a4f16a.example");
}

TEST(EmailAddress, AcceptsEveryLimitAndRefusesOneMore) {
  const std::string local(kEmailLocalBytesMax, 'l');
  const std::string label(kEmailLabelBytesMax, 'd');
  EXPECT_EQ(ReadEmailAddress(local + "@" + label + ".ir").fault, "");
  EXPECT_NE(ReadEmailAddress(local + "l@a.ir").fault, "");
  EXPECT_NE(ReadEmailAddress("a@" + label + "d.ir").fault, "");
  // 64 + 1 + 63 + 1 + 63 + 1 + 61 = 254
  const std::string longest = local + "@" + label + "." + label + "." + std::string(61, 'e');
  ASSERT_EQ(longest.size(), kEmailBytesMax);
  EXPECT_EQ(ReadEmailAddress(longest).fault, "");
  EXPECT_NE(ReadEmailAddress(longest + "e").fault, "");
}

TEST(EmailAddress, RefusesWhatIsNoAddressAndNeverRepeatsIt) {
  const std::string_view refused[] = {
      "",
      " \t",
      "zahra",
      "@example.com",
      "zahra@",
      "zahra@localhost",
      "a b@example.com",
      "a@b@c.",
      ".a@b.c",
      "a.@b.c",
      "a..b@c.d",
      "a@.b.c",
      "a@b..c",
      "a@-b.c",
      "a@b-.c",
      "a@b_c.d",
      "\"a\"@b.c",
      "a@[127.0.0.1]",
      "زهرا@b.c",
      "a@ب.c",
  };
  for (const std::string_view typed : refused) {
    const EmailReading reading = ReadEmailAddress(typed);
    EXPECT_EQ(reading.address, "") << typed;
    EXPECT_NE(reading.fault, "") << typed;
    const bool repeated = typed.size() > 2 && reading.fault.find(typed) != std::string::npos;
    EXPECT_FALSE(repeated) << typed;
  }
}

}  // namespace
}  // namespace radyab::parties

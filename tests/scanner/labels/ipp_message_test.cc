#include "scanner/labels/ipp_message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace radyab::scanner {
namespace {

using testing::HasSubstr;

std::string Hex(const std::string& digits) {
  std::string bytes;
  std::string clean;
  for (const char c : digits) {
    if (c != ' ') clean += c;
  }
  for (std::size_t i = 0; i + 1 < clean.size(); i += 2)
    bytes += static_cast<char>(std::stoi(clean.substr(i, 2), nullptr, 16));
  return bytes;
}

// Laid out by hand after the example of RFC 8010, appendix A.1.
TEST(IppMessage, WritesAPrintJobAsTheStandardShowsIt) {
  const std::string wanted =
      Hex("0101 0002 00000007 01") + Hex("47 0012") + "attributes-charset" + Hex("0005") + "utf-8" +
      Hex("48 001B") + "attributes-natural-language" + Hex("0002") + "en" + Hex("45 000B") +
      "printer-uri" + Hex("0016") + "ipp://printer.example/" + Hex("42 0014") +
      "requesting-user-name" + Hex("0006") + "radyab" + Hex("42 0008") + "job-name" + Hex("0006") +
      "foobar" + Hex("49 000F") + "document-format" + Hex("000F") + "application/pdf" + Hex("03");
  EXPECT_EQ(WritePrintJob({"ipp://printer.example/", "radyab", "foobar", "application/pdf", 7}),
            wanted);
}

TEST(IppMessage, CutsALongNameBetweenLetters) {
  std::string name;
  for (int i = 0; i < 200; ++i) name += "گ";
  const std::string bytes = WritePrintJob({"ipp://p/", "u", name, "application/pdf", 1});
  EXPECT_THAT(bytes, HasSubstr(Hex("00FE") + name.substr(0, 254)));
  EXPECT_THAT(bytes, testing::Not(HasSubstr(name.substr(0, 256))));
}

// Laid out by hand after the example of RFC 8010, appendix A.2.
const std::string kTaken = Hex("0101 0000 00000001 01") + Hex("47 0012") + "attributes-charset" +
                           Hex("0005") + "utf-8" + Hex("41 000E") + "status-message" + Hex("000D") +
                           "successful-ok" + Hex("02 21 0006") + "job-id" + Hex("0004 00000093") +
                           Hex("23 0009") + "job-state" + Hex("0004 00000003") + Hex("03");

TEST(IppMessage, ReadsAnAnswer) {
  const auto answer = ReadIppAnswer(kTaken);
  ASSERT_TRUE(answer.has_value());
  EXPECT_TRUE(answer->Taken());
  EXPECT_EQ(answer->status, 0);
  EXPECT_EQ(answer->status_message, "successful-ok");
  EXPECT_EQ(answer->job_id, 147);
  EXPECT_EQ(answer->job_state, 3);
}

TEST(IppMessage, AJobThatWasAbortedOrCanceledIsNotTaken) {
  for (const char state : {'\x07', '\x08'}) {
    std::string bytes = kTaken;
    bytes[bytes.size() - 2] = state;
    const auto answer = ReadIppAnswer(bytes);
    ASSERT_TRUE(answer.has_value());
    EXPECT_FALSE(answer->Taken());
  }
}

TEST(IppMessage, AnAnswerThatIsCutShortIsNone) {
  for (std::size_t size = 0; size < kTaken.size(); ++size)
    EXPECT_FALSE(ReadIppAnswer(kTaken.substr(0, size)).has_value()) << size;
}

TEST(IppMessage, NamesStatusCodes) {
  EXPECT_EQ(IppStatusName(0x040A), "client-error-document-format-not-supported");
  EXPECT_EQ(IppStatusName(0x0506), "server-error-not-accepting-jobs");
  EXPECT_EQ(IppStatusName(0x0499), "status 0x0499");
}

}  // namespace
}  // namespace radyab::scanner

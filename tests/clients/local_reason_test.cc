#include "clients/cli/scan_session/local_reason.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/clients/program_run.h"

namespace radyab::cli {
namespace {

using testing::HasSubstr;

TEST(LocalReason, StaysAsItIsInEnglish) {
  for (const char* reason : {"", "more than expected", "expired on 2027-03-31; counted before",
                             "inside sscc/395210010000000018, which was counted", "; ; "}) {
    EXPECT_EQ(LocalReason(reason), reason);
  }
}

// Only a process of its own speaks Persian: here the program.
TEST(LocalReason, IsPersianSentenceBySentence) {
  const ScratchFolder folder;
  const auto notice = folder.Write("notice.csv", "object\n1042000017000113/lot/L1\n");
  const auto said = RunRadyab({"--lang", "fa", "scan", "--session", "any", "--journal",
                               folder.Path("journal"), "--notice", notice},
                              "RADYAB:FINISH\nRADYAB:RECEIVE\nRADYAB:ACCEPT\nRADYAB:FINISH\n",
                              {{"RADYAB_SERVER", "127.0.0.1:1"}});
  EXPECT_THAT(said.out, HasSubstr("هیچ فرمانی نگفت چه کاری است"));
  EXPECT_THAT(said.out, HasSubstr("برچسب پیشین کنار گذاشته نشده بود"));
  EXPECT_THAT(said.out, HasSubstr("چیزی شمرده نشده"));
}

}  // namespace
}  // namespace radyab::cli

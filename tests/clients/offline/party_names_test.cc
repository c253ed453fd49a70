// Names of the parties below tables of codes, by the program against a real server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/clients/offline/site_world.h"
#include "tests/clients/program_run.h"

namespace radyab::offline {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

class NamesOfParties : public ::testing::Test {
 protected:
  cli::ProgramEnd Run(std::vector<std::string> words) const {
    return cli::RunRadyab(words, "",
                          {{"RADYAB_SERVER", "127.0.0.1:" + std::to_string(world_.server().port())},
                           {"RADYAB_KEY", key_}});
  }

  SiteWorld world_;
  const std::string key_ = world_.NewKey(v1::ROLE_WAREHOUSE, world_.member());
  const std::string lot_ = world_.NewItem(world_.member(), "Goods").code() + "/lot/L1";
  const std::string shop_ = world_.NewParty(world_.member(), "Shop at the corner").code();
};

TEST_F(NamesOfParties, StandBelowTablesForPeopleOnceEach) {
  ASSERT_EQ(Run({"event", "commission", lot_, "--quantity", "9"}).exit_code, 0);
  for (const char* reference : {"1", "2"}) {
    const auto shipped =
        Run({"event", "ship", lot_, "--quantity", "2", "--to", shop_, "--reference", reference});
    ASSERT_EQ(shipped.exit_code, 0) << shipped.err;
  }
  const std::string line = shop_ + "  Shop at the corner\n";
  for (const std::vector<std::string>& words : {std::vector<std::string>{"event", "list", lot_},
                                                {"custody", lot_},
                                                {"trace", "back", lot_}}) {
    const auto shown = Run(words);
    ASSERT_EQ(shown.exit_code, 0) << shown.err;
    const std::size_t first = shown.out.find("\n" + line);
    ASSERT_NE(first, std::string::npos) << shown.out;
    EXPECT_EQ(shown.out.find("\n" + line, first + 1), std::string::npos) << "once";
    EXPECT_THAT(shown.out.substr(shown.out.find("\n\n")), Not(HasSubstr("events/")));
  }
  const auto json = Run({"--json", "custody", lot_});
  EXPECT_THAT(json.out, Not(HasSubstr("Shop at the corner")));
  EXPECT_THAT(json.out, EndsWith("}\n"));
}

TEST_F(NamesOfParties, AreLeftOutWhereThereAreNone) {
  const auto nothing = Run({"custody", lot_});
  EXPECT_EQ(nothing.exit_code, 3);
  EXPECT_EQ(nothing.out, "");
}

}  // namespace
}  // namespace radyab::offline

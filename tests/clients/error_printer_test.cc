#include "clients/cli/output/error_printer.h"

#include <gtest/gtest.h>

namespace radyab::cli {
namespace {

TEST(OptionOfField, FindsTheFlagThatSetsIt) {
  const std::vector<std::string> options = {"--type",  "--name-fa",  "--class", "--quantity",
                                            "--phone", "--language", "--to",    "--complainant"};
  EXPECT_EQ(OptionOfField("case.type", options), "--type");
  EXPECT_EQ(OptionOfField("item.display_name.fa", options), "--name-fa");
  EXPECT_EQ(OptionOfField("item.class_name", options), "--class");
  EXPECT_EQ(OptionOfField("event.objects[0].quantity.amount", options), "--quantity");
  EXPECT_EQ(OptionOfField("case.complainant_party", options), "--complainant");
}

TEST(OptionOfField, SaysNothingOfAFieldThatNoFlagSets) {
  EXPECT_EQ(OptionOfField("item.display_name.ar", {"--name-fa"}), "");
  EXPECT_EQ(OptionOfField("aliases[0].value", {"--gtin"}), "");
  EXPECT_EQ(OptionOfField("", {"--"}), "");
  EXPECT_EQ(OptionOfField("...", {"--name"}), "");
  EXPECT_EQ(OptionOfField("name", {"--name"}), "--name");
}

}  // namespace
}  // namespace radyab::cli

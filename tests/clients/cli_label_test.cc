// radyab label and radyab scan: labels that are drawn here are read back here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/clients/program_run.h"

namespace radyab::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;

// The texts of a scanned picture by symbology.
std::map<std::string, std::string> Texts(const json& picture) {
  std::map<std::string, std::string> texts;
  for (const json& symbol : picture["symbols"]) texts[symbol["symbology"]] = symbol["text"];
  return texts;
}

TEST(Label, IsReadBackByScan) {
  const ScratchFolder folder;
  const auto made = RunRadyab({"label", "1042000017000113/lot/A12", "--offline", "--png", "--svg",
                               "--name-fa", "شیر", "--out", folder.Path("labels/"), "--json"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  ASSERT_EQ(made.JsonLines().size(), 2u);
  const std::string png = folder.Path("labels/1042000017000113-lot-A12.png");
  EXPECT_TRUE(std::filesystem::exists(png));
  EXPECT_TRUE(std::filesystem::exists(folder.Path("labels/1042000017000113-lot-A12.svg")));

  const auto read = RunRadyab({"scan", folder.Path("labels"), "--no-resolve", "--json"});
  EXPECT_EQ(read.exit_code, 0) << read.err;
  ASSERT_EQ(read.JsonLines().size(), 1u) << "SVG files are no pictures";
  const json picture = read.JsonLines()[0];
  EXPECT_EQ(picture["file"], png);
  EXPECT_GT(picture["ms"], 0);
  const auto texts = Texts(picture);
  EXPECT_EQ(texts.at("QRCode"), "https://radyab.example/c/1042000017000113?lot=A12");
  EXPECT_EQ(texts.at("Code128"), "1042000017000113");
  for (const json& symbol : picture["symbols"]) {
    EXPECT_EQ(symbol["position"].size(), 4u);
    EXPECT_FALSE(symbol.contains("resolution"));
  }
}

TEST(Label, HasTheSymbolThatWasWanted) {
  const ScratchFolder folder;
  const auto file = folder.Path("pallet.png");
  const auto made = RunRadyab(
      {"label", "sscc/106141412345678908", "--kind", "gs1-128", "--dpi", "300", "--out", file});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  const auto read = RunRadyab({"scan", file, "--no-resolve", "--json"});
  const json picture = read.JsonLines().at(0);
  ASSERT_EQ(picture["symbols"].size(), 1u);
  EXPECT_EQ(picture["symbols"][0]["text"], "00106141412345678908");
  EXPECT_EQ(picture["symbols"][0]["gs1"], true);

  const auto refused = RunRadyab({"label", "1042000017000113", "--offline", "--kind", "gs1-128",
                                  "--out", folder.Path("none.png")});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("needs a GTIN or an SSCC"));
  EXPECT_FALSE(std::filesystem::exists(folder.Path("none.png")));
}

TEST(Scan, TellsPicturesThatCannotBeRead) {
  const ScratchFolder folder;
  const auto broken = folder.Write("broken.png", "no picture");
  const auto end =
      RunRadyab({"scan", broken, folder.Path("missing.png"), "--no-resolve", "--json"});
  EXPECT_EQ(end.exit_code, 1);
  const auto lines = end.JsonLines();
  ASSERT_EQ(lines.size(), 2u);
  for (const json& picture : lines) {
    EXPECT_TRUE(picture["symbols"].empty());
    EXPECT_TRUE(picture.contains("error")) << picture;
  }
}

}  // namespace
}  // namespace radyab::cli

// radyab scan from a stream of frames and from a watched folder.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/clients/program_run.h"

namespace radyab::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;

// A label as a PNG file.
std::string LabelIn(const ScratchFolder& folder, const std::string& name) {
  const auto end = RunRadyab({"label", "1042000017000113", "--offline", "--kind", "qr", "--png",
                              "--out", folder.Path(name)});
  EXPECT_EQ(end.exit_code, 0) << end.err;
  return folder.Path(name);
}

std::string BytesOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(ScanFrames, OnStandardInputAreReadOneBehindTheOther) {
  const ScratchFolder folder;
  const std::string label = BytesOf(LabelIn(folder, "a.png"));
  const std::string empty_frame = "P5 40 30 255\n" + std::string(1200, 'x');
  const auto end =
      RunRadyab({"scan", "--frames", "-", "--no-resolve", "--json"}, label + empty_frame + label);
  EXPECT_EQ(end.exit_code, 0) << end.err;
  const auto lines = end.JsonLines();
  ASSERT_EQ(lines.size(), 3U);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i]["file"], "-");
    EXPECT_EQ(lines[i]["frame"], i + 1);
    EXPECT_EQ(lines[i]["symbols"].empty(), i == 1) << lines[i];
  }
}

TEST(ScanFrames, OfABrokenStreamAreReadUpToTheBreakWhichIsTold) {
  const ScratchFolder folder;
  const std::string label = BytesOf(LabelIn(folder, "a.png"));
  const auto end = RunRadyab({"scan", "--frames", "-", "--no-resolve", "--json"},
                             label + label.substr(0, label.size() - 20));
  EXPECT_EQ(end.exit_code, 1);
  EXPECT_EQ(end.JsonLines().at(0)["symbols"].size(), 1U);
  EXPECT_THAT(end.out + end.err, HasSubstr("the stream ends within frame 2"));
}

TEST(ScanWatch, ReadsEachNewPictureOnceAndEndsWithTheFolder) {
  const ScratchFolder folder;
  const std::string before = LabelIn(folder, "before.png");
  std::filesystem::create_directory(folder.Path("in"));
  std::filesystem::copy(before, folder.Path("in/old.png"));
  RunningRadyab radyab({"scan", before, "--watch", folder.Path("in"), "--no-resolve", "--json"},
                       {});
  EXPECT_EQ(json::parse(radyab.ReadLine(), nullptr, false)["file"], before);
  std::filesystem::copy(before, folder.Path("in/new.png"));
  const auto reading = json::parse(radyab.ReadLine(), nullptr, false);
  EXPECT_EQ(reading["file"], folder.Path("in/new.png"));
  EXPECT_EQ(reading["symbols"].size(), 1U);
  std::filesystem::remove_all(folder.Path("in"));
  EXPECT_THAT(radyab.ReadLine(), HasSubstr("was removed"));
  EXPECT_EQ(radyab.End(), 1);
}

TEST(Scan, WantsASource) {
  const auto end = RunRadyab({"scan", "--no-resolve"});
  EXPECT_EQ(end.exit_code, 2);
  EXPECT_THAT(end.err, HasSubstr("--watch"));
}

}  // namespace
}  // namespace radyab::cli

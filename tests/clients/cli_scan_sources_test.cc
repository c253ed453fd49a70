// radyab scan from a stream of frames and from a watched folder.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/clients/program_run.h"
#include "tests/scanner/wedge/key_typing.h"

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

// What a Persian keyboard layout makes of 1042000017000113.
constexpr const char* kTypedFa = "۱۰۴۲۰۰۰۰۱۷۰۰۰۱۱۳";

TEST(ScanLines, AreTurnedBackAndToldOneByOne) {
  RunningRadyab radyab({"scan", "--lines", "-", "--no-resolve", "--json"}, {});
  radyab.Write(std::string(kTypedFa) + "\n");
  const auto first = json::parse(radyab.ReadLine(), nullptr, false);
  EXPECT_EQ(first["text"], "1042000017000113");
  EXPECT_EQ(first["typed"], kTypedFa);
  EXPECT_EQ(first["scan"], 1);
  radyab.Write("0106260100200302\r\n");
  const auto second = json::parse(radyab.ReadLine(), nullptr, false);
  EXPECT_EQ(second["text"], "0106260100200302");
  EXPECT_FALSE(second.contains("typed"));
}

TEST(ScanLines, ThatAreTooLongAreToldAndTheNextIsRead) {
  const auto end = RunRadyab({"scan", "--lines", "-", "--no-resolve", "--json"},
                             std::string(9000, 'x') + "\nnext");
  EXPECT_EQ(end.exit_code, 1);
  const auto lines = end.JsonLines();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0]["error_kind"], "TOO_LARGE");
  EXPECT_EQ(lines[1]["text"], "next");
}

TEST(ScanKeys, OfARecordedDeviceAreRead) {
  const ScratchFolder folder;
  const std::string recorded = folder.Path("event3");
  std::ofstream(recorded, std::ios::binary)
      << scanner::BytesOf(scanner::Typed("0106260100200302\x1D"
                                         "10a\rB-7\t"));
  const auto end = RunRadyab({"scan", "--keys", recorded, "--no-resolve", "--json"});
  EXPECT_EQ(end.exit_code, 0) << end.err;
  const auto lines = end.JsonLines();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0]["text"],
            "0106260100200302\x1D"
            "10a");
  EXPECT_EQ(lines[1]["text"], "B-7");
}

TEST(ScanKeys, AreRefusedWithoutADeviceOrBesidePictures) {
  const auto none = RunRadyab({"scan", "--keys", "/dev/input/none", "--no-resolve"});
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_THAT(none.err, HasSubstr("/dev/input/none"));
  const auto both = RunRadyab({"scan", "a.png", "--keys", "gun", "--no-resolve"});
  EXPECT_EQ(both.exit_code, 2);
  EXPECT_THAT(both.err, HasSubstr("stand alone"));
}

TEST(ScanCamera, ThatIsNoneIsRefused) {
  const auto null = RunRadyab({"scan", "--camera", "/dev/null", "--no-resolve"});
  EXPECT_EQ(null.exit_code, 1);
  EXPECT_THAT(null.err, HasSubstr("camera \"/dev/null\": it is no video device"));
  for (const char* size : {"1920", "15x1080", "640x480x", "x", "99999x480"}) {
    const auto bad = RunRadyab({"scan", "--camera", "/dev/null", "--size", size, "--no-resolve"});
    EXPECT_EQ(bad.exit_code, 2) << size;
    EXPECT_THAT(bad.err, HasSubstr("want WIDTHxHEIGHT"));
  }
}

TEST(Scan, WantsASource) {
  const auto end = RunRadyab({"scan", "--no-resolve"});
  EXPECT_EQ(end.exit_code, 2);
  EXPECT_THAT(end.err, HasSubstr("--watch"));
}

}  // namespace
}  // namespace radyab::cli

#include "scanner/picture_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

using testing::ElementsAre;

TEST(PictureSource, ListsAFolderSortedAndLeavesOutWhatIsNoPicture) {
  const TemporaryFolder folder;
  for (const char* name :
       {"b/2.PNG", "b/1.jpeg", "a.webp", "c.txt", ".hidden.png", ".git/x.png", "z.tiff"}) {
    folder.Write(name, "x");
  }
  std::filesystem::create_directory_symlink(folder.path(), folder.path() + "/loop");
  const auto files = ExpandPictures({folder.path()});
  ASSERT_TRUE(files.ok());
  const std::string at = folder.path() + "/";
  EXPECT_THAT(*files, ElementsAre(at + "a.webp", at + "b/1.jpeg", at + "b/2.PNG", at + "z.tiff"));
}

TEST(PictureSource, TakesNamedFilesAsTheyAreAndInTheirOrder) {
  const TemporaryFolder folder;
  const std::string text = folder.Write("z.txt", "x");
  const std::string absent = folder.path() + "/a.png";
  const auto files = ExpandPictures({text, absent});
  ASSERT_TRUE(files.ok());
  EXPECT_THAT(*files, ElementsAre(text, absent));
}

TEST(PictureSource, RefusesFoldersWithoutEnd) {
  const TemporaryFolder folder;
  std::string name = "p.png";
  for (int i = 0; i < kFolderDepthMax; ++i) name = "d/" + name;
  folder.Write(name, "x");
  ASSERT_TRUE(ExpandPictures({folder.path()}).ok());
  folder.Write("d/" + name, "x");
  const auto files = ExpandPictures({folder.path()});
  ASSERT_FALSE(files.ok());
  EXPECT_EQ(files.fault().kind, FaultKind::kTooLarge);
}

TEST(PictureSource, RefusesMorePicturesThanItsLimit) {
  std::vector<std::string> paths(kPicturesMax, "p.png");
  EXPECT_TRUE(ExpandPictures(paths).ok());
  paths.push_back("one more.png");
  ASSERT_FALSE(ExpandPictures(paths).ok());
  EXPECT_EQ(ExpandPictures(paths).fault().kind, FaultKind::kTooLarge);
}

TEST(PictureSource, GivesOneReadingAPictureAndGoesOnAfterAFault) {
  const TemporaryFolder folder;
  const SampleSymbol sample = SampleSymbols().front();
  folder.Write("1.png", PngBytes(DrawSample(sample)));
  folder.Write("2.png", "no picture");
  folder.Write("3.png", "");
  folder.Write("4.png", PngBytes(DrawSample(sample)));
  DecodeWorkers workers(1);
  std::vector<PictureReading> readings;
  const auto read_count =
      ScanPictures({folder.path()}, workers, [&readings](const PictureReading& reading) {
        readings.push_back(reading);
        return true;
      });
  ASSERT_TRUE(read_count.ok());
  EXPECT_EQ(*read_count, 4U);
  ASSERT_EQ(readings.size(), 4U);
  for (const std::size_t good : {std::size_t{0}, std::size_t{3}}) {
    ASSERT_EQ(readings[good].symbols.size(), 1U);
    EXPECT_EQ(readings[good].symbols[0].text, sample.text);
    EXPECT_GT(readings[good].milliseconds, 0);
  }
  ASSERT_TRUE(readings[1].fault.has_value());
  EXPECT_EQ(readings[1].fault->kind, FaultKind::kNotAPicture);
  ASSERT_TRUE(readings[2].fault.has_value());
  EXPECT_EQ(readings[2].fault->kind, FaultKind::kEmptyFile);
}

TEST(PictureSource, StopsWhenToldTo) {
  DecodeWorkers workers(1);
  int calls = 0;
  const auto read_count = ScanPictures({"a.png", "b.png", "c.png"}, workers,
                                       [&calls](const PictureReading&) { return ++calls < 2; });
  ASSERT_TRUE(read_count.ok());
  EXPECT_EQ(*read_count, 2U);
}

}  // namespace
}  // namespace radyab::scanner

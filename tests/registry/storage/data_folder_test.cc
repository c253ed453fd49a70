#include "registry/storage/data_folder.h"

#include "gmock/gmock.h"
#include "tests/registry/storage/store_conformance.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::storage {
namespace {

using testing::HasSubstr;

TEST(DataFolder, KnowsNetworkFileSystems) {
  for (const long type : {0x6969L, 0x517BL, 0xFF534D42L, 0xFE534D42L,
                          static_cast<long>(static_cast<int>(0xFF534D42))}) {
    EXPECT_TRUE(IsNetworkFileSystem(type)) << type;
  }
  for (const long ext4_xfs_btrfs_tmpfs : {0xEF53L, 0x58465342L, 0x9123683EL, 0x01021994L}) {
    EXPECT_FALSE(IsNetworkFileSystem(ext4_xfs_btrfs_tmpfs));
  }
}

TEST(DataFolder, IsLockedAsLongAsItLives) {
  TemporaryFolder place;
  const std::string path = place.path() / "data";
  {
    auto first = DataFolder::Open(path);
    ASSERT_TRUE(first.ok()) << first.status();
    DataFolder moved = *std::move(first);
    EXPECT_THAT(MessageOf(DataFolder::Open(path).status()), HasSubstr("is in use by process"));
  }
  EXPECT_TRUE(DataFolder::Open(path).ok());
}

TEST(DataFolder, RefusesWhatCannotBeAFolder) {
  TemporaryFolder place;
  WriteWholeFile(place.path() / "file", "text");
  EXPECT_EQ(ReasonText(DataFolder::Open("").status()), "STORE_FAILED");
  EXPECT_THAT(MessageOf(DataFolder::Open(place.path() / "file").status()),
              HasSubstr("Not a directory"));
  EXPECT_THAT(MessageOf(DataFolder::Open(place.path() / "no" / "parent").status()),
              HasSubstr("No such file or directory"));
}

TEST(DataFolder, LeavesItsFormatAloneOnceItStands) {
  TemporaryFolder place;
  ASSERT_TRUE(DataFolder::Open(place.path())->WriteFormat().ok());
  WriteWholeFile(place.path() / "data.mdb", "rows");
  const auto finished = DataFolder::Open(place.path());
  EXPECT_TRUE(finished->is_finished());
  WriteWholeFile(place.path() / "FORMAT", "later");
  ASSERT_TRUE(finished->WriteFormat().ok());
  EXPECT_EQ(ReadWholeFile(place.path() / "FORMAT"), "later");
}

TEST(DataFolder, BringsTheFormatOfAFolderWithoutALogUpToDate) {
  TemporaryFolder place;
  WriteWholeFile(place.path() / "data.mdb", "rows");
  WriteWholeFile(place.path() / "FORMAT", kFolderFormatWithoutLog);
  const auto older = DataFolder::Open(place.path());
  ASSERT_TRUE(older.ok()) << older.status();
  EXPECT_FALSE(older->is_finished());
  ASSERT_TRUE(older->WriteFormat().ok());
  EXPECT_EQ(ReadWholeFile(place.path() / "FORMAT"), kFolderFormat);
}

}  // namespace
}  // namespace radyab::storage

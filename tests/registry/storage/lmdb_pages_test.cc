// The check of pages finds a sound file sound, whatever was done to it, and sees through damage.
#include "registry/storage/lmdb_pages_store.h"

#include <atomic>
#include <random>
#include <thread>

#include "gmock/gmock.h"
#include "registry/storage/lmdb_store.h"
#include "registry/storage/record.h"
#include "registry/storage/store_upkeep.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::storage {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class LmdbPages : public testing::Test {
 protected:
  LmdbPages() { options_.log_segment_bytes = 64 * 1024; }
  std::string folder() const { return folder_.path() / "data"; }
  std::filesystem::path file() const { return folder_.path() / "data" / "data.mdb"; }

  // Puts, overwrites and deletes rows of all sizes, in many folds.
  void Churn(Store& store, std::mt19937_64& random, int changes) {
    for (int change = 0; change < changes; ++change) {
      auto status = store.Write([&, seed = random()](WriteTransaction& transaction) {
        std::mt19937_64 own(seed);
        for (int row = 0; row < 40; ++row) {
          std::string key = "\x20row" + std::to_string(own() % 3'000);
          key += std::string(own() % 60, 'k');
          absl::Status put;
          if (own() % 4 == 0) {
            put = transaction.Delete(key);
          } else {
            const std::size_t size = own() % 50 == 0 ? own() % 60'000 : own() % 300;
            put = transaction.Put(key, EncodeRecord(key, std::string(size, 'v')));
          }
          if (!put.ok()) return put;
        }
        return absl::OkStatus();
      });
      ASSERT_TRUE(status.ok()) << status;
    }
  }
  std::vector<std::string> FaultsOfFile() const {
    std::vector<std::string> faults;
    const auto status = CheckLmdbFile(file(), [&](const std::string& fault) {
      faults.push_back(fault);
      return true;
    });
    EXPECT_TRUE(status.ok()) << status;
    return faults;
  }
  // Changes bytes of the stopped store's file.
  void Patch(std::size_t at, const std::string& bytes) {
    std::string whole = ReadWholeFile(file());
    whole.replace(at, bytes.size(), bytes);
    WriteWholeFile(file(), whole);
  }

  StoreOptions options_;
  TemporaryFolder folder_;
};

TEST_F(LmdbPages, AFileIsSoundAfterAnyChanges) {
  std::mt19937_64 random(TestSeed());
  options_.fold.also_when = [] { return true; };
  for (int round = 0; round < 4; ++round) {
    {
      auto store = OpenLmdbStore(folder(), options_).value();
      Churn(*store, random, 25);
    }
    EXPECT_THAT(FaultsOfFile(), IsEmpty());
  }
}

TEST_F(LmdbPages, ANewFileIsSound) {
  OpenLmdbStore(folder(), options_).value().reset();
  EXPECT_THAT(FaultsOfFile(), IsEmpty());
}

TEST_F(LmdbPages, AFileIsSoundWhileItIsWritten) {
  options_.fold.also_when = [] { return true; };
  auto store = OpenLmdbStore(folder(), options_).value();
  const std::uint64_t seed = TestSeed();
  std::mt19937_64 before(seed + 1);
  Churn(*store, before, 30);
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    std::mt19937_64 random(seed);
    while (!stop) Churn(*store, random, 1);
  });
  for (int round = 0; round < 100; ++round) {
    const auto status = UpkeepOf(*store)->CheckStructure([](const std::string& fault) {
      ADD_FAILURE() << fault;
      return true;
    });
    EXPECT_TRUE(status.ok()) << status;
  }
  stop = true;
  writer.join();
}

TEST_F(LmdbPages, CountsAreThoseOfAWalk) {
  std::mt19937_64 random(TestSeed());
  auto store = OpenLmdbStore(folder(), options_).value();
  for (int round = 0; round < 5; ++round) {
    Churn(*store, random, 10);  // some of it folded, some not
    std::uint64_t walked = 0, known = 0;
    const auto status = store->Read([&](ReadTransaction& snapshot) {
      known = CountOf(snapshot)->RowCount().value();
      return snapshot.Scan({}, Direction::kForward, kNoRowLimit,
                           [&](std::string_view, std::string_view) { return ++walked > 0; });
    });
    ASSERT_TRUE(status.ok()) << status;
    EXPECT_EQ(known, walked);
  }
}

TEST_F(LmdbPages, TellsWhatIsWrongWithAPage) {
  std::mt19937_64 random(TestSeed());
  {
    auto store = OpenLmdbStore(folder(), options_).value();
    Churn(*store, random, 30);
  }
  ASSERT_THAT(FaultsOfFile(), IsEmpty());
  const std::string sound = ReadWholeFile(file());
  const auto fault_after = [&](std::size_t at, const std::string& bytes) {
    Patch(at, bytes);
    const auto faults = FaultsOfFile();
    WriteWholeFile(file(), sound);
    return faults.empty() ? std::string() : faults.front();
  };
  EXPECT_THAT(fault_after(16, "x"), HasSubstr("is no meta page"));
  EXPECT_THAT(fault_after(4096 + 10, "x"), HasSubstr("is no meta page"));
  EXPECT_THAT(fault_after(16 + 128, "xx"), HasSubstr("of transactions"));
  EXPECT_THAT(fault_after(4096 + 16 + 128, "xx"), HasSubstr("of transactions"));
}

TEST_F(LmdbPages, AFileThatIsCutShortIsTold) {
  std::mt19937_64 random(TestSeed());
  {
    auto store = OpenLmdbStore(folder(), options_).value();
    Churn(*store, random, 30);
  }
  const std::string whole = ReadWholeFile(file());
  WriteWholeFile(file(), whole.substr(0, whole.size() / 2));
  EXPECT_THAT(FaultsOfFile(), testing::Not(IsEmpty()));
  WriteWholeFile(file(), "");
  EXPECT_THAT(FaultsOfFile(), testing::Not(IsEmpty()));
}

}  // namespace
}  // namespace radyab::storage

#include "tests/registry/storage/store_conformance.h"

#include <chrono>
#include <random>
#include <utility>

#include "registry/storage/open_store.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::storage {
namespace {

class MemoryEngine : public TestedEngine {
 public:
  std::unique_ptr<Store> Open(const StoreOptions& options) override {
    return OpenStore("memory:", options).value();
  }
  bool survives_closing() const override { return false; }
};

class LmdbEngine : public TestedEngine {
 public:
  std::unique_ptr<Store> Open(const StoreOptions& options) override {
    return OpenStore("lmdb:" + folder_.path().string(), options).value();
  }
  bool survives_closing() const override { return true; }

 private:
  TemporaryFolder folder_;
};

// With a fold whenever `also_when` says so, and at no other moment.
StoreOptions FoldWhen(std::function<bool()> also_when) {
  StoreOptions options;
  options.fold.row_count = options.fold.byte_count = kNoRowLimit;
  options.fold.age = std::chrono::hours(1000);
  options.fold.at_close = false;
  options.fold.also_when = std::move(also_when);
  options.log_segment_bytes = std::size_t{64} << 10;  // so that many are filled and used again
  return options;
}

// Each commit is sealed before the next one, while the next one's group already runs.
StoreOptions FoldEveryCommit() {
  StoreOptions options = FoldWhen({});
  options.fold.row_count = 1;
  options.fold.commit_row_count = 3;
  return options;
}

StoreOptions FoldAtRandom() {
  const auto random = std::make_shared<std::mt19937_64>(TestSeed());
  return FoldWhen([random] { return (*random)() % 4 == 0; });
}

}  // namespace

std::vector<EngineCase> AllEngines() {
  const auto memory = [] { return std::make_unique<MemoryEngine>(); };
  const auto lmdb = [] { return std::make_unique<LmdbEngine>(); };
  StoreOptions twice;
  twice.run_bodies_twice = true;
  StoreOptions alone;
  alone.group_body_count_max = 1;
  return {{"Memory", memory, {}},
          {"MemoryTwice", memory, twice},
          {"Lmdb", lmdb, {}},
          {"LmdbTwice", lmdb, twice},
          {"LmdbOneBodyACommit", lmdb, alone},
          {"LmdbFoldsEveryCommit", lmdb, FoldEveryCommit()},
          {"LmdbNeverFolds", lmdb, FoldWhen({})},
          {"LmdbFoldsAtRandom", lmdb, FoldAtRandom()}};
}

void PrintTo(const EngineCase& engine, std::ostream* out) { *out << engine.name; }

std::string EngineName(const testing::TestParamInfo<EngineCase>& info) { return info.param.name; }

Store& StoreConformance::store() {
  if (store_ == nullptr) store_ = engine_->Open(options_);
  return *store_;
}

absl::Status StoreConformance::Put(std::string_view key, std::string_view value) {
  return store().Write([key, value](WriteTransaction& change) { return change.Put(key, value); });
}

std::optional<std::string> StoreConformance::Get(std::string_view key) {
  std::optional<std::string> value;
  EXPECT_TRUE(store()
                  .Read([&](ReadTransaction& snapshot) {
                    value = GetIn(snapshot, key);
                    return absl::OkStatus();
                  })
                  .ok());
  return value;
}

std::vector<std::string> StoreConformance::Keys(const KeyRange& range, Direction direction,
                                                std::size_t row_count_max) {
  std::vector<std::string> keys;
  EXPECT_TRUE(store()
                  .Read([&](ReadTransaction& snapshot) {
                    keys = KeysIn(snapshot, range, direction, row_count_max);
                    return absl::OkStatus();
                  })
                  .ok());
  return keys;
}

std::vector<std::string> KeysIn(ReadTransaction& transaction, const KeyRange& range,
                                Direction direction, std::size_t row_count_max) {
  std::vector<std::string> keys;
  const auto status = transaction.Scan(range, direction, row_count_max,
                                       [&](std::string_view key, std::string_view) {
                                         if (key[0] != '\x01') keys.emplace_back(key);
                                         return true;
                                       });
  EXPECT_TRUE(status.ok()) << status;
  return keys;
}

std::optional<std::string> GetIn(ReadTransaction& transaction, std::string_view key) {
  const auto value = transaction.Get(key);
  EXPECT_TRUE(value.ok()) << value.status();
  if (!value.ok() || !value->has_value()) return std::nullopt;
  return std::string(**value);
}

std::string ReasonText(const absl::Status& status) {
  if (status.ok()) return "";
  const auto detail = ReasonOf(status);
  return detail.has_value() ? std::string(ReasonName(detail->reason)) : "none";
}

std::string MessageOf(const absl::Status& status) {
  return {status.message().data(), status.message().size()};
}

void Gate::Open() {
  const std::lock_guard lock(mutex_);
  open_ = true;
  opened_.notify_all();
}

void Gate::Wait() {
  std::unique_lock lock(mutex_);
  opened_.wait(lock, [this] { return open_; });
}

WriteDone Answers::Take(std::size_t number) {
  return [this, number](const absl::Status& status) {
    const std::lock_guard lock(mutex_);
    if (reasons_.size() <= number) reasons_.resize(number + 1, "not answered");
    EXPECT_EQ(reasons_[number], "not answered");
    reasons_[number] = ReasonText(status);
    ++count_;
    came_.notify_all();
  };
}

std::vector<std::string> Answers::Wait(std::size_t count) {
  std::unique_lock lock(mutex_);
  came_.wait(lock, [&] { return count_ >= count; });
  return reasons_;
}

HeldCommitter::HeldCommitter(Store& store) {
  const auto inside = std::make_shared<Gate>();
  store.WriteAsync(
      [inside, release = release_](WriteTransaction&) {
        inside->Open();
        release->Wait();
        return absl::OkStatus();
      },
      [](const absl::Status& status) { EXPECT_TRUE(status.ok()) << status; });
  inside->Wait();
}

}  // namespace radyab::storage

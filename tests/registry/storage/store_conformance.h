// What every engine of registry/storage/store.h must do. The tests are the *_conformance_test.cc
// beside this file; a new engine adds a line to engines_test.cc.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "registry/reason.h"
#include "registry/storage/store.h"
#include "registry/storage/store_options.h"

namespace radyab::storage {

// Opens the same store again and again. Only one of them is open at a time.
class TestedEngine {
 public:
  virtual ~TestedEngine() = default;
  virtual std::unique_ptr<Store> Open(const StoreOptions& options) = 0;
  virtual bool survives_closing() const = 0;
};

struct EngineCase {
  std::string name;
  std::function<std::unique_ptr<TestedEngine>()> make;
  StoreOptions options;
};
// Every engine with its usual options and with those that bring hidden faults to light.
std::vector<EngineCase> AllEngines();
void PrintTo(const EngineCase& engine, std::ostream* out);
std::string EngineName(const testing::TestParamInfo<EngineCase>& info);

class StoreConformance : public testing::TestWithParam<EngineCase> {
 protected:
  StoreConformance() : options_(GetParam().options), engine_(GetParam().make()) {}

  // The store; opened with options_ at the first use.
  Store& store();
  void Close() { store_.reset(); }

  absl::Status Put(std::string_view key, std::string_view value);
  std::optional<std::string> Get(std::string_view key);
  std::vector<std::string> Keys(const KeyRange& range, Direction direction = Direction::kForward,
                                std::size_t row_count_max = kNoRowLimit);

  StoreOptions options_;
  std::unique_ptr<TestedEngine> engine_;
  std::unique_ptr<Store> store_;
};

// Keys of `range` in one transaction, without the store's own rows (family 0x01).
std::vector<std::string> KeysIn(ReadTransaction& transaction, const KeyRange& range,
                                Direction direction = Direction::kForward,
                                std::size_t row_count_max = kNoRowLimit);
std::optional<std::string> GetIn(ReadTransaction& transaction, std::string_view key);
// The reason of a refusal as text, "" for OK, "none" for a status that bears none.
std::string ReasonText(const absl::Status& status);
std::string MessageOf(const absl::Status& status);

// Opened once; whoever waits goes on.
class Gate {
 public:
  void Open();
  void Wait();

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool open_ = false;
};

// Answers of asynchronous writes, in the order they came.
class Answers {
 public:
  WriteDone Take(std::size_t number);
  // Waits until `count` answers came. reasons()[number] is the ReasonText of write `number`.
  std::vector<std::string> Wait(std::size_t count);

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::size_t count_ = 0;
  std::vector<std::string> reasons_;
};

// Holds the committer inside a body until Release: everything written meanwhile waits.
class HeldCommitter {
 public:
  explicit HeldCommitter(Store& store);
  ~HeldCommitter() { Release(); }
  void Release() { release_->Open(); }

 private:
  std::shared_ptr<Gate> release_ = std::make_shared<Gate>();
};

}  // namespace radyab::storage

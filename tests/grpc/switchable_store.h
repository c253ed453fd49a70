// A memory store that a test can put back to an earlier state, stop, and look into.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "registry/storage/store.h"
#include "registry/storage/store_options.h"

namespace radyab::rpc {

using Rows = std::map<std::string, std::string>;

// Thread safe.
class SwitchableStore : public storage::Store {
 public:
  explicit SwitchableStore(storage::StoreOptions options);

  absl::Status Read(storage::ReadBody body) override;
  void WriteAsync(storage::WriteBody body, storage::WriteDone done,
                  storage::WriteTerms terms) override;
  absl::Status CheckQueue(std::chrono::steady_clock::time_point begin_before) override;

  // Every row there is, but for the commit stamp, which every commit changes.
  Rows Dump();
  // A new store with just these rows takes the place of the present one.
  void Restore(const Rows& rows);
  // While held, write bodies wait at their beginning.
  void Hold();
  void Release();
  // How many write bodies ran, or began and wait.
  int bodies_begun();

 private:
  std::shared_ptr<storage::Store> Present();

  const storage::StoreOptions options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool held_ = false;
  int bodies_begun_ = 0;
  std::shared_ptr<storage::Store> present_;
};

}  // namespace radyab::rpc

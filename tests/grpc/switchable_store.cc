#include "tests/grpc/switchable_store.h"

#include <cstdlib>
#include <utility>

#include "registry/storage/keyspace.h"
#include "registry/storage/open_store.h"

namespace radyab::rpc {
namespace {

std::shared_ptr<storage::Store> NewStore(const storage::StoreOptions& options) {
  auto store = storage::OpenStore("memory:", options);
  if (!store.ok()) std::abort();
  return *std::move(store);
}

}  // namespace

SwitchableStore::SwitchableStore(storage::StoreOptions options)
    : options_(std::move(options)), present_(NewStore(options_)) {}

absl::Status SwitchableStore::Read(storage::ReadBody body) { return Present()->Read(body); }

void SwitchableStore::WriteAsync(storage::WriteBody body, storage::WriteDone done,
                                 storage::WriteTerms terms) {
  Present()->WriteAsync(
      [this, body = std::move(body)](storage::WriteTransaction& transaction) {
        {
          std::unique_lock lock(mutex_);
          ++bodies_begun_;
          changed_.notify_all();
          changed_.wait(lock, [this] { return !held_; });
        }
        return body(transaction);
      },
      std::move(done), std::move(terms));
}

absl::Status SwitchableStore::CheckQueue(std::chrono::steady_clock::time_point begin_before) {
  return Present()->CheckQueue(begin_before);
}

Rows SwitchableStore::Dump() {
  Rows rows;
  auto status = Read([&](storage::ReadTransaction& transaction) {
    return transaction.Scan({"", ""}, storage::Direction::kForward, storage::kNoRowLimit,
                            [&](std::string_view key, std::string_view value) {
                              rows.emplace(key, value);
                              return true;
                            });
  });
  if (!status.ok()) std::abort();
  rows.erase(keyspace::Meta("commit"));
  return rows;
}

void SwitchableStore::Restore(const Rows& rows) {
  auto fresh = NewStore(options_);
  auto status = fresh->Write([&](storage::WriteTransaction& transaction) {
    for (const auto& [key, value] : rows) {
      if (auto put = transaction.Put(key, value); !put.ok()) return put;
    }
    return absl::OkStatus();
  });
  if (!status.ok()) std::abort();
  const std::lock_guard lock(mutex_);
  present_ = std::move(fresh);
}

void SwitchableStore::Hold() {
  const std::lock_guard lock(mutex_);
  held_ = true;
}

void SwitchableStore::Release() {
  const std::lock_guard lock(mutex_);
  held_ = false;
  changed_.notify_all();
}

int SwitchableStore::bodies_begun() {
  const std::lock_guard lock(mutex_);
  return bodies_begun_;
}

std::shared_ptr<storage::Store> SwitchableStore::Present() {
  const std::lock_guard lock(mutex_);
  return present_;
}

}  // namespace radyab::rpc

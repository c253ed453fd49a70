// Rows that are to be written, put together before the change that writes them: the change itself
// then only puts them, and holds up no other.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "registry/storage/record.h"
#include "registry/storage/store.h"

namespace radyab::search {

// No key is in both.
struct RowChanges {
  std::vector<std::pair<std::string, std::string>> puts;  // key and value as they are stored
  std::vector<std::string> deletes;
  std::size_t row_count() const { return puts.size() + deletes.size(); }
};

template <class Message>
void AddPut(RowChanges& rows, std::string key, const Message& message) {
  std::string value = storage::EncodeRecord(key, message.SerializeAsString());
  rows.puts.emplace_back(std::move(key), std::move(value));
}

inline absl::Status WriteRows(storage::WriteTransaction& transaction, const RowChanges& rows) {
  for (const auto& [key, value] : rows.puts) {
    if (auto status = transaction.Put(key, value); !status.ok()) return status;
  }
  for (const std::string& key : rows.deletes) {
    if (auto status = transaction.Delete(key); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace radyab::search

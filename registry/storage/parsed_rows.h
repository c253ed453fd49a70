// Rows that every change reads and hardly any writes: parsed once for as long as their bytes stay
// the same.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "registry/storage/record.h"
#include "registry/storage/rows.h"
#include "registry/storage/store.h"

namespace radyab::storage {

// Messages as they were parsed last, by key. One thread at a time.
template <class Message>
class ParsedRows {
 public:
  // The message in `bytes`, or null when there is none in them.
  std::shared_ptr<const Message> Of(const std::string& key, std::string_view bytes) {
    const auto found = parsed_.find(key);
    if (found != parsed_.end() && found->second.bytes == bytes) return found->second.message;
    auto message = std::make_shared<Message>();
    if (!message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return nullptr;
    if (parsed_.size() >= kCountMax) parsed_.clear();
    parsed_.insert_or_assign(key, Parsed{std::string(bytes), message});
    return message;
  }

 private:
  static constexpr std::size_t kCountMax = 1000;
  struct Parsed {
    std::string bytes;
    std::shared_ptr<const Message> message;
  };
  std::map<std::string, Parsed, std::less<>> parsed_;
};

// As GetRow, null when there is none. The row is read each time, and what was parsed from other
// bytes is parsed anew; each thread remembers rows of its own.
template <class Message>
absl::StatusOr<std::shared_ptr<const Message>> GetParsedRow(ReadTransaction& transaction,
                                                            const std::string& key) {
  thread_local ParsedRows<Message> parsed;
  auto bytes = GetRowBytes(transaction, key);
  if (!bytes.ok()) return bytes.status();
  if (!bytes->has_value()) return nullptr;
  auto message = parsed.Of(key, **bytes);
  if (message == nullptr) return CorruptRecord(key);
  return message;
}

}  // namespace radyab::storage

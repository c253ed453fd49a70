// Typed rows: a message with its format version and checksum under a key.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "registry/storage/record.h"
#include "registry/storage/store.h"

namespace radyab::storage {

// The bytes of the message under `key`, or nothing; valid as long as the transaction. DATA_LOSS
// (CORRUPT_RECORD) when the checksum does not agree.
inline absl::StatusOr<std::optional<std::string_view>> GetRowBytes(ReadTransaction& transaction,
                                                                   std::string_view key) {
  auto value = transaction.Get(key);
  if (!value.ok() || !value->has_value()) return value;
  auto payload = DecodeRecord(key, **value);
  if (!payload.ok()) return payload.status();
  return std::optional(*payload);
}

// The message under `key`, or nothing. DATA_LOSS (CORRUPT_RECORD) when checksum or structure does
// not agree.
template <class Message>
absl::StatusOr<std::optional<Message>> GetRow(ReadTransaction& transaction,
                                              const std::string& key) {
  auto bytes = GetRowBytes(transaction, key);
  if (!bytes.ok()) return bytes.status();
  if (!bytes->has_value()) return std::optional<Message>();
  Message message;
  if (!message.ParseFromArray((*bytes)->data(), static_cast<int>((*bytes)->size())))
    return CorruptRecord(key);
  return std::optional<Message>(std::move(message));
}

// Writes the message; equal messages give equal bytes.
template <class Message>
absl::Status PutRow(WriteTransaction& transaction, const std::string& key, const Message& message) {
  return transaction.Put(key, EncodeRecord(key, message.SerializeAsString()));
}

// A row without content, for index families.
inline absl::Status PutMark(WriteTransaction& transaction, const std::string& key) {
  return transaction.Put(key, EncodeRecord(key, ""));
}

// Visits messages of `range`; `visit` returns false to stop.
template <class Message>
absl::Status ScanRows(ReadTransaction& transaction, const KeyRange& range, Direction direction,
                      std::size_t row_count_max,
                      absl::FunctionRef<bool(std::string_view key, Message message)> visit) {
  absl::Status fault = absl::OkStatus();
  auto status = transaction.Scan(
      range, direction, row_count_max, [&](std::string_view key, std::string_view value) {
        auto payload = DecodeRecord(key, value);
        Message message;
        if (!payload.ok() ||
            !message.ParseFromArray(payload->data(), static_cast<int>(payload->size()))) {
          fault = CorruptRecord(key);
          return false;
        }
        return visit(key, std::move(message));
      });
  return fault.ok() ? status : fault;
}

}  // namespace radyab::storage

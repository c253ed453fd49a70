// Pages of lists in which most of the rows that are looked at may not be wanted.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "registry/page.h"
#include "registry/storage/ordered_key.h"
#include "registry/storage/record.h"
#include "registry/storage/store.h"

namespace radyab {

// What of the list a stored row is: nothing when it is not wanted.
template <class Row>
using TakeStored = absl::FunctionRef<absl::StatusOr<std::optional<Row>>(std::string_view key,
                                                                        std::string_view value)>;
template <class Message>
using TakeMessage =
    absl::FunctionRef<absl::StatusOr<std::optional<Message>>(std::string_view key, Message)>;

// The keys that begin with `prefix`.
inline storage::KeyRange KeysOf(const std::string& prefix) {
  return {prefix, storage::PrefixEnd(prefix)};
}

// One page of the keys in `range`, at most `looked_at_max` of them looked at: it may
// have fewer rows than were asked for, or none, and still have a next one. A row that fails ends
// it.
template <class Row>
absl::StatusOr<Page<Row>> SparsePage(storage::ReadTransaction& transaction, storage::KeyRange range,
                                     const PageRequest& page, std::size_t looked_at_max,
                                     TakeStored<Row> take) {
  if (!page.after.empty()) range.begin = page.after + '\0';
  Page<Row> found;
  std::string last_key;
  std::size_t looked_at = 0;
  absl::Status fault = absl::OkStatus();
  auto status = transaction.Scan(
      range, storage::Direction::kForward, looked_at_max + 1,
      [&](std::string_view key, std::string_view value) {
        if (looked_at++ == looked_at_max || found.rows.size() == page.row_count_max) {
          found.next = last_key;
          return false;
        }
        last_key = std::string(key);
        auto row = take(key, value);
        fault = row.status();
        if (!fault.ok()) return false;
        if (row->has_value()) found.rows.push_back(*std::move(*row));
        return true;
      });
  if (!fault.ok()) return fault;
  if (!status.ok()) return status;
  return found;
}

// The same of stored messages.
template <class Message>
absl::StatusOr<Page<Message>> SparsePageOfRows(storage::ReadTransaction& transaction,
                                               storage::KeyRange range, const PageRequest& page,
                                               std::size_t looked_at_max,
                                               TakeMessage<Message> take) {
  return SparsePage<Message>(
      transaction, std::move(range), page, looked_at_max,
      [&](std::string_view key, std::string_view value) -> absl::StatusOr<std::optional<Message>> {
        auto payload = storage::DecodeRecord(key, value);
        Message message;
        if (!payload.ok() ||
            !message.ParseFromArray(payload->data(), static_cast<int>(payload->size()))) {
          return storage::CorruptRecord(key);
        }
        return take(key, std::move(message));
      });
}

}  // namespace radyab

// Pages of stored messages in key order.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "registry/page.h"
#include "registry/storage/ordered_key.h"
#include "registry/storage/rows.h"
#include "registry/storage/store.h"

namespace radyab {

// No answer is made larger: a page that holds so many bytes ends, however few its rows are. Clients
// of gRPC take 4 MiB unless told otherwise.
inline constexpr std::size_t kAnswerBytesMax = std::size_t{3} << 20;

// The keys of `prefix` from the place where the page before ended.
inline storage::KeyRange RangeAfter(const std::string& prefix, const PageRequest& page) {
  return {page.after.empty() ? prefix : page.after + '\0', storage::PrefixEnd(prefix)};
}

// One page of the messages whose keys begin with `prefix`.
template <class Message>
absl::StatusOr<Page<Message>> PageOfRows(storage::ReadTransaction& transaction,
                                         const std::string& prefix, const PageRequest& page) {
  Page<Message> found;
  std::string last_key;
  std::size_t byte_count = 0;
  auto status = storage::ScanRows<Message>(
      transaction, RangeAfter(prefix, page), storage::Direction::kForward, page.row_count_max + 1,
      [&](std::string_view key, Message message) {
        byte_count += message.ByteSizeLong();
        const bool full = byte_count > kAnswerBytesMax && !last_key.empty();
        if (full || found.rows.size() == page.row_count_max) {
          found.next = last_key;
          return false;
        }
        found.rows.push_back(std::move(message));
        last_key = std::string(key);
        return true;
      });
  if (!status.ok()) return status;
  return found;
}

}  // namespace radyab

// Pages of stored messages in key order.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "registry/page.h"
#include "registry/storage/ordered_key.h"
#include "registry/storage/rows.h"
#include "registry/storage/store.h"

namespace radyab {

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
  auto status = storage::ScanRows<Message>(transaction, RangeAfter(prefix, page),
                                           storage::Direction::kForward, page.row_count_max + 1,
                                           [&](std::string_view key, Message message) {
                                             if (found.rows.size() == page.row_count_max) {
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

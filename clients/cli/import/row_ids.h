// Request ids that an import makes out of the content of its rows.
#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <string>
#include <unordered_map>

namespace radyab::cli {

// The id of a row is the hash of what it says and of how many equal rows stand before it in the
// file. So a file that is imported again, whole or after some of its rows were mended, registers
// nothing twice (for the 7 days in which the server knows the ids), wherever the rows stand in it.
// For one thread.
class RowIds {
 public:
  // `salt` tells apart what shall never be taken for the same: the kind of import.
  explicit RowIds(std::string salt) : salt_(std::move(salt)) {}

  // At most 64 characters. Equal rows get unlike ids, in order.
  std::string IdOf(const google::protobuf::Message& row);

 private:
  std::string salt_;
  std::unordered_map<std::uint64_t, std::uint32_t> counts_;  // by the first half of the hash
};

// Sets the field request_id of the row to `id` when it has that field and it is empty.
void FillRequestId(google::protobuf::Message& row, RowIds& ids);

}  // namespace radyab::cli

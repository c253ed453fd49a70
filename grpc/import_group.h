// A group of import rows that is committed together: every row by itself, with a verdict of its
// own.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "grpc/method_table.h"
#include "grpc/serving.h"
#include "grpcpp/support/byte_buffer.h"
#include "radyab/v1/import.pb.h"
#include "registry/access/caller.h"
#include "registry/access/change.h"
#include "registry/environment.h"

namespace radyab::rpc {

// One row as it came, and the change it asks for.
struct ImportRow {
  std::int64_t number = 0;                             // in the stream, from 1
  std::size_t bytes = 0;                               // as sent
  std::unique_ptr<google::protobuf::Message> message;  // null when `fault` is set
  absl::Status fault = absl::OkStatus();               // why the bytes are no row
  access::ChangeRequest change;                        // without its caller
};

ImportRow ReadRow(const Environment& environment, const Method& method, std::int64_t number,
                  const grpc::ByteBuffer& bytes);

// Handed from the stream to the store's thread and back; one owner at a time.
struct ImportGroup {
  std::vector<ImportRow> rows;
  access::Caller caller;
  std::vector<v1::RowVerdict> verdicts;  // in order; valid once the group is durable
};

// The write body: runs each row as a part of its own, so that a refused row changes nothing and
// stops nothing. It ends before a row with which the group would write more than the store takes of
// one change: there are fewer verdicts than rows then, and the other rows are for the next group.
// Fails only when the store does. May run again.
absl::Status RunImportGroup(const Serving& serving, const Method& method, ImportGroup& group,
                            storage::WriteTransaction& transaction);

}  // namespace radyab::rpc

// One method of the API as the call helpers see it: its rule and its handler, without the types of
// its messages.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "grpc/handler_call.h"
#include "grpc/method_rule.h"
#include "registry/access/change.h"

namespace radyab::rpc {

using ReadHandler =
    std::function<absl::StatusOr<std::string>(const ReadCall&, const google::protobuf::Message&)>;
using WriteHandler = std::function<absl::StatusOr<access::ChangeAnswer>(
    const WriteCall&, const google::protobuf::Message&)>;
// Work that lasts: runs on a thread of its own and hands over one answer, or as many as it likes.
using WorkHandler = std::function<absl::Status(const WorkCall&, const google::protobuf::Message&,
                                               absl::FunctionRef<absl::Status(std::string)>)>;
using RowHandler =
    std::function<absl::StatusOr<RowDone>(const WriteCall&, const google::protobuf::Message&)>;

// One method. Exactly one of its handlers is set.
struct Method {
  const google::protobuf::MethodDescriptor* descriptor = nullptr;
  MethodRule rule;
  const google::protobuf::Message* request = nullptr;  // the default instance
  bool asks_for_page = false;
  std::size_t fresh_bytes = 0;
  std::vector<std::string> changeable;  // paths an update mask may have; empty: takes no mask
  ReadHandler read;                     // unary, or one answer for each message of a stream
  std::function<std::string(const absl::Status&)> refused;  // of such a stream, see AnswerEach
  WriteHandler write;                                       // unary
  RowHandler row;                                           // one row of an import
  WorkHandler work;                                         // see Work
};

}  // namespace radyab::rpc

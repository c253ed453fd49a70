// Why the bytes of a request are no message: the place of the first text that is not UTF-8, or that
// they are malformed.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"

namespace radyab::rpc {

// The refusal (INVALID_ARGUMENT) for bytes that protobuf would not read as a message of `type`.
// Looks at no more than the bytes; nested messages to a depth of 100.
absl::Status RefuseBytes(const google::protobuf::Descriptor& type, std::string_view bytes);

}  // namespace radyab::rpc

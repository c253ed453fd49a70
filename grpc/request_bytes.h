// From bytes to request messages and back.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/byte_buffer.h"

namespace radyab::rpc {

// The message in `bytes`, of the type of `prototype`. RESOURCE_EXHAUSTED (MESSAGE_TOO_LARGE) above
// kMessageBytesMax; INVALID_ARGUMENT with the field's path for text that is not UTF-8, and for
// bytes that are no such message.
absl::StatusOr<std::unique_ptr<google::protobuf::Message>> ReadMessage(
    const grpc::ByteBuffer& bytes, const google::protobuf::Message& prototype);

// The message as bytes, without the named fields: equal messages give equal bytes.
std::string BytesWithout(const google::protobuf::Message& message,
                         std::initializer_list<std::string_view> fields);

// The value of the text field `name`; empty when the type has no such field.
std::string TextField(const google::protobuf::Message& message, std::string_view name);

grpc::ByteBuffer ToByteBuffer(std::string_view bytes);
// The same without a copy: the buffer keeps the string.
grpc::ByteBuffer KeptByteBuffer(std::string bytes);

}  // namespace radyab::rpc

#include "grpc/request_bytes.h"

#include <utility>
#include <vector>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "grpc/message_fault.h"
#include "grpc/serving.h"
#include "grpcpp/support/slice.h"
#include "registry/reason.h"

namespace radyab::rpc {
namespace {

using google::protobuf::Message;

// All bytes in one piece; `joined` holds them when they came in several.
std::string_view InOnePiece(const std::vector<grpc::Slice>& slices, std::string& joined) {
  const auto text = [](const grpc::Slice& slice) {
    return std::string_view(reinterpret_cast<const char*>(slice.begin()), slice.size());
  };
  if (slices.size() == 1) return text(slices.front());
  for (const grpc::Slice& slice : slices) joined.append(text(slice));
  return joined;
}

// False when the message certainly has no field that its type does not know.
bool MayHaveUnknown(const Message& message) {
  const auto& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->message_type() != nullptr) return true;
  }
  return !message.GetReflection()->GetUnknownFields(message).empty();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Message>> ReadMessage(const grpc::ByteBuffer& bytes,
                                                     const Message& prototype) {
  if (bytes.Length() > kMessageBytesMax) {
    return Refuse(absl::StatusCode::kResourceExhausted, Reason::kMessageTooLarge,
                  "a message of " + std::to_string(bytes.Length()) + " bytes, want at most " +
                      std::to_string(kMessageBytesMax),
                  {{"bytes", std::to_string(bytes.Length())},
                   {"bytes_max", std::to_string(kMessageBytesMax)}});
  }
  std::vector<grpc::Slice> slices;
  if (!bytes.Dump(&slices).ok()) {
    return Refuse(absl::StatusCode::kInvalidArgument, Reason::kInvalidField,
                  "the bytes sent are compressed in a way that cannot be read");
  }
  std::string joined;
  const std::string_view text = InOnePiece(slices, joined);
  std::unique_ptr<Message> message(prototype.New());
  if (!message->ParseFromArray(text.data(), static_cast<int>(text.size()))) {
    return RefuseBytes(*prototype.GetDescriptor(), text);
  }
  if (MayHaveUnknown(*message)) message->DiscardUnknownFields();  // never stored
  return message;
}

std::string BytesWithout(const Message& message, std::initializer_list<std::string_view> fields) {
  const std::unique_ptr<Message> copy(message.New());
  copy->CopyFrom(message);
  for (const std::string_view name : fields) {
    const auto* field = copy->GetDescriptor()->FindFieldByName(std::string(name));
    if (field != nullptr) copy->GetReflection()->ClearField(copy.get(), field);
  }
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream output(&stream);
    output.SetSerializationDeterministic(true);
    copy->SerializeToCodedStream(&output);
  }
  return bytes;
}

std::string TextField(const Message& message, std::string_view name) {
  const auto* field = message.GetDescriptor()->FindFieldByName(std::string(name));
  return field == nullptr ? "" : message.GetReflection()->GetString(message, field);
}

grpc::ByteBuffer ToByteBuffer(std::string_view bytes) {
  const grpc::Slice slice(bytes.data(), bytes.size());
  return grpc::ByteBuffer(&slice, 1);
}

grpc::ByteBuffer KeptByteBuffer(std::string bytes) {
  auto kept = std::make_unique<std::string>(std::move(bytes));
  const grpc::Slice slice(
      kept->data(), kept->size(), [](void* string) { delete static_cast<std::string*>(string); },
      kept.get());
  kept.release();  // the slice deletes it
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace radyab::rpc

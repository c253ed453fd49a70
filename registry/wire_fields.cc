#include "registry/wire_fields.h"

namespace radyab {

using google::protobuf::io::CodedOutputStream;

FieldReader::FieldReader(std::string_view bytes)
    : in_(reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<int>(bytes.size())) {}

bool FieldReader::Next() {
  tag_ = in_.ReadTag();
  if (tag_ == 0) {
    ok_ = ok_ && in_.ConsumedEntireMessage();
    return false;
  }
  text_ = {};
  number_ = 0;
  switch (static_cast<WireType>(tag_ & 7)) {
    case WireType::kVarint:
      ok_ = in_.ReadVarint64(&number_);
      break;
    case WireType::kFixed64:
      ok_ = in_.Skip(sizeof(std::uint64_t));
      break;
    case WireType::kBytes:
      ok_ = ReadText();
      break;
    case WireType::kFixed32:
      ok_ = in_.Skip(sizeof(std::uint32_t));
      break;
    default:
      ok_ = false;
  }
  return ok_;
}

bool FieldReader::ReadText() {
  std::uint32_t size = 0;
  const void* bytes = nullptr;
  int left = 0;
  if (!in_.ReadVarint32(&size)) return false;
  if (size == 0) return true;
  if (!in_.GetDirectBufferPointer(&bytes, &left)) return false;
  if (size > static_cast<std::uint32_t>(left)) return false;
  text_ = {static_cast<const char*>(bytes), size};
  return in_.Skip(static_cast<int>(size));
}

void AppendMessageField(int field, std::string_view message, std::string& bytes) {
  std::uint8_t head[10];  // two varints of 32 bits at most
  std::uint8_t* end =
      CodedOutputStream::WriteVarint32ToArray(FieldTag(field, WireType::kBytes), head);
  end = CodedOutputStream::WriteVarint32ToArray(static_cast<std::uint32_t>(message.size()), end);
  bytes.append(reinterpret_cast<const char*>(head), static_cast<std::size_t>(end - head));
  bytes.append(message);
}

}  // namespace radyab

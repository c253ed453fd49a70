// The bytes of a protobuf message, field by field: reading a few without making a message of all,
// and passing on stored ones as they lie. See the encoding of protobuf, "Message Structure".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "google/protobuf/io/coded_stream.h"

namespace radyab {

// The wire types that our messages have.
enum class WireType : std::uint32_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

constexpr std::uint32_t FieldTag(int field, WireType type) {
  return static_cast<std::uint32_t>(field) << 3 | static_cast<std::uint32_t>(type);
}

// Goes over the fields of one message; views are into its bytes. One thread at a time.
class FieldReader {
 public:
  explicit FieldReader(std::string_view bytes);

  // Goes to the next field; false at the end and at a fault.
  bool Next();
  // False when the bytes are no message.
  bool ok() const { return ok_; }
  std::uint32_t tag() const { return tag_; }
  std::uint64_t number() const { return number_; }  // of a varint
  std::string_view text() const { return text_; }   // of a string, bytes or message

 private:
  bool ReadText();

  google::protobuf::io::CodedInputStream in_;
  std::uint32_t tag_ = 0;
  std::uint64_t number_ = 0;
  std::string_view text_;
  bool ok_ = true;
};

// Appends a field that holds a message.
void AppendMessageField(int field, std::string_view message, std::string& bytes);

}  // namespace radyab

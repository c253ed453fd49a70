#include "grpc/message_fault.h"

#include <map>
#include <optional>

#include "coding/utf8_reader.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"
#include "registry/reason.h"

namespace radyab::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

constexpr int kDepthMax = 100;

// Where the bad text is, and which character of it.
struct BadText {
  std::string field;
  std::size_t at = 0;  // 1-based place of the first bad byte, in characters
};

std::size_t FirstBadCharacter(std::string_view text) {
  std::size_t characters = 0;
  for (std::size_t byte = 0; byte < text.size();) {
    const coding::Utf8Character character = coding::ReadUtf8(text, byte);
    ++characters;
    if (!character.valid) return characters;
    byte += character.bytes;
  }
  return 0;
}

// One length-delimited value, at most as long as what is left.
std::optional<std::string_view> ReadBytes(CodedInputStream& input) {
  std::uint32_t length = 0;
  if (!input.ReadVarint32(&length)) return std::nullopt;
  const void* data = nullptr;
  int available = 0;
  if (length == 0) return std::string_view();
  if (!input.GetDirectBufferPointer(&data, &available) ||
      static_cast<std::uint32_t>(available) < length || !input.Skip(static_cast<int>(length))) {
    return std::nullopt;
  }
  return std::string_view(static_cast<const char*>(data), length);
}

std::optional<BadText> FindBadText(const Descriptor& type, std::string_view bytes, int depth) {
  CodedInputStream input(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                         static_cast<int>(bytes.size()));
  std::map<int, int> seen;  // how many values of a field came before
  while (const std::uint32_t tag = input.ReadTag()) {
    if (WireFormatLite::GetTagWireType(tag) != WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
      if (!WireFormatLite::SkipField(&input, tag)) return std::nullopt;
      continue;
    }
    const auto value = ReadBytes(input);
    if (!value) return std::nullopt;
    const FieldDescriptor* field = type.FindFieldByNumber(WireFormatLite::GetTagFieldNumber(tag));
    if (field == nullptr) continue;
    std::string path = field->name();
    if (field->is_repeated()) path += "[" + std::to_string(seen[field->number()]++) + "]";
    if (field->type() == FieldDescriptor::TYPE_STRING) {
      if (const std::size_t at = FirstBadCharacter(*value)) return BadText{path, at};
    } else if (field->type() == FieldDescriptor::TYPE_MESSAGE && depth < kDepthMax) {
      auto inside = FindBadText(*field->message_type(), *value, depth + 1);
      if (inside) return BadText{path + "." + inside->field, inside->at};
    }
  }
  return std::nullopt;
}

}  // namespace

absl::Status RefuseBytes(const Descriptor& type, std::string_view bytes) {
  if (const auto bad = FindBadText(type, bytes, 0)) {
    coding::Refusal refusal;
    refusal.reason = coding::RefusalReason::kInvalidUtf8;
    refusal.at = bad->at;
    refusal.length = 1;
    refusal.message = "byte at place " + std::to_string(bad->at) + " is no UTF-8, want UTF-8 text";
    return RefuseText(bad->field, refusal);
  }
  return Refuse(absl::StatusCode::kInvalidArgument, Reason::kInvalidField,
                "the bytes sent are no message of type " + type.full_name());
}

}  // namespace radyab::rpc

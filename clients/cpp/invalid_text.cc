#include "clients/cpp/invalid_text.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <vector>

#include "coding/utf8_reader.h"

namespace radyab::client {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// The path below `field` (of its element `index`, -1 when it is not repeated) of an invalid text.
std::optional<std::string> PathWithin(const Message& message, const FieldDescriptor* field,
                                      int index) {
  const Reflection* reflection = message.GetReflection();
  const std::string here =
      field->name() + (index < 0 ? std::string() : "[" + std::to_string(index) + "]");
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    const Message& child = index < 0 ? reflection->GetMessage(message, field)
                                     : reflection->GetRepeatedMessage(message, field, index);
    const auto below = PathOfInvalidText(child);
    return below ? std::optional(here + "." + *below) : std::nullopt;
  }
  if (field->type() != FieldDescriptor::TYPE_STRING) return std::nullopt;
  std::string scratch;
  const std::string& text =
      index < 0 ? reflection->GetStringReference(message, field, &scratch)
                : reflection->GetRepeatedStringReference(message, field, index, &scratch);
  return coding::IsValidUtf8(text) ? std::nullopt : std::optional(here);
}

}  // namespace

std::optional<std::string> PathOfInvalidText(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const bool repeated = field->is_repeated();
    const int count = repeated ? message.GetReflection()->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (auto path = PathWithin(message, field, repeated ? i : -1)) return path;
    }
  }
  return std::nullopt;
}

}  // namespace radyab::client

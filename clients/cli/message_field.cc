#include "clients/cli/message_field.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <string>

#include "clients/cli/contact_words.h"
#include "clients/cli/output/message_text.h"
#include "clients/cli/value_forms.h"
#include "radyab/v1/common.pb.h"

namespace radyab::cli {
namespace {

using coding::Refusal;
using coding::RefusalReason;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr std::size_t kOffsetSize = 6;  // "+03:30"

Refusal Unfit(std::string_view text, const std::string& want) {
  return Refusal{.reason = RefusalReason::kOutOfRange,
                 .at = 0,
                 .length = 0,
                 .message = "\"" + std::string(text.substr(0, 80)) + "\": want " + want};
}

std::string Upper(std::string_view text) {
  std::string upper;
  for (const char c : text) {
    upper += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return upper;
}

const EnumValueDescriptor* FindEnumValue(const EnumDescriptor& type, std::string_view text) {
  const std::string upper = Upper(text);
  const auto* value = type.FindValueByName(upper);
  if (value == nullptr) value = type.FindValueByName(EnumPrefix(type) + upper);
  return value == nullptr || value->number() == 0 ? nullptr : value;
}

std::string EnumChoices(const EnumDescriptor& type) {
  std::string choices;
  const std::size_t prefix_size = EnumPrefix(type).size();
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() == 0) continue;
    std::string name = type.value(i)->name().substr(prefix_size);
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    choices += (choices.empty() ? "" : ", ") + name;
  }
  return choices;
}

std::optional<Refusal> SetEnum(Message& message, const FieldDescriptor& field,
                               std::string_view text) {
  const EnumValueDescriptor* value = FindEnumValue(*field.enum_type(), text);
  if (value == nullptr) return Unfit(text, "one of " + EnumChoices(*field.enum_type()));
  if (field.is_repeated()) {
    message.GetReflection()->AddEnum(&message, &field, value);
  } else {
    message.GetReflection()->SetEnum(&message, &field, value);
  }
  return std::nullopt;
}

std::optional<Refusal> SetText(Message& message, const FieldDescriptor& field,
                               std::string_view text) {
  auto value = InForm(FormOfField(field.name()), text);
  if (!value) return value.refusal();
  if (field.is_repeated()) {
    message.GetReflection()->AddString(&message, &field, *value);
  } else {
    message.GetReflection()->SetString(&message, &field, *value);
  }
  return std::nullopt;
}

std::optional<Refusal> SetNumber(Message& message, const FieldDescriptor& field,
                                 std::string_view text) {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool small = field.cpp_type() == FieldDescriptor::CPPTYPE_INT32;
  if (fault != std::errc() || end != text.data() + text.size() ||
      (small && (number < INT32_MIN || number > INT32_MAX))) {
    return Unfit(text, "a whole number");
  }
  if (small) {
    message.GetReflection()->SetInt32(&message, &field, static_cast<std::int32_t>(number));
  } else {
    message.GetReflection()->SetInt64(&message, &field, number);
  }
  return std::nullopt;
}

std::optional<Refusal> SetBool(Message& message, const FieldDescriptor& field,
                               std::string_view text) {
  const std::string upper = Upper(text);
  const bool yes = upper == "YES" || upper == "TRUE" || upper == "1";
  if (!yes && upper != "NO" && upper != "FALSE" && upper != "0") return Unfit(text, "yes or no");
  message.GetReflection()->SetBool(&message, &field, yes);
  return std::nullopt;
}

// A time and, in the message around it, the offset that was given with it.
std::optional<Refusal> SetTime(Message& message, const FieldDescriptor& field,
                               std::string_view text) {
  google::protobuf::Timestamp time;
  if (!google::protobuf::util::TimeUtil::FromString(std::string(text), &time)) {
    return Unfit(text, "a time such as 2026-03-01T10:20:30+03:30");
  }
  const Reflection& reflection = *message.GetReflection();
  reflection.MutableMessage(&message, &field)->CopyFrom(time);
  const FieldDescriptor* offset = message.GetDescriptor()->FindFieldByName("zone_offset");
  if (offset != nullptr && reflection.GetString(message, offset).empty() && !text.ends_with('Z') &&
      text.size() > kOffsetSize) {
    reflection.SetString(&message, offset, std::string(text.substr(text.size() - kOffsetSize)));
  }
  return std::nullopt;
}

template <class Element>
std::optional<Refusal> AddParsed(Message& message, const FieldDescriptor& field,
                                 const coding::Parsed<Element>& element) {
  if (!element) return element.refusal();
  message.GetReflection()->AddMessage(&message, &field)->CopyFrom(*element);
  return std::nullopt;
}

std::optional<Refusal> SetWhole(Message& message, const FieldDescriptor& field,
                                std::string_view text) {
  const std::string& type = field.message_type()->full_name();
  if (type == "radyab.v1.ContactPoint") return AddParsed(message, field, ContactPointOf(text));
  if (type == "radyab.v1.Consent") return AddParsed(message, field, ConsentOf(text));
  if (field.is_repeated()) return Unfit(text, field.name() + " in JSON lines");
  if (type == "google.protobuf.Timestamp") return SetTime(message, field, text);
  if (type != "radyab.v1.Quantity") {
    return Unfit(text, "one of the fields of " + field.name() + ", for example " + field.name() +
                           "." + field.message_type()->field(0)->name());
  }
  auto quantity = QuantityOf(text);
  if (!quantity) return quantity.refusal();
  auto* target =
      static_cast<v1::Quantity*>(message.GetReflection()->MutableMessage(&message, &field));
  target->set_amount(quantity->amount);
  if (!quantity->unit.empty()) target->set_unit(quantity->unit);
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> SetField(Message& message, std::string_view path, std::string_view text) {
  const std::size_t dot = path.find('.');
  const std::string name(path.substr(0, dot));
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr) return Unfit(name, "a field of " + message.GetDescriptor()->name());
  if (dot != std::string_view::npos) {
    if (!HasField(*message.GetDescriptor(), path)) {
      return Unfit(path, "a field of " + message.GetDescriptor()->name());
    }
    Message* child = message.GetReflection()->MutableMessage(&message, field);
    return SetField(*child, path.substr(dot + 1), text);
  }
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return SetEnum(message, *field, text);
    case FieldDescriptor::CPPTYPE_STRING:
      return SetText(message, *field, text);
    case FieldDescriptor::CPPTYPE_BOOL:
      return SetBool(message, *field, text);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return SetWhole(message, *field, text);
    default:
      return SetNumber(message, *field, text);
  }
}

bool HasField(const google::protobuf::Descriptor& type, std::string_view path) {
  const std::size_t dot = path.find('.');
  const FieldDescriptor* field = type.FindFieldByName(std::string(path.substr(0, dot)));
  if (field == nullptr || dot == std::string_view::npos) return field != nullptr;
  return !field->is_repeated() && field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         HasField(*field->message_type(), path.substr(dot + 1));
}

}  // namespace radyab::cli

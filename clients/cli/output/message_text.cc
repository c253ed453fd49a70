#include "clients/cli/output/message_text.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/util/json_util.h>

#include <array>
#include <cctype>
#include <cstdio>
#include <ctime>
#include <optional>

#include "clients/cli/attribute_words.h"
#include "clients/cli/contact_words.h"
#include "coding/jalali_date.h"
#include "radyab/v1/catalog.pb.h"
#include "radyab/v1/class.pb.h"
#include "radyab/v1/common.pb.h"
#include "radyab/v1/linkage.pb.h"
#include "radyab/v1/party.pb.h"

namespace radyab::cli {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

std::string EnumText(const EnumValueDescriptor& value) {
  const std::string prefix = EnumPrefix(*value.type());
  std::string text = value.name();
  if (text.starts_with(prefix)) text.erase(0, prefix.size());
  if (text == "UNSPECIFIED") return "";
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

constexpr std::int64_t kTehranOffsetSeconds = 12'600;

bool shows_jalali = false;

std::string JalaliTimeText(const google::protobuf::Timestamp& time) {
  const std::time_t seconds = time.seconds() + kTehranOffsetSeconds;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  const coding::JalaliDate day =
      coding::JalaliOf({parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday});
  if (day == coding::JalaliDate()) return "";
  std::array<char, 32> clock{};
  const std::size_t size = std::strftime(clock.data(), clock.size(), " %H:%M:%S+03:30", &parts);
  return coding::WriteJalaliDate(day) + std::string(clock.data(), size);
}

std::string TimeText(const google::protobuf::Timestamp& time) {
  if (shows_jalali) {
    if (std::string text = JalaliTimeText(time); !text.empty()) return text;
  }
  const std::time_t seconds = time.seconds();
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%SZ", &parts);
  return std::string(text.data(), size);
}

// Three decimals: more of a probability or weight says nothing.
std::string RoundedText(double value) {
  std::array<char, 32> text{};
  const int size = std::snprintf(text.data(), text.size(), "%.3f", value);
  return std::string(text.data(), static_cast<std::size_t>(size));
}

// The messages that read best as one text.
std::optional<std::string> WholeText(const Message& message) {
  if (const auto* time = dynamic_cast<const google::protobuf::Timestamp*>(&message)) {
    return TimeText(*time);
  }
  if (const auto* quantity = dynamic_cast<const v1::Quantity*>(&message)) {
    return quantity->amount() + (quantity->unit().empty() ? "" : " " + quantity->unit());
  }
  if (const auto* name = dynamic_cast<const v1::LocalizedText*>(&message)) {
    if (name->fa().empty() || name->en().empty()) return name->fa() + name->en();
    return name->fa() + " / " + name->en();
  }
  if (const auto* attribute = dynamic_cast<const v1::Attribute*>(&message)) {
    return attribute->key() + "=" + attribute->value() +
           (attribute->unit().empty() ? "" : " " + attribute->unit());
  }
  if (const auto* attribute = dynamic_cast<const v1::AttributeTemplate*>(&message)) {
    return AttributeTemplateWord(*attribute);
  }
  if (const auto* reference = dynamic_cast<const v1::CrossReference*>(&message)) {
    return CrossReferenceWord(*reference);
  }
  if (const auto* point = dynamic_cast<const v1::ContactPoint*>(&message)) {
    return ContactPointWord(*point);
  }
  if (const auto* consent = dynamic_cast<const v1::Consent*>(&message)) {
    return ConsentWord(*consent);
  }
  if (const auto* field = dynamic_cast<const v1::FieldAgreement*>(&message)) {
    return field->field() + " " + field->agreement();
  }
  return std::nullopt;
}

std::string ListOf(const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string text;
  for (const auto& [path, value] : fields) text += (text.empty() ? "" : " ") + path + "=" + value;
  return text;
}

std::string MessageAsText(const Message& message) {
  const auto whole = WholeText(message);
  return whole ? *whole : ListOf(FieldTexts(message));
}

std::string SingleText(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.GetString(message, &field);
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(message, &field) ? "yes" : "no";
    case FieldDescriptor::CPPTYPE_INT32:
      return std::to_string(reflection.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return std::to_string(reflection.GetInt64(message, &field));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return RoundedText(reflection.GetDouble(message, &field));
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumText(*reflection.GetEnum(message, &field));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (!reflection.HasField(message, &field)) return "";
      return MessageAsText(reflection.GetMessage(message, &field));
    default:
      return "";
  }
}

std::string ElementText(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.GetRepeatedString(message, &field, index);
    case FieldDescriptor::CPPTYPE_INT32:
      return std::to_string(reflection.GetRepeatedInt32(message, &field, index));
    case FieldDescriptor::CPPTYPE_INT64:
      return std::to_string(reflection.GetRepeatedInt64(message, &field, index));
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumText(*reflection.GetRepeatedEnum(message, &field, index));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageAsText(reflection.GetRepeatedMessage(message, &field, index));
    default:
      return "";
  }
}

std::string ValueText(const Message& message, const FieldDescriptor& field) {
  if (!field.is_repeated()) return SingleText(message, field);
  std::string text;
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
    text += (i == 0 ? "" : ", ") + ElementText(message, field, i);
  }
  return text;
}

void AppendFields(const Message& message, const std::string& prefix,
                  std::vector<std::pair<std::string, std::string>>& texts) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const std::string path = prefix + field->name();
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field->is_repeated()) {
      const Message& child = message.GetReflection()->GetMessage(message, field);
      if (!WholeText(child)) {
        AppendFields(child, path + ".", texts);
        continue;
      }
    }
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && field->is_repeated()) {
      for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
        texts.emplace_back(path + "[" + std::to_string(i) + "]", ElementText(message, *field, i));
      }
      continue;
    }
    texts.emplace_back(path, ValueText(message, *field));
  }
}

}  // namespace

void ShowJalaliTimes() { shows_jalali = true; }

std::string EnumPrefix(const google::protobuf::EnumDescriptor& type) {
  std::string prefix;
  for (const char c : type.name()) {
    if (std::isupper(static_cast<unsigned char>(c)) != 0 && !prefix.empty()) prefix += '_';
    prefix += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return prefix + "_";
}

std::string FieldText(const Message& message, std::string_view path) {
  const std::size_t dot = path.find('.');
  const FieldDescriptor* field =
      message.GetDescriptor()->FindFieldByName(std::string(path.substr(0, dot)));
  if (field == nullptr) return "";
  if (dot == std::string_view::npos) return ValueText(message, *field);
  if (field->is_repeated() || field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return "";
  return FieldText(message.GetReflection()->GetMessage(message, field), path.substr(dot + 1));
}

std::vector<std::pair<std::string, std::string>> FieldTexts(const Message& message) {
  std::vector<std::pair<std::string, std::string>> texts;
  AppendFields(message, "", texts);
  return texts;
}

std::string JsonLine(const Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string json;
  // A message of ours always has a JSON form; a failure would show as an empty object.
  if (!google::protobuf::util::MessageToJsonString(message, &json, options).ok()) json = "{}";
  return json;
}

}  // namespace radyab::cli

#include "clients/cli/field_flags.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>

#include "clients/cli/message_field.h"
#include "clients/cli/verb.h"

namespace radyab::cli {
namespace {

std::string TopOf(std::string_view path) { return std::string(path.substr(0, path.find('.'))); }

void ClearList(google::protobuf::Message& message, const std::string& name) {
  const auto* field = message.GetDescriptor()->FindFieldByName(name);
  if (field != nullptr && field->is_repeated())
    message.GetReflection()->ClearField(&message, field);
}

}  // namespace

FieldFlags::FieldFlags(CLI::App& verb, std::span<const FieldFlag> flags) {
  for (const FieldFlag& flag : flags) {
    Given& given = given_.emplace_back(Given{flag, {}});
    AddTexts(verb, flag.flag, given.values, flag.help);
  }
}

bool FieldFlags::Apply(google::protobuf::Message& message, const ErrorPrinter& errors) const {
  for (const Given& given : given_) {
    if (!given.values.empty()) ClearList(message, TopOf(given.flag.path));
    for (const std::string& value : given.values) {
      if (const auto refusal = SetField(message, given.flag.path, value)) {
        errors.PrintRefusal(given.flag.flag, *refusal);
        return false;
      }
    }
  }
  return true;
}

std::vector<std::string> FieldFlags::GivenFields() const {
  std::vector<std::string> fields;
  for (const Given& given : given_) {
    if (given.values.empty()) continue;
    const std::string field = TopOf(given.flag.path);
    if (std::ranges::find(fields, field) == fields.end()) fields.push_back(field);
  }
  return fields;
}

}  // namespace radyab::cli

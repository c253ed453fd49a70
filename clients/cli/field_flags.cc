#include "clients/cli/field_flags.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "clients/cli/message_field.h"
#include "clients/cli/verb.h"

namespace radyab::cli {
namespace {

void ClearList(google::protobuf::Message& message, const std::string& name) {
  const auto* field = message.GetDescriptor()->FindFieldByName(name);
  if (field != nullptr && field->is_repeated())
    message.GetReflection()->ClearField(&message, field);
}

}  // namespace

FieldFlags::FieldFlags(CLI::App& verb, std::span<const FieldFlag> flags) {
  for (const FieldFlag& flag : flags) {
    Given& given = given_.emplace_back(Given{flag, {}});
    Argument option = AddTexts(verb, flag.flag, given.values, flag.help);
    if (!flag.list) option.Single();
  }
}

bool FieldFlags::Apply(google::protobuf::Message& message, const ErrorPrinter& errors) const {
  for (const Given& given : given_) {
    if (!given.values.empty()) ClearList(message, given.flag.path);
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
    if (!given.values.empty()) fields.emplace_back(given.flag.path);
  }
  return fields;
}

}  // namespace radyab::cli

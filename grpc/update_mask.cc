#include "grpc/update_mask.h"

#include <algorithm>

#include "registry/fault_list.h"

namespace radyab::rpc {
namespace {

constexpr std::size_t kPathBytesShown = 80;

std::string Listed(std::initializer_list<std::string_view> paths) {
  std::string text;
  for (const std::string_view path : paths) {
    if (!text.empty()) text += ", ";
    text += path;
  }
  return text;
}

}  // namespace

absl::StatusOr<std::set<std::string>> FieldsToChange(
    const google::protobuf::FieldMask& mask, std::initializer_list<std::string_view> changeable) {
  if (mask.paths().empty()) {
    return RefuseField("update_mask", "missing; want one or more of " + Listed(changeable),
                       Reason::kMissingField);
  }
  FaultList faults;
  std::set<std::string> fields;
  for (int index = 0; index < mask.paths_size(); ++index) {
    const std::string& path = mask.paths(index);
    if (std::ranges::find(changeable, path) == changeable.end()) {
      faults.Add("update_mask.paths[" + std::to_string(index) + "]",
                 "\"" + path.substr(0, kPathBytesShown) + "\" is no field that can be changed; " +
                     "want one of " + Listed(changeable),
                 Reason::kUnknownField);
    }
    fields.insert(path);
  }
  if (!faults.empty()) return faults.status();
  return fields;
}

}  // namespace radyab::rpc

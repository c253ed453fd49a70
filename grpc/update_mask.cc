#include "grpc/update_mask.h"

#include <algorithm>

#include "registry/fault_list.h"

namespace radyab::rpc {
namespace {

constexpr std::size_t kPathBytesShown = 80;

std::string Listed(const std::vector<std::string>& paths) {
  std::string text;
  for (const std::string& path : paths) {
    if (!text.empty()) text += ", ";
    text += path;
  }
  return text;
}

}  // namespace

absl::StatusOr<std::set<std::string>> FieldsToChange(const google::protobuf::FieldMask& mask,
                                                     const std::vector<std::string>& changeable) {
  if (mask.paths().empty()) {
    return RefuseField("update_mask", "missing; want one or more of " + Listed(changeable),
                       Reason::kMissingField);
  }
  if (mask.paths_size() > kMaskPathsMax) {
    return RefuseField(
        "update_mask.paths",
        std::to_string(mask.paths_size()) + " paths, want at most " + std::to_string(kMaskPathsMax),
        Reason::kLimitExceeded);
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

const google::protobuf::FieldMask& MaskOf(const google::protobuf::Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName("update_mask");
  if (field == nullptr) return google::protobuf::FieldMask::default_instance();
  return static_cast<const google::protobuf::FieldMask&>(
      request.GetReflection()->GetMessage(request, field));
}

}  // namespace radyab::rpc

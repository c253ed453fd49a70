#include "clients/cli/import/import_plan.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "clients/cli/attribute_words.h"
#include "clients/cli/import/event_columns.h"
#include "clients/cli/import/row_fault.h"
#include "clients/cli/message_field.h"
#include "radyab/v1/catalog_service.pb.h"
#include "radyab/v1/class_service.pb.h"
#include "radyab/v1/member_service.pb.h"
#include "radyab/v1/party_service.pb.h"
#include "radyab/v1/trace_service.pb.h"

namespace radyab::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using nlohmann::json;

template <class Row>
const Message& Prototype() {
  return Row::default_instance();
}

constexpr std::array<ImportPlan, 7> kPlans = {{
    {ImportKind::kMembers, "members", Prototype<v1::CreateMemberRequest>, "member", std::nullopt},
    {ImportKind::kClasses, "classes", Prototype<v1::CreateClassRequest>, "class_node",
     std::nullopt},
    {ImportKind::kItems, "items", Prototype<v1::ImportItemRow>, "item", AliasBearer::kItem},
    {ImportKind::kServices, "services", Prototype<v1::CreateServiceRequest>, "service",
     AliasBearer::kService},
    {ImportKind::kParties, "parties", Prototype<v1::CreatePartyRequest>, "party",
     AliasBearer::kParty},
    {ImportKind::kAliases, "aliases", Prototype<v1::AddAliasRequest>, "alias", std::nullopt},
    {ImportKind::kEvents, "events", Prototype<v1::ImportEventRow>, "event", std::nullopt},
}};

constexpr std::string_view kAttribute = "attr.";
constexpr std::string_view kAttributeUnit = "attr_unit.";
constexpr std::string_view kPackageGtin = "gtin_case";
constexpr std::string_view kPackageQuantity = "gtin_case_quantity";
constexpr std::string_view kTemplates = "attributes";
constexpr std::string_view kReferences = "references";
constexpr char kListSeparator = ';';

// The fields that the proto calls output only; no kind of thing has one of these names for another
// purpose.
constexpr std::array<std::string_view, 14> kOutputOnly = {
    "name",         "code",          "etag",    "life",          "create_time",
    "update_time",  "record_time",   "blocks",  "party_code",    "generic",
    "generic_item", "approved_name", "version", "class_versions"};
constexpr std::array<std::string_view, 4> kAliasOutputOnly = {"code", "create_time", "end_time",
                                                              "packaging_level"};

// Short names of columns, and the paths they stand for. The parts of an address go by their names.
std::string PathOfColumn(const google::protobuf::Descriptor& type, std::string_view column) {
  if (column == "name_fa") return "display_name.fa";
  if (column == "name_en") return "display_name.en";
  if (column == "class") return "class_name";
  if (column == "pattern_fa") return "name_pattern.fa";
  if (column == "pattern_en") return "name_pattern.en";
  const std::string path(column);
  const auto* address = type.FindFieldByName("address");
  const bool part = type.FindFieldByName(path) == nullptr && address != nullptr &&
                    HasField(*address->message_type(), path);
  return part ? "address." + path : path;
}

const google::protobuf::Descriptor& ResourceType(const ImportPlan& plan) {
  return *plan.prototype().GetDescriptor()->FindFieldByName(plan.resource)->message_type();
}

bool HasAttributes(const ImportPlan& plan) {
  return plan.kind == ImportKind::kItems || plan.kind == ImportKind::kServices;
}

bool IsAliasColumn(const ImportPlan& plan, std::string_view column) {
  if (!plan.bearer) return false;
  if (column == kPackageGtin || column == kPackageQuantity) {
    return *plan.bearer == AliasBearer::kItem;
  }
  return CanBear(*plan.bearer, column);
}

// A text of the row beside the thing: "request_id", "reserved_code", and the "code" of an alias.
bool IsBeside(const ImportPlan& plan, std::string_view column) {
  if (plan.kind == ImportKind::kEvents) return false;
  const auto* field = plan.prototype().GetDescriptor()->FindFieldByName(std::string(column));
  return field != nullptr && !field->is_repeated() && field->type() == FieldDescriptor::TYPE_STRING;
}

// The list of attributes of an item or service.
google::protobuf::RepeatedPtrField<v1::Attribute>& AttributesOf(const ImportPlan& plan,
                                                                Message& resource) {
  if (plan.kind == ImportKind::kItems)
    return *static_cast<v1::Item&>(resource).mutable_attributes();
  return *static_cast<v1::Service&>(resource).mutable_attributes();
}

// The attribute of the key, made when it is not there yet.
v1::Attribute& AttributeWithKey(const ImportPlan& plan, Message& resource, const std::string& key) {
  auto& list = AttributesOf(plan, resource);
  const auto found = std::ranges::find(list, key, [](const auto& entry) { return entry.key(); });
  if (found != list.end()) return *found;
  v1::Attribute& attribute = *list.Add();
  attribute.set_key(key);
  return attribute;
}

// The aliases of a row; only rows of a bearer have them.
google::protobuf::RepeatedPtrField<v1::Alias>& AliasesOf(const ImportPlan& plan, Message& row) {
  switch (*plan.bearer) {
    case AliasBearer::kItem:
      return *static_cast<v1::ImportItemRow&>(row).mutable_aliases();
    case AliasBearer::kService:
      return *static_cast<v1::CreateServiceRequest&>(row).mutable_aliases();
    default:
      return *static_cast<v1::CreatePartyRequest&>(row).mutable_aliases();
  }
}

// The GTIN of a package stands in two columns, in any order: the alias without the other half waits
// for it.
v1::Alias& PackageAlias(const ImportPlan& plan, Message& row) {
  auto& aliases = AliasesOf(plan, row);
  for (v1::Alias& alias : aliases) {
    const bool half = alias.value().empty() || alias.contained_quantity() < 0;
    if (alias.scheme() == v1::ALIAS_SCHEME_GTIN && half) return alias;
  }
  v1::Alias& alias = *aliases.Add();
  alias.set_scheme(v1::ALIAS_SCHEME_GTIN);
  alias.set_contained_quantity(-1);
  return alias;
}

std::optional<v1::RowFault> SetAlias(const ImportPlan& plan, std::string_view column,
                                     const std::string& cell, Message& row) {
  if (column == kPackageGtin && cell.find('=') != std::string::npos) {
    for (const std::string& word : SplitList(cell)) {
      const auto alias = PackageGtinOf(word);
      if (!alias) return FaultOf(column, alias.refusal().message);
      *AliasesOf(plan, row).Add() = *alias;
    }
    return std::nullopt;
  }
  if (column == kPackageGtin) {
    PackageAlias(plan, row).set_value(cell);
    return std::nullopt;
  }
  if (column == kPackageQuantity) {
    v1::Alias& alias = PackageAlias(plan, row);
    if (SetField(alias, "contained_quantity", cell) || alias.contained_quantity() < 1) {
      alias.set_contained_quantity(0);  // told of here, and not again as missing
      return FaultOf(column, "\"" + cell + "\": want a whole number, 1 or more");
    }
    return std::nullopt;
  }
  const auto scheme = AliasSchemeOf(column);
  for (const std::string& value : SplitList(cell)) {
    v1::Alias& alias = *AliasesOf(plan, row).Add();
    alias.set_scheme(*scheme);
    alias.set_value(value);
  }
  return std::nullopt;
}

std::optional<v1::RowFault> SetTemplates(const std::string& cell, v1::Class& node) {
  for (const std::string& word : SplitList(cell)) {
    const auto attribute = AttributeTemplateOf(word);
    if (!attribute) return FaultOf(kTemplates, attribute.refusal().message);
    *node.add_attributes() = *attribute;
  }
  return std::nullopt;
}

std::optional<v1::RowFault> SetReferences(const std::string& cell, v1::Class& node) {
  for (const std::string& word : SplitList(cell)) {
    const auto reference = CrossReferenceOf(word);
    if (!reference) return FaultOf(kReferences, reference.refusal().message);
    *node.add_cross_references() = *reference;
  }
  return std::nullopt;
}

std::optional<v1::RowFault> SetPath(std::string_view column, const std::string& cell,
                                    Message& resource) {
  const std::string path = PathOfColumn(*resource.GetDescriptor(), column);
  const auto* field = resource.GetDescriptor()->FindFieldByName(path);
  const bool list = field != nullptr && field->is_repeated();
  for (const std::string& value : list ? SplitList(cell) : std::vector<std::string>{cell}) {
    if (const auto refusal = SetField(resource, path, value)) {
      return FaultOf(column, refusal->message);
    }
  }
  return std::nullopt;
}

// The fault of the first field of `message` that stands in `names`.
template <class Names>
std::optional<v1::RowFault> FaultOfGiven(const Message& message, const Names& names,
                                         const std::string& place) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (std::ranges::find(names, field->name()) == names.end()) continue;
    return FaultOf(place + field->name(), "is given by the server and cannot be imported");
  }
  return std::nullopt;
}

std::optional<v1::RowFault> OutputOnlyFault(const ImportPlan& plan, Message& row) {
  auto fault = FaultOfGiven(ResourceOf(plan, row), kOutputOnly, std::string(plan.resource) + ".");
  if (fault || !plan.bearer) return fault;
  auto& aliases = AliasesOf(plan, row);
  for (int i = 0; i < aliases.size() && !fault; ++i) {
    fault = FaultOfGiven(aliases[i], kAliasOutputOnly, "aliases[" + std::to_string(i) + "].");
  }
  return fault;
}

}  // namespace

std::vector<std::string> SplitList(std::string_view cell) {
  std::vector<std::string> values(1);
  for (std::size_t at = 0; at < cell.size(); ++at) {
    const bool escaped = cell[at] == '\\' && at + 1 < cell.size() && cell[at + 1] == kListSeparator;
    if (escaped) ++at;
    if (cell[at] == kListSeparator && !escaped) {
      values.emplace_back();
    } else {
      values.back() += cell[at];
    }
  }
  for (std::string& value : values) absl::StripAsciiWhitespace(&value);
  std::erase(values, "");
  return values;
}

std::string JoinList(const std::vector<std::string>& values) {
  std::string cell;
  for (const std::string& value : values) {
    if (!cell.empty()) cell += kListSeparator;
    for (const char c : value) {
      if (c == kListSeparator) cell += '\\';
      cell += c;
    }
  }
  return cell;
}

void ClearOutputOnly(const ImportPlan& plan, Message& row) {
  const auto clear = [](Message& message, const auto& names) {
    for (const std::string_view name : names) {
      const auto* field = message.GetDescriptor()->FindFieldByName(std::string(name));
      if (field != nullptr) message.GetReflection()->ClearField(&message, field);
    }
  };
  clear(ResourceOf(plan, row), kOutputOnly);
  if (!plan.bearer) return;
  for (v1::Alias& alias : AliasesOf(plan, row)) clear(alias, kAliasOutputOnly);
}

const ImportPlan* FindImportPlan(std::string_view word) {
  const auto found =
      std::ranges::find_if(kPlans, [&](const ImportPlan& plan) { return word == plan.word; });
  return found == kPlans.end() ? nullptr : &*found;
}

std::vector<std::string> ImportWords() {
  std::vector<std::string> words;
  for (const ImportPlan& plan : kPlans) words.emplace_back(plan.word);
  return words;
}

Message& ResourceOf(const ImportPlan& plan, Message& row) {
  return *row.GetReflection()->MutableMessage(&row,
                                              row.GetDescriptor()->FindFieldByName(plan.resource));
}

bool KnowsColumn(const ImportPlan& plan, std::string_view column) {
  if (column == kRefusedBecause || IsBeside(plan, column)) return true;
  if (plan.kind == ImportKind::kEvents && IsObjectColumn(column)) return true;
  if (HasAttributes(plan) &&
      (column.starts_with(kAttribute) || column.starts_with(kAttributeUnit))) {
    return column != kAttribute && column != kAttributeUnit;
  }
  if (plan.kind == ImportKind::kClasses && (column == kTemplates || column == kReferences)) {
    return true;
  }
  if (IsAliasColumn(plan, column)) return true;
  if (IsOutputOnly(plan, column)) return false;
  const std::string path = PathOfColumn(ResourceType(plan), column);
  const auto* field = ResourceType(plan).FindFieldByName(path);
  const bool messages = field != nullptr && field->is_repeated() &&
                        field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
                        plan.kind != ImportKind::kParties;  // contact points, consents: as words
  return !messages && HasField(ResourceType(plan), path);
}

bool IsOutputOnly(const ImportPlan& plan, std::string_view column) {
  if (IsBeside(plan, column)) return false;
  const std::string_view field = column.substr(0, column.find('.'));
  return std::ranges::find(kOutputOnly, field) != kOutputOnly.end() &&
         HasField(ResourceType(plan), field);
}

std::optional<v1::RowFault> SetColumn(const ImportPlan& plan, std::string_view column,
                                      const std::string& cell, Message& row) {
  if (cell.empty()) return std::nullopt;
  if (column == kRefusedBecause) return std::nullopt;
  if (IsBeside(plan, column)) return SetPath(column, cell, row);
  Message& resource = ResourceOf(plan, row);
  if (plan.kind == ImportKind::kEvents && IsObjectColumn(column)) {
    return SetObjectColumn(column, cell, static_cast<v1::Event&>(resource));
  }
  if (HasAttributes(plan) && column.starts_with(kAttribute)) {
    AttributeWithKey(plan, resource, std::string(column.substr(kAttribute.size()))).set_value(cell);
    return std::nullopt;
  }
  if (HasAttributes(plan) && column.starts_with(kAttributeUnit)) {
    AttributeWithKey(plan, resource, std::string(column.substr(kAttributeUnit.size())))
        .set_unit(cell);
    return std::nullopt;
  }
  if (plan.kind == ImportKind::kClasses && column == kTemplates) {
    return SetTemplates(cell, static_cast<v1::Class&>(resource));
  }
  if (plan.kind == ImportKind::kClasses && column == kReferences) {
    return SetReferences(cell, static_cast<v1::Class&>(resource));
  }
  if (IsAliasColumn(plan, column)) return SetAlias(plan, column, cell, row);
  return SetPath(column, cell, resource);
}

std::optional<v1::RowFault> FinishColumns(const ImportPlan& plan, Message& row) {
  if (plan.kind == ImportKind::kEvents) {
    SpreadObjectFacts(static_cast<v1::Event&>(ResourceOf(plan, row)));
  }
  if (!plan.bearer) return std::nullopt;
  for (const v1::Alias& alias : AliasesOf(plan, row)) {
    if (alias.value().empty()) return FaultOf(kPackageGtin, "is missing beside gtin_case_quantity");
    if (alias.contained_quantity() < 0) {
      return FaultOf(kPackageQuantity, "is missing beside gtin_case");
    }
  }
  return std::nullopt;
}

std::optional<v1::RowFault> SetFromJson(const ImportPlan& plan, const std::string& line,
                                        Message& row, bool new_codes) {
  json object;
  try {
    object = json::parse(line);
  } catch (const json::parse_error& fault) {
    return FaultOf("", "no JSON from byte " + std::to_string(fault.byte) + " on", "INVALID_JSON");
  } catch (const json::out_of_range& fault) {
    // "… number overflow parsing '1e999'"
    const std::string_view said = fault.what();
    const std::string number(said.substr(std::min(said.find('\''), said.size())));
    return FaultOf("", "the number " + number + " is larger than any that is stored",
                   "INVALID_JSON");
  }
  if (!object.is_object()) return FaultOf("", "want one JSON object a line", "INVALID_JSON");
  object.erase(std::string(kRefusedBecause));
  if (!object.contains(plan.resource) || !object[plan.resource].is_object()) {
    json whole = json::object();
    for (const char* beside : {"aliases", "request_id", "reserved_code", "code"}) {
      if (row.GetDescriptor()->FindFieldByName(beside) == nullptr || !object.contains(beside)) {
        continue;
      }
      whole[beside] = object[beside];
      object.erase(beside);
    }
    whole[plan.resource] = std::move(object);
    object = std::move(whole);
  }
  const auto status = google::protobuf::util::JsonStringToMessage(
      object.dump(-1, ' ', false, json::error_handler_t::replace), &row);
  if (status.ok() && new_codes) ClearOutputOnly(plan, row);
  if (status.ok()) return OutputOnlyFault(plan, row);
  const auto message = status.message();
  return FaultOf("", std::string(message.data(), message.size()), "INVALID_JSON");
}

}  // namespace radyab::cli

#include "clients/cli/export/row_table.h"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "clients/cli/alias_words.h"
#include "clients/cli/attribute_words.h"
#include "clients/cli/contact_words.h"
#include "clients/cli/output/message_text.h"
#include "radyab/v1/catalog_service.pb.h"
#include "radyab/v1/class_service.pb.h"
#include "radyab/v1/party_service.pb.h"

namespace radyab::cli {
namespace {

using google::protobuf::Message;
using nlohmann::ordered_json;

constexpr std::string_view kAttribute = "attr.", kAttributeUnit = "attr_unit.";

std::vector<std::string> ColumnsOf(const ImportPlan& plan) {
  std::vector<std::string> columns;
  switch (plan.kind) {
    case ImportKind::kMembers:
      return {"name_fa", "name_en", "gs1_company_prefix"};
    case ImportKind::kClasses:
      return {"key_code",   "name_fa",    "name_en",   "attributes",
              "pattern_fa", "pattern_en", "references"};
    case ImportKind::kItems:
      columns = {"member", "class", "name_fa", "name_en", "unit"};
      break;
    case ImportKind::kServices:
      columns = {"member", "class", "name_fa", "name_en"};
      break;
    case ImportKind::kParties:
      columns = {"member",
                 "kind",
                 "roles",
                 "name_fa",
                 "name_en",
                 "phone",
                 "email",
                 "contact_points",
                 "postcode",
                 "city",
                 "street",
                 "number",
                 "unit",
                 "birth_date",
                 "consents",
                 "preferred_channel",
                 "verified_schemes"};
      break;
    case ImportKind::kAliases:
      return {"code", "scheme", "value", "contained_quantity"};
    case ImportKind::kEvents:
      return {};
  }
  for (std::string& scheme : ExportedSchemesOf(*plan.bearer)) {
    const bool gtin = scheme == "gtin";
    columns.push_back(std::move(scheme));
    if (gtin) columns.emplace_back("gtin_case");
  }
  return columns;
}

const google::protobuf::RepeatedPtrField<v1::Attribute>* AttributesOf(const ImportPlan& plan,
                                                                      Message& row) {
  Message& resource = ResourceOf(plan, row);
  if (plan.kind == ImportKind::kItems) return &static_cast<v1::Item&>(resource).attributes();
  if (plan.kind == ImportKind::kServices) return &static_cast<v1::Service&>(resource).attributes();
  return nullptr;
}

std::string AttributeCell(const ImportPlan& plan, Message& row, std::string_view key, bool unit) {
  for (const v1::Attribute& attribute : *AttributesOf(plan, row)) {
    if (attribute.key() == key) return unit ? attribute.unit() : attribute.value();
  }
  return "";
}

const google::protobuf::RepeatedPtrField<v1::Alias>& AliasesOf(const ImportPlan& plan,
                                                               const Message& row) {
  if (plan.kind == ImportKind::kItems) return static_cast<const v1::ImportItemRow&>(row).aliases();
  if (plan.kind == ImportKind::kServices) {
    return static_cast<const v1::CreateServiceRequest&>(row).aliases();
  }
  return static_cast<const v1::CreatePartyRequest&>(row).aliases();
}

std::string AliasCell(const ImportPlan& plan, const Message& row, std::string_view column) {
  const bool of_packages = column == "gtin_case";
  const auto scheme = AliasSchemeOf(of_packages ? "gtin" : column);
  std::vector<std::string> values;
  for (const v1::Alias& alias : AliasesOf(plan, row)) {
    if (!scheme || alias.scheme() != *scheme) continue;
    if ((alias.contained_quantity() > 1) != of_packages) continue;
    values.push_back(of_packages ? alias.value() + "=" + std::to_string(alias.contained_quantity())
                                 : alias.value());
  }
  return JoinList(values);
}

// A contact point or consent of a party.
std::string ElementWord(const Message& element) {
  if (const auto* point = dynamic_cast<const v1::ContactPoint*>(&element)) {
    return ContactPointWord(*point);
  }
  const auto* consent = dynamic_cast<const v1::Consent*>(&element);
  return consent == nullptr ? "" : ConsentWord(*consent);
}

std::string ListCell(const Message& resource, const google::protobuf::FieldDescriptor& field) {
  std::vector<std::string> values;
  const auto& reflection = *resource.GetReflection();
  for (int at = 0; at < reflection.FieldSize(resource, &field); ++at) {
    if (field.cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_ENUM) {
      values.push_back(reflection.GetRepeatedEnum(resource, &field, at)->name());
    } else {
      values.push_back(ElementWord(reflection.GetRepeatedMessage(resource, &field, at)));
    }
  }
  return JoinList(values);
}

std::string TemplatesCell(const v1::Class& node) {
  std::vector<std::string> words;
  for (const auto& attribute : node.attributes()) words.push_back(AttributeTemplateWord(attribute));
  return JoinList(words);
}

std::string ReferencesCell(const v1::Class& node) {
  std::vector<std::string> words;
  for (const auto& reference : node.cross_references()) {
    words.push_back(CrossReferenceWord(reference));
  }
  return JoinList(words);
}

// A cell of a class that is not as its field is.
std::optional<std::string> ClassCell(const v1::Class& node, std::string_view column) {
  if (column == "attributes") return TemplatesCell(node);
  if (column == "references") return ReferencesCell(node);
  if (column == "pattern_fa") return node.name_pattern().fa();
  if (column == "pattern_en") return node.name_pattern().en();
  return std::nullopt;
}

// A text, a number or an enum at a path of the resource, or of the row beside it.
std::string PlainCell(const ImportPlan& plan, Message& row, std::string_view column) {
  const auto& outer = *row.GetDescriptor();
  const bool beside = outer.FindFieldByName(std::string(column)) != nullptr;
  const Message& holder = beside ? row : ResourceOf(plan, row);
  const std::string name = column == "class" ? "class_name" : std::string(column);
  const auto* field = holder.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr) return FieldText(holder, "address." + name);
  const auto& reflection = *holder.GetReflection();
  if (field->is_repeated()) return ListCell(holder, *field);
  switch (field->cpp_type()) {
    case google::protobuf::FieldDescriptor::CPPTYPE_STRING:
      return reflection.GetString(holder, field);
    case google::protobuf::FieldDescriptor::CPPTYPE_ENUM:
      // Of a choice that was not made there is nothing to say.
      return reflection.GetEnumValue(holder, field) == 0
                 ? ""
                 : reflection.GetEnum(holder, field)->name();
    case google::protobuf::FieldDescriptor::CPPTYPE_INT32: {
      const int number = reflection.GetInt32(holder, field);
      return number == 0 ? "" : std::to_string(number);
    }
    default:
      return "";
  }
}

const v1::LocalizedText* NameOf(Message& resource) {
  const auto* field = resource.GetDescriptor()->FindFieldByName("display_name");
  if (field == nullptr) return nullptr;
  return dynamic_cast<const v1::LocalizedText*>(
      &resource.GetReflection()->GetMessage(resource, field));
}

std::string CellOf(const ImportPlan& plan, std::string_view column, Message& row) {
  if (column == "state") return FieldText(ResourceOf(plan, row), "life.state");
  if (column.starts_with(kAttributeUnit)) {
    return AttributeCell(plan, row, column.substr(kAttributeUnit.size()), true);
  }
  if (column.starts_with(kAttribute)) {
    return AttributeCell(plan, row, column.substr(kAttribute.size()), false);
  }
  if (plan.kind == ImportKind::kClasses) {
    const auto cell = ClassCell(static_cast<v1::Class&>(ResourceOf(plan, row)), column);
    if (cell) return *cell;
  }
  const v1::LocalizedText* name = NameOf(ResourceOf(plan, row));
  if (column == "name_fa") return name == nullptr ? "" : name->fa();
  if (column == "name_en") return name == nullptr ? "" : name->en();
  const bool alias = plan.bearer && (column == "gtin_case" || AliasSchemeOf(column).ok());
  return alias ? AliasCell(plan, row, column) : PlainCell(plan, row, column);
}

// Attributes and aliases are told by key and by scheme: their order says nothing.
bool SayTheSame(const Message& one, const Message& other) {
  google::protobuf::util::MessageDifferencer differencer;
  differencer.set_repeated_field_comparison(google::protobuf::util::MessageDifferencer::AS_SET);
  return differencer.Compare(one, other);
}

}  // namespace

std::string_view NameColumn(const ImportPlan& plan) {
  switch (plan.kind) {
    case ImportKind::kMembers:
      return "name";
    case ImportKind::kItems:
    case ImportKind::kServices:
    case ImportKind::kParties:
      return "code";
    default:
      return "";
  }
}

TableColumns::TableColumns(const ImportPlan& plan, bool with_states)
    : plan_(plan), with_states_(with_states) {}

void TableColumns::See(Message& row) {
  const auto* attributes = AttributesOf(plan_, row);
  if (attributes == nullptr) return;
  for (const v1::Attribute& attribute : *attributes) {
    attributes_.insert(attribute.key());
    if (!attribute.unit().empty()) units_.insert(attribute.key());
  }
}

std::vector<std::string> TableColumns::Names() const {
  std::vector<std::string> names;
  if (!NameColumn(plan_).empty()) names.emplace_back(NameColumn(plan_));
  if (with_states_ && NameColumn(plan_) == "code") names.emplace_back("state");
  for (std::string& column : ColumnsOf(plan_)) names.push_back(std::move(column));
  for (const std::string& key : attributes_) names.push_back(std::string(kAttribute) + key);
  for (const std::string& key : units_) names.push_back(std::string(kAttributeUnit) + key);
  return names;
}

std::vector<std::string> CellsOf(const ImportPlan& plan, const std::vector<std::string>& columns,
                                 Message& row, std::string& why) {
  std::vector<std::string> cells;
  const std::unique_ptr<Message> read_back(plan.prototype().New());
  ResourceOf(plan, *read_back);
  bool readable = true;
  for (const std::string& column : columns) {
    cells.push_back(CellOf(plan, column, row));
    if (column == NameColumn(plan) || column == "state") continue;
    if (SetColumn(plan, column, cells.back(), *read_back)) readable = false;
  }
  const std::unique_ptr<Message> meant(plan.prototype().New());
  meant->CopyFrom(row);
  ClearOutputOnly(plan, *meant);
  if (readable && !FinishColumns(plan, *read_back) && SayTheSame(*meant, *read_back)) return cells;
  why = "a table cannot tell " + meant->ShortDebugString() + " so that it is read as the same";
  return {};
}

std::string JsonLineOf(const ImportPlan& plan, Message& row, bool with_states) {
  const std::string column(NameColumn(plan));
  Message& resource = ResourceOf(plan, row);
  const std::string name = column.empty() ? "" : FieldText(resource, column);
  const std::string state = FieldText(resource, "life.state");
  const std::unique_ptr<Message> shown(plan.prototype().New());
  shown->CopyFrom(row);
  ClearOutputOnly(plan, *shown);
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string whole;
  if (!google::protobuf::util::MessageToJsonString(*shown, &whole, options).ok()) return "";
  // The thing alone, with what stands beside it: as people write it.
  ordered_json object = ordered_json::parse(whole);
  ordered_json line = ordered_json::object();
  if (!name.empty()) line[column] = name;
  if (with_states && !state.empty()) line["state"] = state;
  if (object.contains(plan.resource)) line.update(object[plan.resource]);
  for (const auto& [key, value] : object.items()) {
    if (key != plan.resource) line[key] = value;
  }
  return line.dump() + "\n";
}

}  // namespace radyab::cli

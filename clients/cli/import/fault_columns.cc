#include "clients/cli/import/fault_columns.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "clients/cli/message_field.h"
#include "clients/cli/output/message_text.h"
#include "radyab/v1/catalog_service.pb.h"
#include "radyab/v1/party_service.pb.h"

namespace radyab::cli {
namespace {

using google::protobuf::Message;

// Columns whose names are shorter than the paths they stand for.
constexpr std::pair<std::string_view, std::string_view> kShortNames[] = {
    {"display_name.fa", "name_fa"},    {"display_name.en", "name_en"},
    {"class_name", "class"},           {"name_pattern.fa", "pattern_fa"},
    {"name_pattern.en", "pattern_en"}, {"cross_references", "references"},
};

// "attributes[12].unit" of the list "attributes": 12, "unit".
struct Entry {
  std::size_t index = 0;
  std::string_view rest;
};
std::optional<Entry> EntryOf(std::string_view path, std::string_view list) {
  if (!path.starts_with(list) || path.size() <= list.size() || path[list.size()] != '[') {
    return std::nullopt;
  }
  path.remove_prefix(list.size() + 1);
  Entry entry;
  const auto read = std::from_chars(path.data(), path.data() + path.size(), entry.index);
  if (read.ec != std::errc() || read.ptr == path.data() + path.size() || *read.ptr != ']') {
    return std::nullopt;
  }
  entry.rest = path.substr(static_cast<std::size_t>(read.ptr - path.data()) + 1);
  if (entry.rest.starts_with('.')) entry.rest.remove_prefix(1);
  return entry;
}

std::string ColumnOfAlias(const v1::Alias& alias) {
  const bool package = alias.scheme() == v1::ALIAS_SCHEME_GTIN && alias.contained_quantity() > 0;
  return package ? "gtin_case" : FieldText(alias, "scheme");
}

template <class Row>
void TakeAliases(const Message& row, std::vector<std::string>& columns) {
  for (const v1::Alias& alias : static_cast<const Row&>(row).aliases()) {
    columns.push_back(ColumnOfAlias(alias));
  }
}

template <class Thing>
void TakeAttributes(const Message& thing, std::vector<std::string>& keys) {
  for (const auto& attribute : static_cast<const Thing&>(thing).attributes()) {
    keys.push_back(attribute.key());
  }
}

bool Holds(const std::vector<std::string>& header, std::string_view column) {
  return std::ranges::find(header, column) != header.end();
}

}  // namespace

FaultColumns::FaultColumns(const ImportPlan& plan, Message& row)
    : resource_(std::string(plan.resource) + ".") {
  switch (plan.kind) {
    case ImportKind::kItems:
      TakeAttributes<v1::Item>(ResourceOf(plan, row), attributes_);
      TakeAliases<v1::ImportItemRow>(row, aliases_);
      break;
    case ImportKind::kServices:
      TakeAttributes<v1::Service>(ResourceOf(plan, row), attributes_);
      TakeAliases<v1::CreateServiceRequest>(row, aliases_);
      break;
    case ImportKind::kParties:
      TakeAliases<v1::CreatePartyRequest>(row, aliases_);
      break;
    default:
      break;
  }
}

std::string FaultColumns::ColumnOf(std::string_view field,
                                   const std::vector<std::string>& header) const {
  if (Holds(header, field)) return std::string(field);
  std::string_view path = field;
  if (!resource_.empty() && path.starts_with(resource_)) path.remove_prefix(resource_.size());
  if (Holds(header, path)) return std::string(path);
  if (const auto entry = EntryOf(path, "attributes"); entry && entry->index < attributes_.size()) {
    return (entry->rest == "unit" ? "attr_unit." : "attr.") + attributes_[entry->index];
  }
  if (const auto entry = EntryOf(path, "aliases"); entry && entry->index < aliases_.size()) {
    const std::string& column = aliases_[entry->index];
    const bool quantity = column == "gtin_case" && entry->rest == "contained_quantity";
    return quantity && Holds(header, "gtin_case_quantity") ? "gtin_case_quantity" : column;
  }
  const std::string_view whole = path.substr(0, path.find('['));
  for (const auto& [long_name, short_name] : kShortNames) {
    if (long_name == whole && Holds(header, short_name)) return std::string(short_name);
  }
  return std::string(Holds(header, whole) ? whole : path);
}

void TellByColumns(const FaultColumns& columns, const std::vector<std::string>& header,
                   v1::RowVerdict& verdict) {
  for (v1::RowFault& fault : *verdict.mutable_faults()) {
    if (!fault.field().empty()) fault.set_field(columns.ColumnOf(fault.field(), header));
  }
}

}  // namespace radyab::cli

#include "registry/catalog/class_tree.h"

#include <algorithm>
#include <map>
#include <memory>

#include "coding/decimal_quantity.h"
#include "coding/utf8_reader.h"
#include "registry/catalog/name_index.h"
#include "registry/fault_list.h"
#include "registry/page_scan.h"
#include "registry/search/name_notes.h"
#include "registry/stamp.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/parsed_rows.h"
#include "registry/storage/rows.h"

namespace radyab::catalog {
namespace {

using storage::GetRow;
using storage::PutRow;

constexpr std::string_view kNamePrefix = "classes/";
constexpr std::size_t kKeyCodeDigitsMax = 12;
constexpr std::size_t kBirthClassDigits = 4;
constexpr std::size_t kAttributeKeyCharactersMax = 40;

std::string Quoted(std::string_view text) { return "\"" + std::string(text.substr(0, 80)) + "\""; }

bool IsKeyCode(std::string_view text) {
  return !text.empty() && text.size() <= kKeyCodeDigitsMax && text.size() % 2 == 0 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsAttributeKey(std::string_view text) {
  return !text.empty() && text.size() <= kAttributeKeyCharactersMax && text[0] >= 'a' &&
         text[0] <= 'z' && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

// The key code in `classes/KEYCODE` or a bare key code.
absl::StatusOr<std::string> KeyCodeOf(std::string_view name, std::string_view field) {
  std::string_view key_code = name;
  if (key_code.starts_with(kNamePrefix)) key_code.remove_prefix(kNamePrefix.size());
  if (!IsKeyCode(key_code)) {
    return RefuseField(field, Quoted(name) +
                                  " is no class; want classes/ and 2 to 12 digits, two "
                                  "a level");
  }
  return std::string(key_code);
}

absl::Status UnknownClass(std::string_view field, std::string_view key_code) {
  return RefuseField(field, "classes/" + std::string(key_code) + ": there is no such class",
                     Reason::kUnknownClass);
}

void CheckTemplate(const v1::AttributeTemplate& attribute, const std::string& field,
                   FaultList& faults) {
  if (!IsAttributeKey(attribute.key())) {
    faults.Add(field + ".key", Quoted(attribute.key()) +
                                   ": want 1 to 40 lower-case letters, digits and underscores, a "
                                   "letter first");
  }
  faults.AddAll(CheckName(attribute.display_name(), field + ".display_name"));
  const bool is_choice = attribute.type() == v1::ATTRIBUTE_TYPE_CHOICE;
  if (attribute.type() == v1::ATTRIBUTE_TYPE_UNSPECIFIED ||
      !v1::AttributeType_IsValid(attribute.type())) {
    faults.Add(field + ".type", "missing; want TEXT, NUMBER or CHOICE");
  }
  if (!attribute.unit().empty()) {
    if (attribute.type() != v1::ATTRIBUTE_TYPE_NUMBER) {
      faults.Add(field + ".unit", "only a NUMBER has a unit");
    } else if (auto unit = coding::ParseMeasureUnit(attribute.unit()); !unit.ok()) {
      faults.Add(field + ".unit", unit.refusal().message);
    }
  }
  if (is_choice == (attribute.allowed_values_size() == 0)) {
    faults.Add(field + ".allowed_values",
               is_choice ? "missing; a CHOICE needs its values" : "only a CHOICE has them");
  }
  if (attribute.allowed_values_size() > static_cast<int>(kAllowedValuesMax)) {
    faults.Add(field + ".allowed_values", "more than " + std::to_string(kAllowedValuesMax));
  }
}

absl::Status CheckTemplates(const v1::Class& wanted, std::string_view field) {
  FaultList faults;
  faults.AddAll(CheckName(wanted.display_name(), std::string(field) + ".display_name"));
  const std::string path = std::string(field) + ".attributes";
  if (wanted.attributes_size() > static_cast<int>(kAttributesMax)) {
    faults.Add(path, "more than " + std::to_string(kAttributesMax));
    return faults.status();
  }
  std::set<std::string> keys;
  for (int i = 0; i < wanted.attributes_size(); ++i) {
    const std::string one = path + "[" + std::to_string(i) + "]";
    CheckTemplate(wanted.attributes(i), one, faults);
    if (!keys.insert(wanted.attributes(i).key()).second) {
      faults.Add(one + ".key", Quoted(wanted.attributes(i).key()) + " stands twice");
    }
  }
  return faults.status();
}

absl::StatusOr<std::optional<v1::Class>> Find(storage::ReadTransaction& transaction,
                                              std::string_view key_code) {
  return GetRow<v1::Class>(transaction, keyspace::Class(key_code));
}

using Templates = std::map<std::string_view, const v1::AttributeTemplate*>;

// The classes one item is checked against, from the first level down, and what they want together.
struct Lineage {
  std::vector<std::shared_ptr<const v1::Class>> classes;
  Templates templates;  // points into the classes
};

// The templates of a class and its ancestors; a deeper class's line stands for an ancestor's with
// the same key.
absl::StatusOr<Lineage> LineageOf(storage::ReadTransaction& transaction,
                                  const std::string& key_code, std::string_view field) {
  Lineage lineage;
  for (std::size_t length = 2; length <= key_code.size(); length += 2) {
    auto node = storage::GetParsedRow<v1::Class>(
        transaction, keyspace::Class(std::string_view(key_code).substr(0, length)));
    if (!node.ok()) return node.status();
    if (*node == nullptr) return UnknownClass(field, key_code);
    for (const auto& attribute : (*node)->attributes()) {
      lineage.templates[attribute.key()] = &attribute;
    }
    lineage.classes.push_back(*std::move(node));
  }
  return lineage;
}

void CheckValue(const v1::Attribute& attribute, const v1::AttributeTemplate& wanted,
                const std::string& field, FaultList& faults) {
  const std::string value_field = field + ".value";
  if (attribute.value().empty()) {
    faults.Add(value_field, "missing", Reason::kMissingAttribute);
    return;
  }
  if (coding::CountCharacters(attribute.value(), attribute.value().size()) >
      kAttributeCharactersMax) {
    faults.Add(value_field,
               "longer than " + std::to_string(kAttributeCharactersMax) + " characters",
               Reason::kWrongAttribute);
    return;
  }
  if (!attribute.unit().empty() && attribute.unit() != wanted.unit()) {
    faults.Add(field + ".unit",
               Quoted(attribute.unit()) + ": want " +
                   (wanted.unit().empty() ? "no unit" : Quoted(wanted.unit())),
               Reason::kWrongAttribute);
  }
  if (wanted.type() == v1::ATTRIBUTE_TYPE_NUMBER) {
    if (auto number = coding::ParseDecimal(attribute.value()); !number.ok()) {
      faults.Add(value_field, number.refusal().message, Reason::kWrongAttribute);
    }
  }
  if (wanted.type() == v1::ATTRIBUTE_TYPE_CHOICE) {
    const auto& allowed = wanted.allowed_values();
    if (std::find(allowed.begin(), allowed.end(), attribute.value()) == allowed.end()) {
      std::string list;
      for (int i = 0; i < std::min(allowed.size(), 10); ++i) list += (i ? ", " : "") + allowed[i];
      faults.Add(value_field, Quoted(attribute.value()) + ": want one of " + list,
                 Reason::kWrongAttribute);
    }
  }
}

void CheckAttributes(const Templates& templates, const Attributes& attributes,
                     const std::string& key_code, FaultList& faults) {
  if (attributes.size() > static_cast<int>(kAttributesGivenMax)) {
    faults.Add("attributes", std::to_string(attributes.size()) + " given, want at most " +
                                 std::to_string(kAttributesGivenMax));
    return;
  }
  std::set<std::string_view> given;
  for (int i = 0; i < attributes.size(); ++i) {
    const std::string field = "attributes[" + std::to_string(i) + "]";
    const auto wanted = templates.find(attributes[i].key());
    if (wanted == templates.end()) {
      faults.Add(field + ".key",
                 Quoted(attributes[i].key()) + " is no attribute of classes/" + key_code,
                 Reason::kUnknownAttribute);
    } else if (!given.insert(attributes[i].key()).second) {
      faults.Add(field + ".key", Quoted(attributes[i].key()) + " stands twice",
                 Reason::kWrongAttribute);
    } else {
      CheckValue(attributes[i], *wanted->second, field, faults);
    }
  }
  for (const auto& [key, wanted] : templates) {
    if (wanted->required() && !given.contains(key)) {
      faults.Add("attributes", Quoted(key) + " is missing; classes/" + key_code + " requires it",
                 Reason::kMissingAttribute);
    }
  }
}

}  // namespace

absl::StatusOr<v1::Class> CreateClass(storage::WriteTransaction& transaction,
                                      const v1::Class& wanted) {
  FaultList faults;
  const std::string& key_code = wanted.key_code();
  if (!IsKeyCode(key_code)) {
    faults.Add("class_node.key_code",
               Quoted(key_code) + ": want 2, 4, 6, 8, 10 or 12 digits, two a level");
  }
  faults.AddAll(CheckTemplates(wanted, "class_node"));
  if (!faults.empty()) return faults.status();
  if (key_code.size() > 2) {
    const std::string parent = key_code.substr(0, key_code.size() - 2);
    auto found = Find(transaction, parent);
    if (!found.ok()) return found.status();
    if (!found->has_value()) return UnknownClass("class_node.key_code", parent);
  }
  auto present = Find(transaction, key_code);
  if (!present.ok()) return present.status();
  if (present->has_value()) {
    return Refuse(absl::StatusCode::kAlreadyExists, Reason::kAlreadyExists,
                  "class_node.key_code: classes/" + key_code + " is there already",
                  {{"resource", "classes/" + key_code}});
  }
  v1::Class node = wanted;
  node.set_name(std::string(kNamePrefix) + key_code);
  node.clear_create_time();
  Stamp(transaction, node);
  if (auto status = PutRow(transaction, keyspace::Class(key_code), node); !status.ok()) {
    return status;
  }
  auto noted = search::NoteNew(transaction, search::ThingOfClass(key_code));
  if (!noted.ok()) return noted;
  return node;
}

absl::StatusOr<v1::Class> GetClass(storage::ReadTransaction& transaction, std::string_view name) {
  auto key_code = KeyCodeOf(name, "name");
  if (!key_code.ok()) return key_code.status();
  auto found = Find(transaction, *key_code);
  if (!found.ok()) return found.status();
  if (!found->has_value()) return NotFound(std::string(kNamePrefix) + *key_code);
  return std::move(**found);
}

absl::StatusOr<Page<v1::Class>> ListClasses(storage::ReadTransaction& transaction,
                                            std::string_view parent, const PageRequest& page) {
  std::string key_code;
  if (!parent.empty()) {
    auto parsed = KeyCodeOf(parent, "parent");
    if (!parsed.ok()) return parsed.status();
    key_code = *parsed;
  }
  return PageOfRows<v1::Class>(transaction, keyspace::ClassPrefix(key_code), page);
}

absl::StatusOr<v1::Class> UpdateClass(storage::WriteTransaction& transaction,
                                      const v1::Class& wanted,
                                      const std::set<std::string>& fields) {
  auto key_code = KeyCodeOf(wanted.name(), "class_node.name");
  if (!key_code.ok()) return key_code.status();
  auto found = GetClass(transaction, wanted.name());
  if (!found.ok()) return found.status();
  v1::Class node = *std::move(found);
  if (auto status = CheckEtag(wanted.etag(), node.etag(), node.name()); !status.ok()) {
    return status;
  }
  auto noted =
      search::NoteRenamed(transaction, search::ThingOfClass(*key_code), node.display_name());
  if (!noted.ok()) return noted;
  const v1::LocalizedText& name = wanted.display_name();
  if (fields.contains("display_name")) *node.mutable_display_name() = name;
  if (fields.contains("display_name.fa")) node.mutable_display_name()->set_fa(name.fa());
  if (fields.contains("display_name.en")) node.mutable_display_name()->set_en(name.en());
  if (fields.contains("attributes")) *node.mutable_attributes() = wanted.attributes();
  if (auto status = CheckTemplates(node, "class_node"); !status.ok()) return status;
  Stamp(transaction, node);
  if (auto status = PutRow(transaction, keyspace::Class(*key_code), node); !status.ok()) {
    return status;
  }
  return node;
}

absl::StatusOr<std::uint32_t> CheckAgainstClass(storage::ReadTransaction& transaction,
                                                std::string_view class_name,
                                                const Attributes& attributes) {
  if (class_name.empty()) {
    return RefuseField("class_name", "missing; want classes/ and 4 to 12 digits",
                       Reason::kMissingField);
  }
  auto key_code = KeyCodeOf(class_name, "class_name");
  if (!key_code.ok()) return key_code.status();
  if (key_code->size() < kBirthClassDigits) {
    return RefuseField("class_name", Quoted(class_name) + " has one level, want at least two");
  }
  auto lineage = LineageOf(transaction, *key_code, "class_name");
  if (!lineage.ok()) return lineage.status();
  FaultList faults;
  CheckAttributes(lineage->templates, attributes, *key_code, faults);
  if (!faults.empty()) return faults.status();
  return static_cast<std::uint32_t>(std::stoul(key_code->substr(0, kBirthClassDigits)));
}

}  // namespace radyab::catalog

#include "registry/catalog/class_tree.h"

#include <algorithm>

#include "coding/decimal_quantity.h"
#include "coding/utf8_reader.h"
#include "registry/catalog/class_check.h"
#include "registry/catalog/class_lineage.h"
#include "registry/catalog/identity.h"
#include "registry/fault_list.h"
#include "registry/page_scan.h"
#include "registry/search/name_notes.h"
#include "registry/stamp.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"

namespace radyab::catalog {
namespace {

using storage::GetRow;
using storage::PutRow;

constexpr std::string_view kNamePrefix = "classes/";
constexpr std::size_t kKeyCodeDigitsMax = 12;
constexpr std::size_t kBirthClassDigits = 4;

std::string Quoted(std::string_view text) { return "\"" + std::string(text.substr(0, 80)) + "\""; }

bool IsKeyCode(std::string_view text) {
  return !text.empty() && text.size() <= kKeyCodeDigitsMax && text.size() % 2 == 0 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
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

absl::StatusOr<std::optional<v1::Class>> Find(storage::ReadTransaction& transaction,
                                              std::string_view key_code) {
  return GetRow<v1::Class>(transaction, keyspace::Class(key_code));
}

// The classes above `key_code`; nobody where it is no key code or has one level.
absl::StatusOr<Lineage> AncestorsOf(storage::ReadTransaction& transaction,
                                    std::string_view key_code) {
  if (!IsKeyCode(key_code)) return Lineage{};
  return LineageOf(transaction, key_code.substr(0, key_code.size() - 2), "class_node.key_code");
}

// A class that items may be of, and its ancestors.
struct Node {
  std::string key_code;
  Lineage lineage;

  std::uint32_t birth_class() const {
    return static_cast<std::uint32_t>(std::stoul(key_code.substr(0, kBirthClassDigits)));
  }
};

absl::StatusOr<Node> NodeOf(storage::ReadTransaction& transaction, std::string_view class_name) {
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
  return Node{*std::move(key_code), *std::move(lineage)};
}

std::vector<std::int64_t> VersionsOf(const Lineage& lineage) {
  std::vector<std::int64_t> versions;
  for (const auto& node : lineage.classes) versions.push_back(node->version());
  return versions;
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
  auto above = AncestorsOf(transaction, key_code);
  if (above.ok()) {
    faults.AddAll(CheckClass(wanted, *above, "class_node"));
  } else {
    faults.AddAll(above.status());
  }
  if (!faults.empty()) return faults.status();
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
  node.set_version(1);
  Stamp(transaction, node);
  if (auto status = PutRow(transaction, keyspace::Class(key_code), node); !status.ok()) {
    return status;
  }
  auto noted = search::NoteNew(transaction, search::ThingOfClass(key_code));
  if (!noted.ok()) return noted;
  return node;
}

absl::StatusOr<v1::Class> GetClass(storage::ReadTransaction& transaction, std::string_view name,
                                   std::int64_t version) {
  auto key_code = KeyCodeOf(name, "name");
  if (!key_code.ok()) return key_code.status();
  auto found = Find(transaction, *key_code);
  if (!found.ok()) return found.status();
  if (!found->has_value()) return NotFound(std::string(kNamePrefix) + *key_code);
  if (version == 0 || version == (*found)->version()) return std::move(**found);
  if (version < 0) {
    return RefuseField("version", std::to_string(version) +
                                      ": want 1 or more, or 0 for the class "
                                      "as it is");
  }
  auto earlier = GetRow<v1::Class>(
      transaction, keyspace::ClassVersion(*key_code, static_cast<std::uint64_t>(version)));
  if (!earlier.ok()) return earlier.status();
  if (earlier->has_value()) return std::move(**earlier);
  return NotFound(std::string(kNamePrefix) + *key_code + " version " + std::to_string(version));
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
  if (node.version() > 0) {
    const auto version = static_cast<std::uint64_t>(node.version());
    auto kept = PutRow(transaction, keyspace::ClassVersion(*key_code, version), node);
    if (!kept.ok()) return kept;
  }
  auto noted =
      search::NoteRenamed(transaction, search::ThingOfClass(*key_code), node.display_name());
  if (!noted.ok()) return noted;
  const v1::LocalizedText& name = wanted.display_name();
  if (fields.contains("display_name")) *node.mutable_display_name() = name;
  if (fields.contains("display_name.fa")) node.mutable_display_name()->set_fa(name.fa());
  if (fields.contains("display_name.en")) node.mutable_display_name()->set_en(name.en());
  if (fields.contains("attributes")) *node.mutable_attributes() = wanted.attributes();
  const v1::LocalizedText& pattern = wanted.name_pattern();
  if (fields.contains("name_pattern")) *node.mutable_name_pattern() = pattern;
  if (fields.contains("name_pattern.fa")) node.mutable_name_pattern()->set_fa(pattern.fa());
  if (fields.contains("name_pattern.en")) node.mutable_name_pattern()->set_en(pattern.en());
  if (fields.contains("cross_references")) {
    *node.mutable_cross_references() = wanted.cross_references();
  }
  auto above = AncestorsOf(transaction, *key_code);
  if (!above.ok()) return above.status();
  if (auto status = CheckClass(node, *above, "class_node"); !status.ok()) return status;
  node.set_version(node.version() + 1);
  Stamp(transaction, node);
  if (auto status = PutRow(transaction, keyspace::Class(*key_code), node); !status.ok()) {
    return status;
  }
  return node;
}

absl::StatusOr<ClassFit> CheckAgainstClass(storage::ReadTransaction& transaction,
                                           std::string_view class_name,
                                           const Attributes& attributes) {
  auto node = NodeOf(transaction, class_name);
  if (!node.ok()) return node.status();
  FaultList faults;
  CheckAttributes(node->lineage.templates, attributes, node->key_code, faults);
  if (!faults.empty()) return faults.status();
  auto approved_name = ApprovedName(node->lineage, attributes);
  if (!approved_name.ok()) return approved_name.status();
  return ClassFit{node->birth_class(), *std::move(approved_name), VersionsOf(node->lineage),
                  IdentityText(node->lineage, attributes)};
}

absl::StatusOr<std::uint32_t> BirthClass(storage::ReadTransaction& transaction,
                                         std::string_view class_name) {
  auto node = NodeOf(transaction, class_name);
  if (!node.ok()) return node.status();
  return node->birth_class();
}

}  // namespace radyab::catalog

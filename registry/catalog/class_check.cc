#include "registry/catalog/class_check.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "coding/decimal_quantity.h"
#include "coding/utf8_reader.h"
#include "registry/catalog/name_index.h"
#include "registry/catalog/name_pattern.h"
#include "registry/fault_list.h"

namespace radyab::catalog {
namespace {

constexpr std::size_t kAttributeKeyCharactersMax = 40;

std::string Quoted(std::string_view text) { return "\"" + std::string(text.substr(0, 80)) + "\""; }

std::string At(std::string_view field, int index) {
  return std::string(field) + "[" + std::to_string(index) + "]";
}

bool IsDigits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool IsAttributeKey(std::string_view text) {
  return !text.empty() && text.size() <= kAttributeKeyCharactersMax && text[0] >= 'a' &&
         text[0] <= 'z' && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

void CheckAllowedValues(const v1::AttributeTemplate& attribute, const std::string& field,
                        FaultList& faults) {
  const bool is_choice = attribute.type() == v1::ATTRIBUTE_TYPE_CHOICE;
  const int values = attribute.allowed_values_size(), names = attribute.allowed_value_names_size();
  if (is_choice == (values == 0)) {
    faults.Add(field + ".allowed_values",
               is_choice ? "missing; a CHOICE needs its values" : "only a CHOICE has them");
  }
  if (values > static_cast<int>(kAllowedValuesMax)) {
    faults.Add(field + ".allowed_values", "more than " + std::to_string(kAllowedValuesMax));
  }
  if (names != 0 && names != values) {
    faults.Add(field + ".allowed_value_names", std::to_string(names) + " names for " +
                                                   std::to_string(values) +
                                                   " values; want one for each, or none");
    return;
  }
  for (int i = 0; i < names; ++i) {
    faults.AddAll(
        CheckName(attribute.allowed_value_names(i), At(field + ".allowed_value_names", i)));
  }
}

void CheckTemplate(const v1::AttributeTemplate& attribute, const std::string& field,
                   FaultList& faults) {
  if (!IsAttributeKey(attribute.key())) {
    faults.Add(field + ".key", Quoted(attribute.key()) +
                                   ": want 1 to 40 lower-case letters, digits and underscores, a "
                                   "letter first");
  } else if (attribute.key() == kBaseKey) {
    faults.Add(field + ".key", "\"base\" is what a name pattern calls the name of the class");
  }
  faults.AddAll(CheckName(attribute.display_name(), field + ".display_name"));
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
  CheckAllowedValues(attribute, field, faults);
}

void CheckTemplates(const v1::Class& wanted, const std::string& field, FaultList& faults) {
  if (wanted.attributes_size() > static_cast<int>(kAttributesMax)) {
    faults.Add(field, "more than " + std::to_string(kAttributesMax));
    return;
  }
  std::set<std::string> keys;
  for (int i = 0; i < wanted.attributes_size(); ++i) {
    CheckTemplate(wanted.attributes(i), At(field, i), faults);
    if (!keys.insert(wanted.attributes(i).key()).second) {
      faults.Add(At(field, i) + ".key", Quoted(wanted.attributes(i).key()) + " stands twice");
    }
  }
}

void CheckPattern(std::string_view pattern, const Templates& templates, const std::string& field,
                  FaultList& faults) {
  if (coding::CountCharacters(pattern, pattern.size()) > kPatternCharactersMax) {
    faults.Add(field, "longer than " + std::to_string(kPatternCharactersMax) + " characters");
    return;
  }
  std::string fault;
  const auto pieces = ReadNamePattern(pattern, fault);
  if (!pieces) {
    faults.Add(field, Quoted(pattern) + ": " + fault);
    return;
  }
  for (const PatternPiece& piece : *pieces) {
    if (piece.what != PatternPiece::What::kKey || piece.text == kBaseKey) continue;
    const auto attribute = templates.find(piece.text);
    if (attribute == templates.end()) {
      faults.Add(
          field,
          "{" + piece.text.substr(0, 80) + "} is no attribute of the class or of those above it",
          Reason::kUnknownAttribute);
    } else if (piece.group == 0 && !attribute->second->required()) {
      faults.Add(field, "{" + piece.text +
                            "} may be left out of an item; put it in [ ] with the text that goes "
                            "with it");
    }
  }
}

// Digits, and so many of them: each scheme's own lengths.
struct CodeForm {
  v1::ClassificationScheme scheme;
  std::vector<std::size_t> lengths;
  char first;  // 0: any digit
  std::string_view want;
};

const std::vector<CodeForm>& CodeForms() {
  static const std::vector<CodeForm> forms = {
      {v1::CLASSIFICATION_SCHEME_UNSPSC, {8}, 0, "8 digits"},
      {v1::CLASSIFICATION_SCHEME_GPC, {8}, '1', "a brick of 8 digits beginning with 1"},
      {v1::CLASSIFICATION_SCHEME_HS, {4, 6, 8, 10}, 0, "4, 6, 8 or 10 digits"},
      {v1::CLASSIFICATION_SCHEME_ISIC, {2, 3, 4}, 0, "2 to 4 digits"},
      {v1::CLASSIFICATION_SCHEME_ECLASS, {8}, 0, "8 digits"}};
  return forms;
}

void CheckCrossReferences(const v1::Class& wanted, const std::string& field, FaultList& faults) {
  if (wanted.cross_references_size() > static_cast<int>(kCrossReferencesMax)) {
    faults.Add(field, "more than " + std::to_string(kCrossReferencesMax));
    return;
  }
  std::set<std::pair<int, std::string>> seen;
  for (int i = 0; i < wanted.cross_references_size(); ++i) {
    const v1::CrossReference& reference = wanted.cross_references(i);
    const auto form = std::ranges::find(CodeForms(), reference.scheme(), &CodeForm::scheme);
    if (form == CodeForms().end()) {
      faults.Add(At(field, i) + ".scheme", "missing; want UNSPSC, GPC, HS, ISIC or ECLASS");
      continue;
    }
    const std::string& code = reference.code();
    const bool fits = IsDigits(code) && std::ranges::count(form->lengths, code.size()) == 1 &&
                      (form->first == 0 || code[0] == form->first);
    if (!fits) {
      faults.Add(At(field, i) + ".code", Quoted(code) + ": want " + std::string(form->want));
    } else if (!seen.emplace(reference.scheme(), code).second) {
      faults.Add(At(field, i), Quoted(code) + " stands twice");
    }
  }
}

}  // namespace

absl::Status CheckClass(const v1::Class& wanted, const Lineage& above, std::string_view field) {
  const std::string path(field);
  FaultList faults;
  faults.AddAll(CheckName(wanted.display_name(), path + ".display_name"));
  CheckTemplates(wanted, path + ".attributes", faults);
  Templates templates = above.templates;
  for (const auto& attribute : wanted.attributes()) templates[attribute.key()] = &attribute;
  const v1::LocalizedText& pattern = wanted.name_pattern();
  CheckPattern(pattern.fa(), templates, path + ".name_pattern.fa", faults);
  CheckPattern(pattern.en(), templates, path + ".name_pattern.en", faults);
  CheckCrossReferences(wanted, path + ".cross_references", faults);
  return faults.status();
}

}  // namespace radyab::catalog

#include "clients/cli/attribute_words.h"

#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "clients/cli/message_field.h"
#include "clients/cli/output/message_text.h"

namespace radyab::cli {
namespace {

using coding::Parsed;
using coding::Refusal;
using coding::RefusalReason;

Refusal Unfit(std::string_view word, const std::string& want) {
  return Refusal{.reason = RefusalReason::kOutOfRange,
                 .at = 0,
                 .length = 0,
                 .message = "attribute \"" + std::string(word.substr(0, 80)) + "\": want " + want};
}

constexpr const char* kTemplateForm =
    "KEY:TYPE[:required][:identifying][:unit=U][:values=a|b][:values_fa=…][:values_en=…][:fa=NAME]"
    "[:en=NAME], TYPE one of text, number, choice, as many value names as values";
constexpr const char* kReferenceForm =
    "SCHEME=CODE, SCHEME one of unspsc, gpc, hs, isic, eclass: hs=040610";

// The name of one value in one language.
using SetName = void (*)(v1::LocalizedText& name, std::string text);

void SetPersian(v1::LocalizedText& name, std::string text) { name.set_fa(std::move(text)); }
void SetEnglish(v1::LocalizedText& name, std::string text) { name.set_en(std::move(text)); }

void NameValues(const std::string& words, SetName set, v1::AttributeTemplate& attribute) {
  int number = 0;
  for (const absl::string_view word : absl::StrSplit(words, '|')) {
    auto& names = *attribute.mutable_allowed_value_names();
    set(number < names.size() ? *names.Mutable(number) : *names.Add(), std::string(word));
    ++number;
  }
}

bool TakeMark(std::string_view name, v1::AttributeTemplate& attribute) {
  if (name == "required") {
    attribute.set_required(true);
  } else if (name == "identifying") {
    attribute.set_identifying(true);
  } else {
    return false;
  }
  return true;
}

// Takes one part behind the type; false when it is none.
bool TakePart(std::string_view part, v1::AttributeTemplate& attribute) {
  const std::size_t equals = part.find('=');
  const std::string_view name = part.substr(0, equals);
  if (equals == std::string_view::npos) return TakeMark(name, attribute);
  const std::string value(part.substr(equals + 1));
  if (name == "unit") {
    attribute.set_unit(value);
  } else if (name == "fa") {
    attribute.mutable_display_name()->set_fa(value);
  } else if (name == "en") {
    attribute.mutable_display_name()->set_en(value);
  } else if (name == "values") {
    for (const absl::string_view choice : absl::StrSplit(value, '|')) {
      attribute.add_allowed_values(std::string(choice));
    }
  } else if (name == "values_fa") {
    NameValues(value, &SetPersian, attribute);
  } else if (name == "values_en") {
    NameValues(value, &SetEnglish, attribute);
  } else {
    return false;
  }
  return true;
}

// The names of all values in one language behind `head`; empty when no value has one.
template <class Text>
std::string ValueNames(std::string_view head, const v1::AttributeTemplate& attribute, Text text) {
  std::string words;
  bool named = false;
  for (int i = 0; i < attribute.allowed_value_names_size(); ++i) {
    const std::string& name = text(attribute.allowed_value_names(i));
    words += (i == 0 ? "" : "|") + name;
    named = named || !name.empty();
  }
  return named ? std::string(head) + words : "";
}

}  // namespace

Parsed<v1::Attribute> AttributeOf(std::string_view word) {
  const std::size_t equals = word.find('=');
  if (equals == std::string_view::npos || equals == 0) return Unfit(word, "KEY=VALUE");
  v1::Attribute attribute;
  attribute.set_key(std::string(word.substr(0, equals)));
  attribute.set_value(std::string(word.substr(equals + 1)));
  return attribute;
}

Parsed<v1::CrossReference> CrossReferenceOf(std::string_view word) {
  const std::size_t equals = word.find('=');
  v1::CrossReference reference;
  if (equals == std::string_view::npos || equals == 0 ||
      SetField(reference, "scheme", word.substr(0, equals))) {
    return Refusal{.reason = RefusalReason::kOutOfRange,
                   .at = 0,
                   .length = 0,
                   .message = "cross-reference \"" + std::string(word.substr(0, 80)) + "\": want " +
                              kReferenceForm};
  }
  reference.set_code(std::string(word.substr(equals + 1)));
  return reference;
}

std::string CrossReferenceWord(const v1::CrossReference& reference) {
  return FieldText(reference, "scheme") + "=" + reference.code();
}

Parsed<v1::AttributeTemplate> AttributeTemplateOf(std::string_view word) {
  const std::vector<std::string> parts = absl::StrSplit(std::string(word), ':');
  v1::AttributeTemplate attribute;
  attribute.set_key(parts[0]);
  if (parts.size() < 2 || parts[0].empty() || SetField(attribute, "type", parts[1])) {
    return Unfit(word, kTemplateForm);
  }
  for (std::size_t i = 2; i < parts.size(); ++i) {
    if (!TakePart(parts[i], attribute)) return Unfit(word, kTemplateForm);
  }
  const int names = attribute.allowed_value_names_size();
  if (names != 0 && names != attribute.allowed_values_size()) return Unfit(word, kTemplateForm);
  v1::LocalizedText& name = *attribute.mutable_display_name();
  if (name.fa().empty() && name.en().empty()) name.set_en(attribute.key());
  return attribute;
}

std::string AttributeTemplateWord(const v1::AttributeTemplate& attribute) {
  std::string word = attribute.key() + ":" + FieldText(attribute, "type");
  if (attribute.required()) word += ":required";
  if (attribute.identifying()) word += ":identifying";
  if (!attribute.unit().empty()) word += ":unit=" + attribute.unit();
  std::string values;
  for (const auto& value : attribute.allowed_values())
    values += (values.empty() ? "" : "|") + value;
  if (!values.empty()) word += ":values=" + values;
  word += ValueNames(":values_fa=", attribute,
                     [](const auto& name) -> const std::string& { return name.fa(); });
  word += ValueNames(":values_en=", attribute,
                     [](const auto& name) -> const std::string& { return name.en(); });
  const v1::LocalizedText& name = attribute.display_name();
  if (!name.fa().empty()) word += ":fa=" + name.fa();
  const bool key_is_name = name.fa().empty() && name.en() == attribute.key();
  if (!name.en().empty() && !key_is_name) word += ":en=" + name.en();
  return word;
}

}  // namespace radyab::cli

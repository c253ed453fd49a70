#include "registry/catalog/approved_name.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "coding/utf8_reader.h"
#include "registry/catalog/name_pattern.h"
#include "registry/reason.h"

namespace radyab::catalog {
namespace {

enum class Language { kPersian, kEnglish };

const std::string& In(Language language, const v1::LocalizedText& text) {
  return language == Language::kPersian ? text.fa() : text.en();
}

const std::string& InOrOther(Language language, const v1::LocalizedText& text) {
  const std::string& own = In(language, text);
  if (!own.empty()) return own;
  return language == Language::kPersian ? text.en() : text.fa();
}

// "1.5" as it is written in Persian.
std::string PersianNumber(std::string_view number) {
  std::string text;
  for (const char c : number) {
    if (c >= '0' && c <= '9') {
      text += '\xDB';  // U+06F0 to U+06F9
      text += static_cast<char>(0xB0 + (c - '0'));
    } else if (c == '.') {
      text += "\xD9\xAB";  // U+066B
    } else {
      text += c;
    }
  }
  return text;
}

std::string ValueText(Language language, const v1::AttributeTemplate& attribute,
                      const std::string& value) {
  if (attribute.type() == v1::ATTRIBUTE_TYPE_NUMBER && language == Language::kPersian) {
    return PersianNumber(value);
  }
  if (attribute.allowed_value_names_size() == 0) return value;
  const auto& values = attribute.allowed_values();
  const auto place = std::find(values.begin(), values.end(), value) - values.begin();
  if (place >= attribute.allowed_value_names_size()) return value;
  return InOrOther(language, attribute.allowed_value_names(static_cast<int>(place)));
}

const v1::Class* NearestWithPattern(const Lineage& lineage) {
  for (auto node = lineage.classes.rbegin(); node != lineage.classes.rend(); ++node) {
    const v1::LocalizedText& pattern = (*node)->name_pattern();
    if (!pattern.fa().empty() || !pattern.en().empty()) return node->get();
  }
  return nullptr;
}

std::string NameIn(Language language, const v1::LocalizedText& pattern, const Lineage& lineage,
                   const Attributes& attributes) {
  std::string fault;
  const auto pieces = ReadNamePattern(In(language, pattern), fault);
  if (!pieces) return "";  // CheckClass lets none in
  return BuildName(*pieces, [&](std::string_view key) -> std::optional<std::string> {
    if (key == kBaseKey) return InOrOther(language, lineage.classes.back()->display_name());
    const auto wanted = lineage.templates.find(key);
    const auto given = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const auto& one) { return one.key() == key; });
    if (wanted == lineage.templates.end() || given == attributes.end()) return std::nullopt;
    return ValueText(language, *wanted->second, given->value());
  });
}

}  // namespace

absl::StatusOr<v1::LocalizedText> ApprovedName(const Lineage& lineage,
                                               const Attributes& attributes) {
  v1::LocalizedText name;
  const v1::Class* node = NearestWithPattern(lineage);
  if (node == nullptr) return name;
  name.set_fa(NameIn(Language::kPersian, node->name_pattern(), lineage, attributes));
  name.set_en(NameIn(Language::kEnglish, node->name_pattern(), lineage, attributes));
  for (const std::string* text : {&name.fa(), &name.en()}) {
    const std::size_t count = coding::CountCharacters(*text, text->size());
    if (count > kApprovedNameCharactersMax) {
      return RefuseField("attributes", "the approved name would have " + std::to_string(count) +
                                           " characters, want at most " +
                                           std::to_string(kApprovedNameCharactersMax));
    }
  }
  return name;
}

}  // namespace radyab::catalog

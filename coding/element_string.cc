#include "coding/element_string.h"

#include "coding/element_rules.h"
#include "coding/gs1_characters.h"

namespace radyab::coding {
namespace {

constexpr std::string_view kWhat = "element string";

std::string_view WantedInstead(RefusalReason reason) {
  if (reason == RefusalReason::kForbiddenPair) return "one of the two";
  return reason == RefusalReason::kRepeatedElement ? "one value" : "its partner";
}

Refusal RefuseRule(std::string_view text, const ElementReading& reading, const BrokenRule& rule) {
  std::size_t at = reading.offsets[rule.element];
  std::size_t bytes = rule.ai.size();
  std::string wanted(WantedInstead(rule.reason));
  if (rule.reason == RefusalReason::kMissingKey) wanted = "AI " + rule.partners + " beside it";
  return RefusePart({kWhat, text}, {rule.reason, at, bytes, rule.message, std::move(wanted)});
}

std::vector<Element> Owned(const ElementViews& views) {
  std::vector<Element> elements;
  elements.reserve(views.size());
  for (const ElementView& view : views) {
    elements.push_back({std::string(view.ai()), std::string(view.value())});
  }
  return elements;
}

ElementReading ReadingOf(const ElementViews& views) {
  ElementReading reading{Owned(views), {}};
  reading.offsets.reserve(views.size());
  for (const ElementView& view : views) reading.offsets.push_back(view.at);
  return reading;
}

}  // namespace

Parsed<ElementReading> ReadElementString(std::string_view text, int current_year) {
  ElementViews views;
  if (auto refusal = ReadElementViews(text, current_year, views)) return std::move(*refusal);
  return ReadingOf(views);
}

Parsed<std::vector<Element>> CheckPartners(std::string_view text, const ElementReading& reading) {
  const auto broken = BrokenRules(reading.elements);
  if (!broken.empty()) return RefuseRule(text, reading, broken.front());
  return reading.elements;
}

Parsed<std::vector<Element>> ParseElementString(std::string_view text, int current_year) {
  ElementViews views;
  if (auto refusal = ReadElementViews(text, current_year, views)) return std::move(*refusal);
  if (!KeepRules(views)) return CheckPartners(text, ReadingOf(views));
  return Owned(views);
}

std::string WriteElementString(const std::vector<Element>& elements) {
  std::string text;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    text += elements[i].ai;
    text += elements[i].value;
    const AiEntry* entry = FindAi(elements[i].ai);
    const bool separator = entry == nullptr || entry->separator;
    if (separator && i + 1 < elements.size()) text += kGroupSeparator;
  }
  return text;
}

const std::string* FindElement(const std::vector<Element>& elements, std::string_view ai) {
  for (const Element& element : elements) {
    if (element.ai == ai) return &element.value;
  }
  return nullptr;
}

}  // namespace radyab::coding

#include "registry/linkage/cleaning.h"

#include <algorithm>
#include <utility>

#include "coding/text_fold.h"

namespace radyab::linkage {
namespace {

// White space as it is typed: blanks, tabs, line ends, the no-break space.
std::string SingleBlanks(std::string_view text) {
  constexpr std::string_view kNoBreak = "\u00a0";
  std::string single;
  bool wanted = false;
  for (std::size_t at = 0; at < text.size();) {
    const bool no_break = text.substr(at).starts_with(kNoBreak);
    const bool white = no_break || std::string_view(" \t\r\n").find(text[at]) != text.npos;
    const std::size_t bytes = no_break ? kNoBreak.size() : 1;
    if (white) {
      wanted = !single.empty();
    } else {
      if (wanted) single += ' ';
      wanted = false;
      single += text[at];
    }
    at += bytes;
  }
  return single;
}

// Digits in every script as ASCII, blanks and hyphens between them dropped.
std::string DigitsAlone(std::string_view text) {
  std::string digits = coding::FoldText(text);
  std::erase(digits, ' ');
  return digits;
}

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return lower;
}

// Takes `after` for `value` and tells the step when it changes anything.
void Take(std::string& value, std::string after, std::string_view field, std::string_view rule,
          CleanedRecord& cleaned) {
  if (after == value) return;
  cleaned.steps.push_back({std::string(field), std::string(rule), value, after});
  value = std::move(after);
}

void UnifyForm(std::string& value, std::string_view field, const CleaningRules& rules,
               CleanedRecord& cleaned) {
  Take(value, SingleBlanks(value), field, "blanks", cleaned);
  const auto form = rules.forms.find(field);
  if (form == rules.forms.end()) return;
  if (form->second == CleaningRules::Form::kDigits)
    Take(value, DigitsAlone(value), field, "digits", cleaned);
  if (form->second == CleaningRules::Form::kLowerCase)
    Take(value, LowerCase(value), field, "lower case", cleaned);
}

void MapToList(std::string& value, std::string_view field, const CleaningRules& rules,
               CleanedRecord& cleaned) {
  const auto list = rules.lists.find(field);
  if (list == rules.lists.end()) return;
  if (const std::string* known = list->second.Find(value)) {
    Take(value, *known, field, "value list", cleaned);
    return;
  }
  UnmappedValue unmapped{std::string(field), value};
  if (std::ranges::find(cleaned.unmapped, unmapped) == cleaned.unmapped.end())
    cleaned.unmapped.push_back(std::move(unmapped));
}

}  // namespace

void ValueList::Add(std::string_view value, const std::vector<std::string>& wordings) {
  by_fold_.insert_or_assign(coding::FoldText(value), std::string(value));
  for (const std::string& wording : wordings)
    by_fold_.insert_or_assign(coding::FoldText(wording), std::string(value));
}

const std::string* ValueList::Find(std::string_view wording) const {
  const auto found = by_fold_.find(coding::FoldText(wording));
  return found == by_fold_.end() ? nullptr : &found->second;
}

CleanedRecord CleanRecord(const std::vector<RawField>& fields, const CleaningRules& rules) {
  CleanedRecord cleaned;
  std::vector<std::pair<std::string, std::vector<std::string>>> given;  // in the order of fields
  for (const RawField& field : fields) {
    std::string value = field.value;
    UnifyForm(value, field.name, rules, cleaned);
    if (value.empty()) continue;
    MapToList(value, field.name, rules, cleaned);
    auto place = std::ranges::find(given, field.name, [](const auto& row) { return row.first; });
    if (place == given.end()) place = given.insert(given.end(), {field.name, {}});
    // Two spellings of one text are no contradiction: the first is kept.
    const std::string fold = coding::FoldText(value);
    const bool known = std::ranges::any_of(place->second, [&](const std::string& other) {
      return other == value || (!fold.empty() && coding::FoldText(other) == fold);
    });
    if (!known) place->second.push_back(std::move(value));
  }
  for (auto& [name, values] : given) {
    if (values.size() == 1)
      cleaned.values.emplace(name, std::move(values[0]));
    else
      cleaned.contradictions.push_back({name, std::move(values)});
  }
  return cleaned;
}

}  // namespace radyab::linkage

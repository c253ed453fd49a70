#include "clients/cli/scan_session/local_reason.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "clients/cli/output/language.h"

namespace radyab::cli {
namespace {

// Sentences with a part of their own; language.cc has them with a {1}.
struct Form {
  std::string_view before;
  std::string_view after;
};

constexpr std::array kForms = {
    Form{"expired on ", ""},
    Form{"something inside expired on ", ""},
    Form{"the notice says ", ""},
    Form{"announced of this item: lot ", ""},
    Form{"announced inside ", ""},
    Form{"inside ", ", which was counted"},
    Form{"by the notice: announced in ", ""},
};

std::string LocalSentenceOf(std::string_view english) {
  for (const Form& form : kForms) {
    const bool fits = english.size() >= form.before.size() + form.after.size() &&
                      english.starts_with(form.before) && english.ends_with(form.after);
    if (!fits) continue;
    const std::string_view part =
        english.substr(form.before.size(), english.size() - form.before.size() - form.after.size());
    return LocalSentence(std::string(form.before) + "{1}" + std::string(form.after),
                         {std::string(part)});
  }
  return Local(english);
}

}  // namespace

std::string LocalReason(std::string_view reason) {
  constexpr std::string_view kBetween = "; ";
  std::string text;
  while (true) {
    const std::size_t end = std::min(reason.find(kBetween), reason.size());
    text += LocalSentenceOf(reason.substr(0, end));
    if (end == reason.size()) return text;
    text += kBetween;
    reason.remove_prefix(end + kBetween.size());
  }
}

}  // namespace radyab::cli

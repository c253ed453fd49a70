#include "clients/cli/labels/label_expiry.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "coding/civil_date.h"

namespace radyab::cli {
namespace {

bool LacksExpiry(const WantedLabel& label) {
  using Type = coding::ObjectWord::Type;
  const bool has_one = label.object.type == Type::kLot || label.object.type == Type::kUnit;
  return has_one && !label.content.expiry;
}

}  // namespace

bool LacksExpiryDates(const std::vector<WantedLabel>& labels) {
  return std::ranges::any_of(labels, LacksExpiry);
}

std::optional<client::ClientError> FillExpiryDates(const client::CodeClient& codes,
                                                   std::vector<WantedLabel>& labels) {
  std::map<std::string, std::optional<coding::CivilDate>> dates;
  for (const WantedLabel& label : labels) {
    if (LacksExpiry(label)) dates.try_emplace(coding::WriteObjectWord(label.object));
  }
  auto asked = dates.begin(), answered = dates.begin();
  const auto error = codes.ResolveStream(
      [&]() -> std::optional<v1::ResolveRequest> {
        if (asked == dates.end()) return std::nullopt;
        v1::ResolveRequest request;
        request.set_text(asked->first);
        ++asked;
        return request;
      },
      [&](const v1::Resolution& resolution) {
        const auto date = coding::ParseIsoDate(resolution.expiry_date());
        if (date) answered->second = *date;
        ++answered;
      });
  if (!error) return error.error();
  for (WantedLabel& label : labels) {
    if (LacksExpiry(label)) {
      label.content.expiry = dates.at(coding::WriteObjectWord(label.object));
    }
  }
  return std::nullopt;
}

}  // namespace radyab::cli

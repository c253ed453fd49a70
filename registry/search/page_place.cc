#include "registry/search/page_place.h"

#include "registry/reason.h"
#include "registry/storage/ordered_key.h"

namespace radyab::search {

std::string WritePlace(const PagePlace& place) {
  return storage::OrderedKey(static_cast<std::uint8_t>(place.match)).U64(place.next);
}

absl::StatusOr<PagePlace> ReadPlace(std::string_view text) {
  if (text.empty()) return PagePlace();
  storage::OrderedKeyReader parts(text);
  const int match = parts.U8();
  const Thing next = parts.U64();
  const bool known =
      match >= v1::SEARCH_MATCH_CODE && match <= v1::SEARCH_MATCH_STEMS && parts.ok();
  if (!known || !parts.at_end()) {
    return RefuseField("page_token", "is no place of a search", Reason::kInvalidPageToken);
  }
  return PagePlace{static_cast<v1::SearchMatch>(match), next};
}

}  // namespace radyab::search

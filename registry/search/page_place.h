// Where a search goes on: the page token in the clear.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "radyab/v1/search.pb.h"
#include "registry/search/thing.h"

namespace radyab::search {

// All better matches are done, and of this one the things before `next`.
struct PagePlace {
  v1::SearchMatch match = v1::SEARCH_MATCH_CODE;
  Thing next = 0;
};

std::string WritePlace(const PagePlace& place);
// Empty: the first page. INVALID_ARGUMENT (INVALID_PAGE_TOKEN) for anything WritePlace never wrote.
absl::StatusOr<PagePlace> ReadPlace(std::string_view text);

}  // namespace radyab::search

// Our own link: https://HOST/c/CODE?lot=…&serial=…&production=…&best_before=…&expiry=…
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "coding/civil_date.h"
#include "coding/code.h"
#include "coding/refusal.h"

namespace radyab::coding {

// A code with what its label says beside it. Lot and serial are as in AIs 10 and 21: 1..20
// characters of set 82.
struct CodeLink {
  Code code;
  std::optional<std::string> lot = std::nullopt;
  std::optional<std::string> serial = std::nullopt;
  std::optional<CivilDate> production = std::nullopt;
  std::optional<CivilDate> best_before = std::nullopt;
  std::optional<CivilDate> expiry = std::nullopt;

  friend bool operator==(const CodeLink&, const CodeLink&) = default;
};

// Reads a link of any host: which host is ours is the caller's to know, and whether the code exists
// the registry's. http and https; /c/ must be the whole path before the code; '&' alone parts the
// query, and names in it that are not ours are passed over. Dates are YYYY-MM-DD. At most 8 KiB.
Parsed<CodeLink> ParseCodeLink(std::string_view uri);

// True when the text is meant as a link of ours, whether or not it can be read: http(s)://HOST/c/
// and one segment of digits, which other people's /c/shoes is not.
bool LooksLikeCodeLink(std::string_view uri);

// The canonical link: names in the order of the struct, values percent-encoded. `host` is
// "radyab.example" or "radyab.example:8080"; the link must hold what ParseCodeLink would take.
std::string WriteCodeLink(std::string_view host, const CodeLink& link);

}  // namespace radyab::coding

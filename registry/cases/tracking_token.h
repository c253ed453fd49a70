// The secret that opens the public page of a case together with its tracking code.
#pragma once

#include <string>
#include <string_view>

#include "coding/code.h"
#include "registry/access/keyed_hash.h"

namespace radyab::cases {

inline constexpr std::size_t kTokenLetters = 16;

// `token_bytes` (kTokenBytes) as 16 letters of a base 32 without I, L, O and U (Crockford's
// alphabet), five bits a letter, most significant first: nothing that is misread on paper.
std::string WriteToken(std::string_view token_bytes);

// The token a person typed: letter case, spaces, hyphens and invisible marks folded, O read as 0, I
// and L as 1, Persian and Arabic digits as ASCII. Empty for a text that is no token.
std::string FoldToken(std::string_view typed);

// What is kept of a token; `token` as WriteToken gives it.
std::string HashToken(const access::KeyedHash& keyed_hash, coding::Code code,
                      std::string_view token);

}  // namespace radyab::cases

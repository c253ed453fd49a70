// What every fuzz target may say about its findings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "coding/refusal.h"

namespace radyab::fuzz {

// Stops the run as a finding when `kept` is false; `law` says what was broken.
inline void Expect(bool kept, const char* law) {
  if (kept) return;
  std::fprintf(stderr, "broken: %s\n", law);
  std::abort();
}

inline std::string_view Text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// A refusal says why in words and points into the text it refused. A character has one byte at
// least, so bytes bound its places.
inline void ExpectGoodRefusal(const coding::Refusal& refusal, std::string_view text) {
  Expect(!refusal.message.empty(), "a refusal says why");
  Expect(refusal.message.size() < 4096, "a refusal is short");
  Expect(refusal.at == 0 || refusal.at - 1 + refusal.length <= text.size(),
         "a refusal points into its text");
}

}  // namespace radyab::fuzz

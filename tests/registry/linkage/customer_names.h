// The names of the synthetic customers, each with its spellings and how many bear it.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace radyab::linkage {

// `shares` are relative: of the names of one table.
struct KnownName {
  std::string_view persian;             // empty: a name of English speakers
  std::vector<std::string_view> latin;  // spellings, the commonest first
  double share = 1;
  std::vector<std::string_view> short_forms = {};
};

std::span<const KnownName> PersianMen();
std::span<const KnownName> PersianWomen();
std::span<const KnownName> PersianFamilies();
std::span<const KnownName> EnglishMen();
std::span<const KnownName> EnglishWomen();
std::span<const KnownName> EnglishFamilies();
// Words that name firms, and what they deal in.
std::span<const KnownName> FirmNames();
std::span<const KnownName> FirmTrades();
// Streets.
std::span<const KnownName> Streets();

}  // namespace radyab::linkage

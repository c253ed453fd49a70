// Which records are worth comparing: those that share a key.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registry/linkage/linkage_record.h"

namespace radyab::linkage {

inline constexpr std::size_t kBlockRecordsMax = 120;  // a larger block is left out, and reported
inline constexpr std::size_t kNameBands = 12;         // of the MinHash of a name
inline constexpr std::size_t kBandRows = 2;

// The kinds of keys, also in reports.
enum class BlockKind : std::uint8_t {
  kPhone,
  kEmail,
  kId,
  kFamilyBirth,     // the consonants of the family name, and the birth year
  kFamilyPostcode,  // the same, and the postcode
  kGivenBirth,      // the consonants of the given name, and the whole birth date
  kNameBand,        // a band of the MinHash of the folded name
  kNameSound        // the consonants of given and family name
};
inline constexpr std::size_t kBlockKindCount = 8;
std::string_view BlockKindName(BlockKind kind);

struct BlockKey {
  BlockKind kind = BlockKind::kPhone;
  std::uint64_t hash = 0;  // of the key's text

  friend auto operator<=>(const BlockKey&, const BlockKey&) = default;
};

// The keys of one record, sorted, each once. Thread safe.
std::vector<BlockKey> BlockKeysOf(const PreparedRecord& record);

// What one kind of keys did.
struct BlockReport {
  std::uint64_t blocks = 0;            // with at least two records
  std::uint64_t largest = 0;           // records of the largest block, left out or not
  std::uint64_t left_out = 0;          // blocks of more than kBlockRecordsMax records
  std::uint64_t left_out_records = 0;  // in them
};

// Places in the span of records, first < second.
struct CandidatePair {
  std::uint32_t first = 0;
  std::uint32_t second = 0;

  friend auto operator<=>(const CandidatePair&, const CandidatePair&) = default;
};

struct Candidates {
  std::vector<CandidatePair> pairs;                       // sorted, each once
  std::array<BlockReport, kBlockKindCount> reports = {};  // by BlockKind
};

// Every pair that shares a key of a block that is not too large. Thread safe.
Candidates FindCandidates(std::span<const PreparedRecord> records);

}  // namespace radyab::linkage

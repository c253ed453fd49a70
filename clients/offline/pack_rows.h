// How the rows of a pack are named and changed. Inside the folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "clients/offline/kept_rows_store.h"
#include "radyab/v1/code_pack.pb.h"

namespace radyab::offline {

inline constexpr std::string_view kHeadKey = "h", kSignatureKey = "s", kPublicKeyKey = "k";
inline constexpr char kBucketRow = 'b', kEntryRow = 'e', kAliasRow = 'a', kGenericRow = 'g';

// b NUMBER -> the digest, then the number of its entries in 4 bytes.
std::string BucketKey(std::uint64_t number);
// e NUMBER CODE -> v1.PackEntry
std::string EntryKey(std::string_view code);
std::string EntryKey(std::uint64_t bucket, std::string_view code);
std::string EntryPrefix(std::uint64_t bucket);
// SSSS of K CCCC MMMMM SSSS XX: by it the entries of a bucket are in order.
std::string_view CounterOf(std::string_view code);
// a SCHEME VALUE -> v1.Alias
std::string AliasKey(int scheme, std::string_view value);
// g GENERIC BLOCK-AND-COUNTER CODE -> empty
std::string GenericKey(std::string_view generic, std::string_view code);
std::string GenericPrefix(std::string_view generic);

// Puts a bucket in place of the one of that number; without entries it goes. False for a bucket
// that is none: entries that cannot be read, lie in another, or are not in rising order.
bool PutBucket(KeptRows& rows, const v1::PackBucket& bucket);

// SHA-256 over all buckets that lie here, and how many entries they have.
struct PackTotals {
  std::string digest;
  std::int64_t entry_count = 0;
};
PackTotals TotalsOf(KeptRows& rows);

}  // namespace radyab::offline

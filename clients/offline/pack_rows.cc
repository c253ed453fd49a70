#include "clients/offline/pack_rows.h"

#include <vector>

#include "clients/offline/digest.h"
#include "coding/code.h"

namespace radyab::offline {
namespace {

constexpr std::size_t kDigestBytes = 32;
constexpr std::size_t kAliasValueBytesMax = 400;  // no scheme has longer ones

const std::string& CodeOf(const v1::PackEntry& entry) {
  return entry.has_service() ? entry.service().code() : entry.item().code();
}

// The 16 digits of the generic item an item belongs to, if it belongs to one.
std::string GenericOf(const v1::PackEntry& entry) {
  constexpr std::string_view kPrefix = "items/";
  std::string_view name = entry.item().generic_item();
  if (name.starts_with(kPrefix)) name.remove_prefix(kPrefix.size());
  const auto code = coding::ParseCode(name);
  return code.ok() ? code->Digits() : std::string();
}

void PutEntry(KeptRows& rows, const v1::PackEntry& entry) {
  for (v1::Alias alias : entry.aliases()) {
    if (alias.value().size() > kAliasValueBytesMax) continue;
    alias.set_code(CodeOf(entry));
    rows.Put(AliasKey(alias.scheme(), alias.value()), alias.SerializeAsString());
  }
  const std::string generic = GenericOf(entry);
  if (!generic.empty()) rows.Put(GenericKey(generic, CodeOf(entry)), "");
}

void DeleteEntry(KeptRows& rows, const v1::PackEntry& entry) {
  for (const v1::Alias& alias : entry.aliases()) {
    if (alias.value().size() > kAliasValueBytesMax) continue;
    const std::string key = AliasKey(alias.scheme(), alias.value());
    const auto there = rows.Get(key);
    v1::Alias kept;
    // It may lead elsewhere by now.
    if (there && kept.ParseFromString(*there) && kept.code() == CodeOf(entry)) rows.Delete(key);
  }
  const std::string generic = GenericOf(entry);
  if (!generic.empty()) rows.Delete(GenericKey(generic, CodeOf(entry)));
}

void DeleteBucket(KeptRows& rows, std::uint64_t number) {
  std::vector<std::string> keys;
  std::vector<v1::PackEntry> entries;
  const std::string prefix = EntryPrefix(number);
  rows.Scan(prefix, prefix.size(), [&](std::string_view key, std::string_view value) {
    keys.emplace_back(key);
    v1::PackEntry& entry = entries.emplace_back();
    return entry.ParseFromArray(value.data(), static_cast<int>(value.size()));
  });
  for (const v1::PackEntry& entry : entries) DeleteEntry(rows, entry);
  for (const std::string& key : keys) rows.Delete(key);
  rows.Delete(BucketKey(number));
}

}  // namespace

std::string BucketKey(std::uint64_t number) { return kBucketRow + BigEndian(number, 8); }

std::string EntryPrefix(std::uint64_t bucket) { return kEntryRow + BigEndian(bucket, 8); }

std::string EntryKey(std::uint64_t bucket, std::string_view code) {
  return EntryPrefix(bucket) + std::string(code);
}

std::string EntryKey(std::string_view code) {
  // K CCCC MMMMM SSS: the kind, the block, the tens of the counter.
  std::uint64_t number = 0;
  const std::string digits = std::string(code.substr(0, 1)) + std::string(code.substr(5, 8));
  for (const char digit : digits) number = 10 * number + static_cast<std::uint64_t>(digit - '0');
  return EntryKey(number, code);
}

std::string_view CounterOf(std::string_view code) { return code.substr(10, 4); }

std::string AliasKey(int scheme, std::string_view value) {
  return kAliasRow + BigEndian(static_cast<std::uint64_t>(scheme), 2) + std::string(value);
}

std::string GenericPrefix(std::string_view generic) { return kGenericRow + std::string(generic); }

std::string GenericKey(std::string_view generic, std::string_view code) {
  return GenericPrefix(generic) + std::string(code.substr(5, 9)) + std::string(code);
}

bool PutBucket(KeptRows& rows, const v1::PackBucket& bucket) {
  DeleteBucket(rows, bucket.number());
  if (bucket.entries().empty()) return true;
  const std::string prefix = EntryPrefix(bucket.number());
  std::string last;
  for (const std::string& bytes : bucket.entries()) {
    v1::PackEntry entry;
    if (!entry.ParseFromString(bytes) || !coding::ParseCode(CodeOf(entry)).ok()) return false;
    if (CodeOf(entry).size() != 16) return false;
    const std::string key = EntryKey(CodeOf(entry));
    if (!key.starts_with(prefix) || CounterOf(CodeOf(entry)) <= last) return false;
    last = CounterOf(CodeOf(entry));
    rows.Put(key, bytes);
    PutEntry(rows, entry);
  }
  rows.Put(BucketKey(bucket.number()),
           BucketDigest(bucket) + BigEndian(static_cast<std::uint64_t>(bucket.entries_size()), 4));
  return true;
}

PackTotals TotalsOf(KeptRows& rows) {
  PackTotals totals;
  Sha256 all;
  const std::string prefix(1, kBucketRow);
  rows.Scan(prefix, 1, [&](std::string_view key, std::string_view value) {
    all.Add(key.substr(1));
    all.Add(value.substr(0, kDigestBytes));
    totals.entry_count += static_cast<std::int64_t>(NumberOf(value.substr(kDigestBytes)));
    return true;
  });
  totals.digest = all.End();
  return totals;
}

}  // namespace radyab::offline

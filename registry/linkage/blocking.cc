#include "registry/linkage/blocking.h"

#include <algorithm>
#include <array>
#include <limits>

#include "registry/linkage/sound_key.h"

namespace radyab::linkage {
namespace {

// FNV-1a, 64 bits, and the finisher of splitmix64 so that all bits mix. The keys live no longer
// than one search.
std::uint64_t Mix(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15U;
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31U);
}

std::uint64_t HashOf(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return Mix(hash);
}

// The pairs of neighbouring characters of given and family name, with their ends marked.
std::vector<std::uint64_t> Shingles(const ReadName& name) {
  std::vector<std::uint64_t> shingles;
  for (const NamePart* part : {&name.given, &name.family}) {
    if (part->characters.text.empty()) continue;
    const std::u32string marked = U' ' + part->characters.text + U' ';
    for (std::size_t i = 0; i + 1 < marked.size(); ++i)
      shingles.push_back((std::uint64_t{marked[i]} << 32U) | marked[i + 1]);
  }
  return shingles;
}

void AddNameBands(const ReadName& name, std::vector<BlockKey>& keys) {
  const std::vector<std::uint64_t> shingles = Shingles(name);
  if (shingles.empty()) return;
  for (std::size_t band = 0; band < kNameBands; ++band) {
    std::uint64_t hash = band;
    for (std::size_t row = 0; row < kBandRows; ++row) {
      const std::uint64_t salt = Mix(band * kBandRows + row + 1);
      std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
      for (const std::uint64_t shingle : shingles) least = std::min(least, Mix(shingle ^ salt));
      hash = Mix(hash ^ least);
    }
    keys.push_back({BlockKind::kNameBand, hash});
  }
}

void AddNameKeys(const PreparedRecord& record, const ReadName& name, std::vector<BlockKey>& keys) {
  const std::string family = Consonants(name.family.sound);
  if (record.birth.year != 0 && !family.empty()) {
    // The year before too, so that a calendar's change of year does not part a pair.
    for (const int year : {record.birth.year, record.birth.year - 1}) {
      keys.push_back({BlockKind::kFamilyBirth, HashOf(family + "/" + std::to_string(year))});
    }
  }
  if (!record.address.postcode.empty() && !family.empty()) {
    keys.push_back({BlockKind::kFamilyPostcode, HashOf(family + "/" + record.address.postcode)});
  }
  if (record.birth.day != 0 && !name.given.sound.empty()) {
    keys.push_back({BlockKind::kGivenBirth,
                    HashOf(Consonants(name.given.sound) + "/" + std::to_string(record.birth.year) +
                           "/" + std::to_string(record.birth.month * 100 + record.birth.day))});
  }
  // A name of two scripts sounds alike and shares no letters.
  const std::string given = Consonants(name.given.sound);
  if (!given.empty() && !family.empty()) {
    keys.push_back({BlockKind::kNameSound, HashOf(given + "/" + family)});
  }
  AddNameBands(name, keys);
}

struct KeyOfRecord {
  BlockKey key;
  std::uint32_t record = 0;

  friend auto operator<=>(const KeyOfRecord&, const KeyOfRecord&) = default;
};

// Takes the block [begin, end) of equal keys.
void TakeBlock(std::span<const KeyOfRecord> block, Candidates& found) {
  if (block.size() < 2) return;
  BlockReport& report = found.reports[static_cast<std::size_t>(block.front().key.kind)];
  ++report.blocks;
  report.largest = std::max<std::uint64_t>(report.largest, block.size());
  if (block.size() > kBlockRecordsMax) {
    ++report.left_out;
    report.left_out_records += block.size();
    return;
  }
  for (std::size_t i = 0; i < block.size(); ++i) {
    for (std::size_t j = i + 1; j < block.size(); ++j)
      found.pairs.push_back({block[i].record, block[j].record});
  }
}

}  // namespace

std::string_view BlockKindName(BlockKind kind) {
  constexpr std::string_view kNames[kBlockKindCount] = {
      "phone",           "email",       "id",        "family+birth",
      "family+postcode", "given+birth", "name band", "name sound"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::vector<BlockKey> BlockKeysOf(const PreparedRecord& record) {
  std::vector<BlockKey> keys;
  for (const std::string& phone : record.phones) keys.push_back({BlockKind::kPhone, HashOf(phone)});
  for (const std::string& email : record.emails) keys.push_back({BlockKind::kEmail, HashOf(email)});
  for (const StrongId& id : record.ids)
    keys.push_back({BlockKind::kId, HashOf(id.scheme + "/" + id.value)});
  for (const ReadName& name : record.names) AddNameKeys(record, name, keys);
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

Candidates FindCandidates(std::span<const PreparedRecord> records) {
  std::vector<KeyOfRecord> all;
  for (std::size_t i = 0; i < records.size(); ++i) {
    for (const BlockKey& key : BlockKeysOf(records[i]))
      all.push_back({key, static_cast<std::uint32_t>(i)});
  }
  std::ranges::sort(all);
  Candidates found;
  for (std::size_t begin = 0; begin < all.size();) {
    std::size_t end = begin + 1;
    while (end < all.size() && all[end].key == all[begin].key) ++end;
    TakeBlock({all.data() + begin, end - begin}, found);
    begin = end;
  }
  std::ranges::sort(found.pairs);
  found.pairs.erase(std::unique(found.pairs.begin(), found.pairs.end()), found.pairs.end());
  return found;
}

}  // namespace radyab::linkage

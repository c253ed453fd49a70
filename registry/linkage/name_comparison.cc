#include "registry/linkage/name_comparison.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <tuple>
#include <utility>

#include "registry/linkage/sound_key.h"
#include "registry/linkage/text_distance.h"

namespace radyab::linkage {
namespace {

// Found by measuring slips of the pen against pairs of different names; see the decisions page.
constexpr double kNearSimilarity = 0.90;
constexpr double kSoundNearSimilarity = 0.90;
constexpr double kSoundSpellingSimilarity = 0.70;  // Latin names of one sound must look alike too
constexpr std::size_t kSlipCharactersMin = 4;
constexpr double kWordShare = 0.50;
// A name that so large a share of the records bears is no slip of the pen.
constexpr double kKnownShare = 0.0004;
constexpr std::uint64_t kKnownRecords = 3;

struct PartLevel {
  std::uint8_t level = kUnknown;
  double frequency = 1;
};

// How common a name is in either place: people, and clerks, change given and family name over.
double ShareOf(const NamePart& part, const NameFrequency& frequency) {
  return std::max(frequency.OfGiven(part), frequency.OfFamily(part));
}
double SoundShareOf(const NamePart& part, const NameFrequency& frequency) {
  return std::max(frequency.OfGivenSound(part), frequency.OfFamilySound(part));
}

bool IsKnown(double share, const NameFrequency& frequency) {
  return share >= kKnownShare && share * static_cast<double>(frequency.records()) > kKnownRecords;
}

// Whether Jaro-Winkler of the two is at least `wanted`. A letter that the other text has nowhere
// cannot match, which gives a bound that is far below for most pairs.
bool AreSimilar(const ComparedText& left, const ComparedText& right, double wanted) {
  const std::size_t sizes[] = {left.text.size(), right.text.size()};
  const auto lacking = [](std::uint64_t letters, std::uint64_t others) {
    return static_cast<std::size_t>(std::popcount(letters & ~others));
  };
  const std::size_t matches = std::min(sizes[0] - lacking(left.letters, right.letters),
                                       sizes[1] - lacking(right.letters, left.letters));
  const auto count = static_cast<double>(matches);
  const double jaro_most =
      (count / static_cast<double>(sizes[0]) + count / static_cast<double>(sizes[1]) + 1) / 3;
  const double most = jaro_most + 4 * 0.1 * (1 - jaro_most);
  return most >= wanted && JaroWinkler(left.text, right.text) >= wanted;
}

// The words of the shorter name all stand in the longer one.
bool IsPartOf(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  const auto& shorter = left.size() < right.size() ? left : right;
  const auto& longer = left.size() < right.size() ? right : left;
  return !shorter.empty() && shorter.size() < longer.size() &&
         std::ranges::all_of(shorter, [&](const std::string& word) {
           return std::ranges::find(longer, word) != longer.end();
         });
}

// How many words of `left` have one of `right` that sounds so.
std::size_t FoundIn(const NamePart& left, const NamePart& right) {
  return static_cast<std::size_t>(
      std::ranges::count_if(left.word_sounds, [&](const std::string& sound) {
        return std::ranges::find(right.word_sounds, sound) != right.word_sounds.end();
      }));
}

// How much of two lists of words agrees: 0 to 1.
double SharedWords(const NamePart& left, const NamePart& right) {
  return static_cast<double>(std::min(FoundIn(left, right), FoundIn(right, left))) /
         static_cast<double>(std::max(left.words.size(), right.words.size()));
}

bool IsInitial(const NamePart& part) { return part.characters.text.size() == 1; }

bool SoundsAlike(const NamePart& left, const NamePart& right, bool one_script, bool latin) {
  if (left.sound.size() < 2 || left.sound != right.sound) return false;
  if (!one_script) return true;
  return latin && AreSimilar(left.characters, right.characters, kSoundSpellingSimilarity);
}

// One letter wrong, left out, doubled, or two swapped. Of short names Jaro-Winkler makes little of
// that, most of all at their beginning.
bool IsOneSlip(const ComparedText& left, const ComparedText& right) {
  return std::min(left.text.size(), right.text.size()) >= kSlipCharactersMin &&
         std::popcount(left.letters ^ right.letters) <= 2 && AreOneSlipApart(left.text, right.text);
}

// The consonants between the first and the last, without h: what is left of a name however its
// vowels were heard, and whether its h was.
std::string SkeletonOf(const NamePart& part) {
  std::string skeleton = Consonants(part.sound);
  for (std::size_t at = 1; at < skeleton.size();) {
    if (skeleton[at] == 'h') {
      skeleton.erase(at, 1);
    } else {
      ++at;
    }
  }
  return skeleton;
}

bool IsNear(const NamePart& left, const NamePart& right, bool one_script) {
  if (one_script) {
    return AreSimilar(left.characters, right.characters, kNearSimilarity) ||
           IsOneSlip(left.characters, right.characters);
  }
  if (std::min(left.sound.size(), right.sound.size()) > 2 &&
      AreSimilar(left.sound_characters, right.sound_characters, kSoundNearSimilarity)) {
    return true;
  }
  const std::string skeleton = SkeletonOf(left);
  return skeleton.size() > 2 && skeleton == SkeletonOf(right);
}

PartLevel CompareGiven(const NamePart& left, const NamePart& right, bool one_script, bool latin,
                       const NameFrequency& frequency) {
  if (left.folded.empty() || right.folded.empty()) return {};
  if (left.folded == right.folded) return {given::kEqual, ShareOf(left, frequency)};
  if (IsInitial(left) || IsInitial(right)) {
    const bool begins = one_script && left.characters.text[0] == right.characters.text[0];
    return {begins ? given::kInitial : given::kDiffer, 1};
  }
  if (left.full_form == right.full_form || IsPartOf(left.words, right.words)) {
    return {given::kForm, std::max(ShareOf(left, frequency), ShareOf(right, frequency))};
  }
  if (SoundsAlike(left, right, one_script, latin))
    return {given::kSound, SoundShareOf(left, frequency)};
  if (!IsNear(left, right, one_script)) return {given::kDiffer, 1};
  const double one = ShareOf(left, frequency), other = ShareOf(right, frequency);
  const bool both_known = IsKnown(one, frequency) && IsKnown(other, frequency);
  return {both_known ? given::kAlike : given::kNear, std::max(one, other)};
}

PartLevel CompareFamily(const NamePart& left, const NamePart& right, bool one_script, bool latin,
                        const NameFrequency& frequency) {
  if (left.folded.empty() || right.folded.empty()) return {};
  if (left.folded == right.folded) return {family::kEqual, ShareOf(left, frequency)};
  if (SoundsAlike(left, right, one_script, latin))
    return {family::kSound, SoundShareOf(left, frequency)};
  const double one = ShareOf(left, frequency), other = ShareOf(right, frequency);
  if (IsNear(left, right, one_script)) {
    const bool both_known = IsKnown(one, frequency) && IsKnown(other, frequency);
    return {both_known ? family::kAlike : family::kNear, std::max(one, other)};
  }
  const bool several = std::max(left.words.size(), right.words.size()) > 1;
  const bool part =
      several && (IsPartOf(left.words, right.words) || SharedWords(left, right) >= kWordShare);
  return {part ? family::kPart : family::kDiffer, part ? std::max(one, other) : 1};
}

struct NameLevels {
  PartLevel given;
  PartLevel family;

  // A smaller sum is a better agreement; unknown stands behind the poorest agreement.
  int rank() const {
    const int one = given.level == kUnknown ? given::kAlike : given.level;
    const int other = family.level == kUnknown ? family::kAlike : family.level;
    return one + other;
  }
};

// Of two that agree as well the more common name counts, so that the order of readings does not.
bool IsBetter(const NameLevels& one, const NameLevels& other) {
  return std::tuple(one.rank(), one.given.level, -one.given.frequency, -one.family.frequency) <
         std::tuple(other.rank(), other.given.level, -other.given.frequency,
                    -other.family.frequency);
}

// A spelling as it would read with given and family name changed over.
ReadName ChangedOver(const ReadName& name) {
  ReadName changed = name;
  std::swap(changed.given, changed.family);
  return changed;
}

// Whether it is worth a look: the sounds of both parts begin alike when changed over.
bool MayBeChangedOver(const ReadName& left, const ReadName& right) {
  const auto begin_alike = [](const NamePart& one, const NamePart& other) {
    return !one.sound.empty() && !other.sound.empty() && one.sound[0] == other.sound[0];
  };
  return begin_alike(left.given, right.family) && begin_alike(left.family, right.given);
}

NameLevels CompareSpellings(const ReadName& left, const ReadName& right,
                            const NameFrequency& frequency) {
  const bool one_script = left.latin == right.latin;
  return {CompareGiven(left.given, right.given, one_script, left.latin, frequency),
          CompareFamily(left.family, right.family, one_script, left.latin, frequency)};
}

}  // namespace

void CompareNames(const PreparedRecord& left, const PreparedRecord& right,
                  const NameFrequency& frequency, Comparison& comparison) {
  std::optional<NameLevels> best;
  for (const ReadName& one : left.names) {
    for (const ReadName& other : right.names) {
      if (!one.generation.empty() && !other.generation.empty() &&
          one.generation != other.generation) {
        comparison.cannot_be_one = true;
      }
      const NameLevels straight = CompareSpellings(one, other, frequency);
      if (!best || IsBetter(straight, *best)) best = straight;
      if (one.given.folded.empty() || other.given.folded.empty()) continue;
      if (one.alternative || other.alternative) continue;
      if (straight.family.level < family::kAlike) continue;
      if (!MayBeChangedOver(one, other)) continue;
      // Which of the two has them changed over is not known.
      for (const NameLevels& crossed : {CompareSpellings(one, ChangedOver(other), frequency),
                                        CompareSpellings(ChangedOver(one), other, frequency)}) {
        const bool agree =
            crossed.given.level <= given::kSound && crossed.family.level <= family::kNear;
        if (agree && IsBetter(crossed, *best)) best = crossed;
      }
    }
  }
  if (!best) return;
  const bool firms = left.organisation && right.organisation;
  comparison.levels[static_cast<std::size_t>(Field::kGiven)] = best->given.level;
  comparison.levels[static_cast<std::size_t>(firms ? Field::kFirm : Field::kFamily)] =
      best->family.level;
  comparison.given_frequency = best->given.frequency;
  comparison.family_frequency = best->family.frequency;
}

}  // namespace radyab::linkage

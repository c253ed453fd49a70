// Keys of what waits for somebody in the catalogue, and of numbers under scratch layers.
#include "registry/storage/authenticity_keys.h"
#include "registry/storage/linkage_keys.h"

namespace radyab::keyspace {
namespace {

using storage::OrderedKey;

// The first byte of every key.
enum Family : std::uint8_t {
  kFamilyItemPair = 0x2C,
  kFamilyAliasConflict = 0x2D,
  kFamilyAuthenticityNumber = 0x2E,
  kFamilyNumberAskedAgain = 0x2F,
};

std::uint32_t Number(MemberId member) { return static_cast<std::uint32_t>(member); }

}  // namespace

std::string ItemPair(MemberId member, Code first, Code second) {
  return OrderedKey(kFamilyItemPair).U32(Number(member)).U64(first.number()).U64(second.number());
}
std::string ItemPairPrefix(MemberId member) {
  return OrderedKey(kFamilyItemPair).U32(Number(member));
}
std::string AliasConflict(MemberId member, Code claimant, int scheme, std::string_view value) {
  return OrderedKey(kFamilyAliasConflict)
      .U32(Number(member))
      .U64(claimant.number())
      .U8(static_cast<std::uint8_t>(scheme))
      .Text(value);
}
std::string AliasConflictPrefix(MemberId member) {
  return OrderedKey(kFamilyAliasConflict).U32(Number(member));
}
std::string AuthenticityNumber(std::string_view hash) {
  return OrderedKey(kFamilyAuthenticityNumber).Tail(hash);
}
std::string NumberAskedAgain(MemberId member, Code item, std::string_view hash) {
  return OrderedKey(kFamilyNumberAskedAgain).U32(Number(member)).U64(item.number()).Tail(hash);
}
std::string NumberAskedAgainPrefix(MemberId member) {
  return OrderedKey(kFamilyNumberAskedAgain).U32(Number(member));
}
std::string NumberAskedAgainPrefix(MemberId member, Code item) {
  return OrderedKey(kFamilyNumberAskedAgain).U32(Number(member)).U64(item.number());
}

}  // namespace radyab::keyspace

// The key families of merged parties, of pairs that may be one, and of households: a part of
// keyspace.h, with which it shares the source file but for the pairs of items and the claims
// (catalog_queue_keys.cc).
#pragma once

#include <cstdint>
#include <string>

#include "registry/storage/keyspace.h"

namespace radyab::keyspace {

std::string PartyMerge(Code absorbed);  // 32 -> PartyMergeRecord
// In the order of the merges.
std::string MergedParty(Code survivor, std::uint64_t sequence, Code absorbed);  // 33 -> empty
std::string MergedPartyPrefix(Code survivor);
// Of a pair `first` is the smaller code.
// 34 -> DuplicatePairRecord
std::string DuplicatePair(MemberId member, Code first, Code second);
std::string DuplicatePairPrefix(MemberId member);
// 35 -> empty: open pairs, the likeliest first
std::string DuplicateRank(MemberId member, std::uint32_t rank, Code first, Code second);
std::string DuplicateRankPrefix(MemberId member);
// Two items or two services of a member. 2C -> v1::ItemDuplicate, without names
std::string ItemPair(MemberId member, Code first, Code second);
std::string ItemPairPrefix(MemberId member);
// A claim to an alias that leads to another code. 2D -> v1::AliasConflict
std::string AliasConflict(MemberId member, Code claimant, int scheme, std::string_view value);
std::string AliasConflictPrefix(MemberId member);
std::string HouseholdVeto(MemberId member, Code first, Code second);  // 36 -> HouseholdVetoRecord
std::string HouseholdVetoPrefix(MemberId member);

}  // namespace radyab::keyspace

// Every key family of the store, in one place. Nobody else puts keys together. The first byte is
// the family; its number never changes (tests/golden/keyspace.txt), retired numbers are not used
// again.
// A function with all its parts gives a whole key, those named …Prefix the beginning of a list.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "coding/code.h"
#include "registry/storage/ordered_key.h"

namespace radyab {

// A member is known by its first block; 0 is the registry itself.
enum class MemberId : std::uint32_t { kRegistry = 0 };

}  // namespace radyab

namespace radyab::keyspace {

using coding::Code;
using coding::Kind;

// --- the store itself
std::string Meta(std::string_view name);     // 01 -> MetaRecord; "schema", "commit", "backup" …
std::string Counter(std::string_view name);  // 02 -> CounterRecord; "block", "event", "key"

// --- members, blocks, numbers
std::string Member(MemberId member);  // 10 -> v1.Member
std::string MemberPrefix();
std::string Block(std::uint32_t block);              // 11 -> BlockRecord
std::string Issued(Kind kind, std::uint32_t block);  // 12 -> CounterRecord: the last number taken
std::string Gs1Prefix(std::string_view digits);      // 13 -> BlockRecord (its member)
std::string Gs1PrefixPrefix(std::string_view digits);
// 14 -> CounterRecord
std::string SsccCounter(MemberId member, std::string_view gs1_prefix, char extension_digit);

// --- classes, items, services
std::string Class(std::string_view key_code);        // 18 -> v1.Class
std::string ClassPrefix(std::string_view key_code);  // the class and all below it
std::string ClassVersion(std::string_view key_code, std::uint64_t version);  // 1B -> v1.Class
std::string Item(Code code);  // 20 block, counter -> v1.Item
std::string ItemPrefix(std::uint32_t block);
std::string ItemPrefix();
std::string Service(Code code);  // 21 block, counter -> v1.Service
std::string ServicePrefix(std::uint32_t block);
std::string ServicePrefix();
// 22 -> empty: this item belongs to that generic item
std::string SupplierItem(Code generic, Code item);
std::string SupplierItemPrefix(Code generic);
// 23 -> empty: an entry of that class whose identifying attributes have that digest
std::string Identity(MemberId member, std::string_view key_code, std::uint32_t digest, Code code);
std::string IdentityPrefix(Kind kind, MemberId member, std::string_view key_code,
                           std::uint32_t digest);

// --- names and aliases
std::string Alias(int scheme, MemberId scope, std::string_view value);  // 24 -> AliasRecord, live
// 25 -> AliasRecord
std::string AliasHistory(Code code, int scheme, std::string_view value, std::uint64_t begun);
std::string AliasHistoryPrefix(Code code);
// 26 -> AliasRecord: the generic item it belongs to for ever
std::string EndedGtin(std::string_view gtin);
// Items and services have the scope kRegistry (all may read them), parties their member. At most
// the first kNameBytesMax bytes of the folded name are kept in the key.
inline constexpr std::size_t kNameBytesMax = 120;
std::string Name(Kind kind, MemberId scope, std::string_view folded, Code code);  // 27 -> empty
std::string NamePrefix(Kind kind, MemberId scope, std::string_view folded_prefix);

// --- search. `thing` is a search::Thing; a term is a keyed hash
struct SearchTerm {
  std::uint64_t high = 0, low = 0;
  friend auto operator<=>(const SearchTerm&, const SearchTerm&) = default;
};
std::string SearchNote(std::uint64_t sequence, std::uint64_t thing);  // 28 -> SearchNoteRecord
std::string SearchNotePrefix();
// 29 -> SearchBlockRecord: the things up to `last` that no block before it has
std::string SearchBlock(std::uint16_t version, MemberId scope, SearchTerm term, std::uint64_t last);
std::string SearchBlockPrefix(std::uint16_t version, MemberId scope, SearchTerm term);
std::string SearchBlockPrefix();
// --- reserved codes
std::string Reservation(MemberId member, Code code);  // 2A -> ReservationRecord
std::string ReservationPrefix(MemberId member);
std::string ReservationExpiry(std::int64_t expire_us, Code code);  // 2B -> empty
std::string ReservationExpiryPrefix();

// --- parties; 32 to 36: linkage_keys.h
std::string Party(Code code);  // 30 block, serial -> PartyRecord
std::string PartyPrefix(std::uint32_t block);
std::string PartyPrefix();
std::string SealKey(Code code);  // 31 -> SealKeyRecord: of one party's or case's sealed part

// --- trace. `object` is an object key of registry/trace/object_key.h
std::string Event(std::uint64_t sequence);                                 // 40 -> v1.Event
std::string EventId(MemberId member, std::string_view event_id);           // 41 -> EventRefRecord
std::string EventHash(MemberId member, std::string_view hash);             // 42 -> EventRefRecord
std::string Object(std::string_view object);                               // 43 -> ObjectRecord
std::string ObjectEvent(std::string_view object, std::uint64_t sequence);  // 44 -> empty
std::string ObjectEventPrefix(std::string_view object);
std::string Content(std::string_view container, std::string_view child);  // 45 -> ContentRecord
std::string ContentPrefix(std::string_view container);
std::string ContainedIn(std::string_view lot, std::string_view container);  // 46 -> ContentRecord
std::string ContainedInPrefix(std::string_view lot);
// 47 -> LotStockRecord; state 0 is the second row of goods in transit, under their destination
std::string LotStock(std::string_view lot, Code holder, std::uint8_t state,
                     std::uint64_t destination);
std::string LotStockPrefix(std::string_view lot);
std::string LotUnit(std::string_view lot, std::string_view unit);  // 48 -> empty
std::string LotUnitPrefix(std::string_view lot);
// 49 -> DeliveryRecord
std::string Delivery(Code party, std::uint64_t sequence, std::string_view object);
std::string DeliveryPrefix(Code party);
std::string Partner(MemberId member, MemberId other);  // 4A -> empty: goods passed between the two

// --- cases
std::string Case(Code code);                            // 50 block, serial -> CaseRecord
std::string Timeline(Code code, std::uint32_t number);  // 51 -> TimelineRecord
std::string TimelinePrefix(Code code);
std::string Response(Code code, std::uint32_t number);  // 52 -> ResponseRecord
std::string ResponsePrefix(Code code);
std::string CaseOfMember(MemberId member, std::uint64_t sequence, Code code);  // 53 -> empty
std::string CaseOfMemberPrefix(MemberId member);
// 54 -> empty
std::string CaseOfSubject(MemberId member, std::string_view subject, std::uint64_t sequence,
                          Code code);
std::string CaseOfSubjectPrefix(MemberId member, std::string_view subject);
std::string CaseOfParty(Code party, std::uint64_t sequence, Code code);  // 55 -> empty
std::string CaseOfPartyPrefix(Code party);

// --- access
std::string KeyHash(std::string_view hash);  // 60 -> KeyRefRecord
std::string Key(std::uint64_t id);           // 61 -> KeyRecord
std::string KeyPrefix();
std::string Audit(std::uint64_t sequence, std::uint32_t number);  // 62 -> AuditRecord
std::string AuditPrefix();
// 63 -> empty
std::string AuditOfResource(std::string_view resource, std::uint64_t sequence,
                            std::uint32_t number);
std::string AuditOfResourcePrefix(std::string_view resource);
std::string Request(std::uint64_t key_id, std::string_view request_id);  // 64 -> RequestRecord
// 65 -> empty
std::string RequestExpiry(std::int64_t expire_us, std::uint64_t key_id,
                          std::string_view request_id);
std::string RequestExpiryPrefix();
std::string AuditSeal(std::uint64_t number);  // 66 -> AuditSealRecord
std::string AuditSealPrefix();

}  // namespace radyab::keyspace

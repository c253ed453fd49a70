#include "registry/storage/keyspace.h"

#include "registry/storage/linkage_keys.h"
#include "registry/storage/notice_keys.h"

namespace radyab::keyspace {
namespace {

using storage::OrderedKey;

// The first byte of every key but those of catalog_queue_keys.cc.
enum Family : std::uint8_t {
  kFamilyMeta = 0x01,
  kFamilyCounter = 0x02,
  kFamilyMember = 0x10,
  kFamilyBlock = 0x11,
  kFamilyIssued = 0x12,
  kFamilyGs1Prefix = 0x13,
  kFamilySsccCounter = 0x14,
  kFamilyClass = 0x18,
  kFamilyClassVersion = 0x1B,
  kFamilyItem = 0x20,
  kFamilyService = 0x21,
  kFamilySupplierItem = 0x22,
  kFamilyIdentity = 0x23,
  kFamilyAlias = 0x24,
  kFamilyAliasHistory = 0x25,
  kFamilyEndedGtin = 0x26,
  kFamilyName = 0x27,
  kFamilySearchNote = 0x28,
  kFamilySearchBlock = 0x29,
  kFamilyReservation = 0x2A,
  kFamilyReservationExpiry = 0x2B,
  kFamilyParty = 0x30,
  kFamilySealKey = 0x31,
  kFamilyPartyMerge = 0x32,
  kFamilyMergedParty = 0x33,
  kFamilyDuplicatePair = 0x34,
  kFamilyDuplicateRank = 0x35,
  kFamilyHouseholdVeto = 0x36,
  kFamilyEvent = 0x40,
  kFamilyEventId = 0x41,
  kFamilyEventHash = 0x42,
  kFamilyObject = 0x43,
  kFamilyObjectEvent = 0x44,
  kFamilyContent = 0x45,
  kFamilyContainedIn = 0x46,
  kFamilyLotStock = 0x47,
  kFamilyLotUnit = 0x48,
  kFamilyDelivery = 0x49,
  kFamilyPartner = 0x4A,
  kFamilyNotice = 0x4B,
  kFamilyNoticeLines = 0x4C,
  kFamilyNoticeNumber = 0x4D,
  kFamilyNoticeOfMember = 0x4E,
  kFamilyNoticeOfObject = 0x4F,
  kFamilyCase = 0x50,
  kFamilyTimeline = 0x51,
  kFamilyResponse = 0x52,
  kFamilyCaseOfMember = 0x53,
  kFamilyCaseOfSubject = 0x54,
  kFamilyCaseOfParty = 0x55,
  kFamilyKeyHash = 0x60,
  kFamilyKey = 0x61,
  kFamilyAudit = 0x62,
  kFamilyAuditOfResource = 0x63,
  kFamilyRequest = 0x64,
  kFamilyRequestExpiry = 0x65,
  kFamilyAuditSeal = 0x66,
};

std::uint32_t Number(MemberId member) { return static_cast<std::uint32_t>(member); }
std::uint8_t Number(Kind kind) { return static_cast<std::uint8_t>(kind); }
std::uint16_t Counter16(Code code) { return static_cast<std::uint16_t>(code.counter()); }

// At most kNameBytesMax bytes of `folded`, cut between characters so that a name and a prefix are
// cut alike.
std::string_view WholeCharacters(std::string_view folded) {
  if (folded.size() <= kNameBytesMax) return folded;
  std::size_t length = kNameBytesMax;
  while (length > 0 && (static_cast<unsigned char>(folded[length]) & 0xC0) == 0x80) --length;
  return folded.substr(0, length);
}

}  // namespace

std::string Meta(std::string_view name) { return OrderedKey(kFamilyMeta).Text(name); }
std::string Counter(std::string_view name) { return OrderedKey(kFamilyCounter).Text(name); }
std::string Member(MemberId member) { return OrderedKey(kFamilyMember).U32(Number(member)); }
std::string MemberPrefix() { return OrderedKey(kFamilyMember); }
std::string Block(std::uint32_t block) { return OrderedKey(kFamilyBlock).U32(block); }
std::string Issued(Kind kind, std::uint32_t block) {
  return OrderedKey(kFamilyIssued).U8(Number(kind)).U32(block);
}
std::string Gs1Prefix(std::string_view digits) { return OrderedKey(kFamilyGs1Prefix).Text(digits); }
std::string Gs1PrefixPrefix(std::string_view digits) {
  return OrderedKey(kFamilyGs1Prefix).Tail(digits);
}
std::string SsccCounter(MemberId member, std::string_view gs1_prefix, char extension_digit) {
  return OrderedKey(kFamilySsccCounter)
      .U32(Number(member))
      .Text(gs1_prefix)
      .U8(static_cast<std::uint8_t>(extension_digit));
}
std::string Class(std::string_view key_code) { return OrderedKey(kFamilyClass).Tail(key_code); }
std::string ClassPrefix(std::string_view key_code) {
  return OrderedKey(kFamilyClass).Tail(key_code);
}
std::string ClassVersion(std::string_view key_code, std::uint64_t version) {
  return OrderedKey(kFamilyClassVersion).Text(key_code).U64(version);
}
std::string Item(Code code) {
  return OrderedKey(kFamilyItem).U32(code.block()).U16(Counter16(code));
}
std::string ItemPrefix(std::uint32_t block) { return OrderedKey(kFamilyItem).U32(block); }
std::string ItemPrefix() { return OrderedKey(kFamilyItem); }
std::string Service(Code code) {
  return OrderedKey(kFamilyService).U32(code.block()).U16(Counter16(code));
}
std::string ServicePrefix(std::uint32_t block) { return OrderedKey(kFamilyService).U32(block); }
std::string ServicePrefix() { return OrderedKey(kFamilyService); }
std::string SupplierItem(Code generic, Code item) {
  return OrderedKey(kFamilySupplierItem).U64(generic.number()).U64(item.number());
}
std::string SupplierItemPrefix(Code generic) {
  return OrderedKey(kFamilySupplierItem).U64(generic.number());
}
std::string Identity(MemberId member, std::string_view key_code, std::uint32_t digest, Code code) {
  return OrderedKey(kFamilyIdentity)
      .U8(Number(code.kind()))
      .U32(Number(member))
      .Text(key_code)
      .U32(digest)
      .U64(code.number());
}
std::string IdentityPrefix(Kind kind, MemberId member, std::string_view key_code,
                           std::uint32_t digest) {
  return OrderedKey(kFamilyIdentity)
      .U8(Number(kind))
      .U32(Number(member))
      .Text(key_code)
      .U32(digest);
}
std::string Alias(int scheme, MemberId scope, std::string_view value) {
  return OrderedKey(kFamilyAlias)
      .U8(static_cast<std::uint8_t>(scheme))
      .U32(Number(scope))
      .Text(value);
}
std::string AliasHistory(Code code, int scheme, std::string_view value, std::uint64_t begun) {
  return OrderedKey(kFamilyAliasHistory)
      .U64(code.number())
      .U8(static_cast<std::uint8_t>(scheme))
      .Text(value)
      .U64(begun);
}
std::string AliasHistoryPrefix(Code code) {
  return OrderedKey(kFamilyAliasHistory).U64(code.number());
}
std::string EndedGtin(std::string_view gtin) { return OrderedKey(kFamilyEndedGtin).Text(gtin); }
std::string Name(Kind kind, MemberId scope, std::string_view folded, Code code) {
  return OrderedKey(kFamilyName)
      .U8(Number(kind))
      .U32(Number(scope))
      .Text(WholeCharacters(folded))
      .U64(code.number());
}
std::string NamePrefix(Kind kind, MemberId scope, std::string_view folded_prefix) {
  return OrderedKey(kFamilyName)
      .U8(Number(kind))
      .U32(Number(scope))
      .Tail(WholeCharacters(folded_prefix));
}
std::string SearchNote(std::uint64_t sequence, std::uint64_t thing) {
  return OrderedKey(kFamilySearchNote).U64(sequence).U64(thing);
}
std::string SearchNotePrefix() { return OrderedKey(kFamilySearchNote); }
std::string SearchBlock(std::uint16_t version, MemberId scope, SearchTerm term,
                        std::uint64_t last) {
  return OrderedKey(kFamilySearchBlock)
      .U16(version)
      .U32(Number(scope))
      .U64(term.high)
      .U64(term.low)
      .U64(last);
}
std::string SearchBlockPrefix(std::uint16_t version, MemberId scope, SearchTerm term) {
  return OrderedKey(kFamilySearchBlock)
      .U16(version)
      .U32(Number(scope))
      .U64(term.high)
      .U64(term.low);
}
std::string SearchBlockPrefix() { return OrderedKey(kFamilySearchBlock); }
std::string Reservation(MemberId member, Code code) {
  return OrderedKey(kFamilyReservation).U32(Number(member)).U64(code.number());
}
std::string ReservationPrefix(MemberId member) {
  return OrderedKey(kFamilyReservation).U32(Number(member));
}
std::string ReservationExpiry(std::int64_t expire_us, Code code) {
  return OrderedKey(kFamilyReservationExpiry)
      .U64(static_cast<std::uint64_t>(expire_us))
      .U64(code.number());
}
std::string ReservationExpiryPrefix() { return OrderedKey(kFamilyReservationExpiry); }
std::string Party(Code code) {
  return OrderedKey(kFamilyParty).U32(code.block()).U32(code.serial());
}
std::string PartyPrefix(std::uint32_t block) { return OrderedKey(kFamilyParty).U32(block); }
std::string PartyPrefix() { return OrderedKey(kFamilyParty); }
std::string SealKey(Code code) { return OrderedKey(kFamilySealKey).U64(code.number()); }
std::string PartyMerge(Code absorbed) {
  return OrderedKey(kFamilyPartyMerge).U64(absorbed.number());
}
std::string MergedParty(Code survivor, std::uint64_t sequence, Code absorbed) {
  return OrderedKey(kFamilyMergedParty).U64(survivor.number()).U64(sequence).U64(absorbed.number());
}
std::string MergedPartyPrefix(Code survivor) {
  return OrderedKey(kFamilyMergedParty).U64(survivor.number());
}
std::string DuplicatePair(MemberId member, Code first, Code second) {
  return OrderedKey(kFamilyDuplicatePair)
      .U32(Number(member))
      .U64(first.number())
      .U64(second.number());
}
std::string DuplicatePairPrefix(MemberId member) {
  return OrderedKey(kFamilyDuplicatePair).U32(Number(member));
}
std::string DuplicateRank(MemberId member, std::uint32_t rank, Code first, Code second) {
  return OrderedKey(kFamilyDuplicateRank)
      .U32(Number(member))
      .U32(rank)
      .U64(first.number())
      .U64(second.number());
}
std::string DuplicateRankPrefix(MemberId member) {
  return OrderedKey(kFamilyDuplicateRank).U32(Number(member));
}
std::string HouseholdVeto(MemberId member, Code first, Code second) {
  return OrderedKey(kFamilyHouseholdVeto)
      .U32(Number(member))
      .U64(first.number())
      .U64(second.number());
}
std::string HouseholdVetoPrefix(MemberId member) {
  return OrderedKey(kFamilyHouseholdVeto).U32(Number(member));
}

std::string Event(std::uint64_t sequence) { return OrderedKey(kFamilyEvent).U64(sequence); }
std::string EventId(MemberId member, std::string_view event_id) {
  return OrderedKey(kFamilyEventId).U32(Number(member)).Text(event_id);
}
std::string EventHash(MemberId member, std::string_view hash) {
  return OrderedKey(kFamilyEventHash).U32(Number(member)).Tail(hash);
}
std::string Object(std::string_view object) { return OrderedKey(kFamilyObject).Tail(object); }
std::string ObjectEvent(std::string_view object, std::uint64_t sequence) {
  return OrderedKey(kFamilyObjectEvent).Text(object).U64(sequence);
}
std::string ObjectEventPrefix(std::string_view object) {
  return OrderedKey(kFamilyObjectEvent).Text(object);
}
std::string Content(std::string_view container, std::string_view child) {
  return OrderedKey(kFamilyContent).Text(container).Tail(child);
}
std::string ContentPrefix(std::string_view container) {
  return OrderedKey(kFamilyContent).Text(container);
}
std::string ContainedIn(std::string_view lot, std::string_view container) {
  return OrderedKey(kFamilyContainedIn).Text(lot).Tail(container);
}
std::string ContainedInPrefix(std::string_view lot) {
  return OrderedKey(kFamilyContainedIn).Text(lot);
}
std::string LotStock(std::string_view lot, Code holder, std::uint8_t state,
                     std::uint64_t destination) {
  return OrderedKey(kFamilyLotStock).Text(lot).U64(holder.number()).U8(state).U64(destination);
}
std::string LotStockPrefix(std::string_view lot) { return OrderedKey(kFamilyLotStock).Text(lot); }
std::string LotUnit(std::string_view lot, std::string_view unit) {
  return OrderedKey(kFamilyLotUnit).Text(lot).Tail(unit);
}
std::string LotUnitPrefix(std::string_view lot) { return OrderedKey(kFamilyLotUnit).Text(lot); }
std::string Delivery(Code party, std::uint64_t sequence, std::string_view object) {
  return OrderedKey(kFamilyDelivery).U64(party.number()).U64(sequence).Tail(object);
}
std::string DeliveryPrefix(Code party) { return OrderedKey(kFamilyDelivery).U64(party.number()); }
std::string Partner(MemberId member, MemberId other) {
  return OrderedKey(kFamilyPartner).U32(Number(member)).U32(Number(other));
}
std::string Notice(std::uint64_t sequence) { return OrderedKey(kFamilyNotice).U64(sequence); }
std::string NoticeLines(std::uint64_t sequence, std::uint32_t part) {
  return OrderedKey(kFamilyNoticeLines).U64(sequence).U32(part);
}
std::string NoticeLinesPrefix(std::uint64_t sequence) {
  return OrderedKey(kFamilyNoticeLines).U64(sequence);
}
std::string NoticeNumber(MemberId member, std::string_view number, std::uint64_t sequence) {
  return OrderedKey(kFamilyNoticeNumber).U32(Number(member)).Text(number).U64(sequence);
}
std::string NoticeNumberPrefix(MemberId member, std::string_view number) {
  return OrderedKey(kFamilyNoticeNumber).U32(Number(member)).Text(number);
}
std::string NoticeOfMember(MemberId member, NoticeList list, std::uint64_t sequence) {
  return OrderedKey(kFamilyNoticeOfMember)
      .U32(Number(member))
      .U8(static_cast<std::uint8_t>(list))
      .U64(sequence);
}
std::string NoticeOfMemberPrefix(MemberId member, NoticeList list) {
  return OrderedKey(kFamilyNoticeOfMember).U32(Number(member)).U8(static_cast<std::uint8_t>(list));
}
std::string NoticeOfObject(std::string_view object, std::uint64_t sequence) {
  return OrderedKey(kFamilyNoticeOfObject).Text(object).U64(sequence);
}
std::string NoticeOfObjectPrefix(std::string_view object) {
  return OrderedKey(kFamilyNoticeOfObject).Text(object);
}
std::string Case(Code code) { return OrderedKey(kFamilyCase).U32(code.block()).U32(code.serial()); }
std::string Timeline(Code code, std::uint32_t number) {
  return OrderedKey(kFamilyTimeline).U64(code.number()).U32(number);
}
std::string TimelinePrefix(Code code) { return OrderedKey(kFamilyTimeline).U64(code.number()); }
std::string Response(Code code, std::uint32_t number) {
  return OrderedKey(kFamilyResponse).U64(code.number()).U32(number);
}
std::string ResponsePrefix(Code code) { return OrderedKey(kFamilyResponse).U64(code.number()); }
std::string CaseOfMember(MemberId member, std::uint64_t sequence, Code code) {
  return OrderedKey(kFamilyCaseOfMember).U32(Number(member)).U64(sequence).U64(code.number());
}
std::string CaseOfMemberPrefix(MemberId member) {
  return OrderedKey(kFamilyCaseOfMember).U32(Number(member));
}
std::string CaseOfSubject(MemberId member, std::string_view subject, std::uint64_t sequence,
                          Code code) {
  return OrderedKey(kFamilyCaseOfSubject)
      .U32(Number(member))
      .Text(subject)
      .U64(sequence)
      .U64(code.number());
}
std::string CaseOfSubjectPrefix(MemberId member, std::string_view subject) {
  return OrderedKey(kFamilyCaseOfSubject).U32(Number(member)).Text(subject);
}
std::string CaseOfParty(Code party, std::uint64_t sequence, Code code) {
  return OrderedKey(kFamilyCaseOfParty).U64(party.number()).U64(sequence).U64(code.number());
}
std::string CaseOfPartyPrefix(Code party) {
  return OrderedKey(kFamilyCaseOfParty).U64(party.number());
}
std::string KeyHash(std::string_view hash) { return OrderedKey(kFamilyKeyHash).Tail(hash); }
std::string Key(std::uint64_t id) { return OrderedKey(kFamilyKey).U64(id); }
std::string KeyPrefix() { return OrderedKey(kFamilyKey); }
std::string Audit(std::uint64_t sequence, std::uint32_t number) {
  return OrderedKey(kFamilyAudit).U64(sequence).U32(number);
}
std::string AuditPrefix() { return OrderedKey(kFamilyAudit); }
std::string AuditOfResource(std::string_view resource, std::uint64_t sequence,
                            std::uint32_t number) {
  return OrderedKey(kFamilyAuditOfResource).Text(resource).U64(sequence).U32(number);
}
std::string AuditOfResourcePrefix(std::string_view resource) {
  return OrderedKey(kFamilyAuditOfResource).Text(resource);
}
std::string Request(std::uint64_t key_id, std::string_view request_id) {
  return OrderedKey(kFamilyRequest).U64(key_id).Text(request_id);
}
std::string RequestExpiry(std::int64_t expire_us, std::uint64_t key_id,
                          std::string_view request_id) {
  return OrderedKey(kFamilyRequestExpiry)
      .U64(static_cast<std::uint64_t>(expire_us))
      .U64(key_id)
      .Text(request_id);
}
std::string RequestExpiryPrefix() { return OrderedKey(kFamilyRequestExpiry); }
std::string AuditSeal(std::uint64_t number) { return OrderedKey(kFamilyAuditSeal).U64(number); }
std::string AuditSealPrefix() { return OrderedKey(kFamilyAuditSeal); }

}  // namespace radyab::keyspace

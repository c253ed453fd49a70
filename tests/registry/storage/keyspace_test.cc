// Stored keys never change: every function of keyspace.h with sample arguments against the golden
// file. When a family is added, its line is added by hand; a line that must change means that
// kSchemaVersion grows and stored data is carried over.
#include "registry/storage/keyspace.h"

#include <map>
#include <set>
#include <vector>

#include "gtest/gtest.h"
#include "registry/storage/authenticity_keys.h"
#include "registry/storage/linkage_keys.h"
#include "registry/storage/notice_keys.h"
#include "registry/storage/store.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::keyspace {
namespace {

const std::filesystem::path kRoot = RADYAB_SOURCE_DIR;

Code CodeOf(std::uint64_t number) { return *Code::FromNumber(number); }

struct Sample {
  std::string call;  // as it would be written
  std::string key;
};

#define SAMPLE(call) \
  Sample { #call, call }

std::vector<Sample> StoreAndCatalogSamples() {
  const Code item = CodeOf(1042000017000113), service = CodeOf(8031000017000251);
  constexpr MemberId kMember{17};
  return {SAMPLE(Meta("schema")),
          SAMPLE(Counter("block")),
          SAMPLE(Member(kMember)),
          SAMPLE(MemberPrefix()),
          SAMPLE(Block(99999)),
          SAMPLE(Issued(Kind::kService, 17)),
          SAMPLE(Gs1Prefix("6260123")),
          SAMPLE(Gs1PrefixPrefix("626")),
          SAMPLE(SsccCounter(kMember, "6260123", '3')),
          SAMPLE(Class("104201")),
          SAMPLE(ClassPrefix("1042")),
          SAMPLE(ClassVersion("1042", 3)),
          SAMPLE(Item(item)),
          SAMPLE(ItemPrefix(17)),
          SAMPLE(ItemPrefix()),
          SAMPLE(Service(service)),
          SAMPLE(ServicePrefix(17)),
          SAMPLE(ServicePrefix()),
          SAMPLE(SupplierItem(item, item)),
          SAMPLE(SupplierItemPrefix(item)),
          SAMPLE(Identity(kMember, "0412", 0x01020304, item)),
          SAMPLE(IdentityPrefix(Kind::kItem, kMember, "0412", 0x01020304)),
          SAMPLE(Alias(1, MemberId::kRegistry, "06260123456789")),
          SAMPLE(AliasHistory(item, 1, "06260123456789", 5)),
          SAMPLE(AliasHistoryPrefix(item)),
          SAMPLE(EndedGtin("06260123456789")),
          SAMPLE(Name(Kind::kItem, kMember, "tea", item)),
          SAMPLE(NamePrefix(Kind::kItem, kMember, "te")),
          SAMPLE(SearchNote(258, 1042000017000113)),
          SAMPLE(SearchNotePrefix()),
          SAMPLE(SearchBlock(258, kMember, SearchTerm{1, 2}, 1042000017000113)),
          SAMPLE(SearchBlockPrefix(258, kMember, SearchTerm{1, 2})),
          SAMPLE(SearchBlockPrefix()),
          SAMPLE(Reservation(kMember, item)),
          SAMPLE(ReservationPrefix(kMember)),
          SAMPLE(ReservationExpiry(1'700'000'000'000'000, item)),
          SAMPLE(ReservationExpiryPrefix()),
          SAMPLE(ItemPair(kMember, item, item)),
          SAMPLE(ItemPairPrefix(kMember)),
          SAMPLE(AliasConflict(kMember, item, 5, "P-1")),
          SAMPLE(AliasConflictPrefix(kMember)),
          SAMPLE(AuthenticityNumber("16 bytes of hash")),
          SAMPLE(NumberAskedAgain(kMember, item, "16 bytes of hash")),
          SAMPLE(NumberAskedAgainPrefix(kMember)),
          SAMPLE(NumberAskedAgainPrefix(kMember, item))};
}

std::vector<Sample> PartyAndTraceSamples() {
  const Code party = CodeOf(7000000017004271);
  constexpr MemberId kMember{17}, kOther{18};
  return {SAMPLE(Party(party)),
          SAMPLE(PartyPrefix(17)),
          SAMPLE(PartyPrefix()),
          SAMPLE(SealKey(party)),
          SAMPLE(PartyMerge(party)),
          SAMPLE(MergedParty(party, 258, party)),
          SAMPLE(MergedPartyPrefix(party)),
          SAMPLE(DuplicatePair(kMember, party, party)),
          SAMPLE(DuplicatePairPrefix(kMember)),
          SAMPLE(DuplicateRank(kMember, 258, party, party)),
          SAMPLE(DuplicateRankPrefix(kMember)),
          SAMPLE(HouseholdVeto(kMember, party, party)),
          SAMPLE(HouseholdVetoPrefix(kMember)),
          SAMPLE(Event(258)),
          SAMPLE(EventId(kMember, "e-1")),
          SAMPLE(EventHash(kMember, "hash")),
          SAMPLE(Object("object")),
          SAMPLE(ObjectEvent("object", 258)),
          SAMPLE(ObjectEventPrefix("object")),
          SAMPLE(Content("box", "unit")),
          SAMPLE(ContentPrefix("box")),
          SAMPLE(ContainedIn("lot", "box")),
          SAMPLE(ContainedInPrefix("lot")),
          SAMPLE(LotStock("lot", party, 2, 7000000017004271)),
          SAMPLE(LotStockPrefix("lot")),
          SAMPLE(LotUnit("lot", "unit")),
          SAMPLE(LotUnitPrefix("lot")),
          SAMPLE(Delivery(party, 258, "object")),
          SAMPLE(DeliveryPrefix(party)),
          SAMPLE(Partner(kMember, kOther)),
          SAMPLE(Notice(258)),
          SAMPLE(NoticeLines(258, 3)),
          SAMPLE(NoticeLinesPrefix(258)),
          SAMPLE(NoticeNumber(kMember, "DN-1", 258)),
          SAMPLE(NoticeNumberPrefix(kMember, "DN-1")),
          SAMPLE(NoticeOfMember(kMember, NoticeList::kOpen, 258)),
          SAMPLE(NoticeOfMemberPrefix(kMember, NoticeList::kOpen)),
          SAMPLE(NoticeOfObject("object", 258)),
          SAMPLE(NoticeOfObjectPrefix("object"))};
}

std::vector<Sample> CaseAndAccessSamples() {
  const Code party = CodeOf(7000000017004271), complaint = CodeOf(2050500017000710);
  constexpr MemberId kMember{17};
  return {SAMPLE(Case(complaint)),
          SAMPLE(Timeline(complaint, 3)),
          SAMPLE(TimelinePrefix(complaint)),
          SAMPLE(Response(complaint, 3)),
          SAMPLE(ResponsePrefix(complaint)),
          SAMPLE(CaseOfMember(kMember, 258, complaint)),
          SAMPLE(CaseOfMemberPrefix(kMember)),
          SAMPLE(CaseOfSubject(kMember, "subject", 258, complaint)),
          SAMPLE(CaseOfSubjectPrefix(kMember, "subject")),
          SAMPLE(CaseOfParty(party, 258, complaint)),
          SAMPLE(CaseOfPartyPrefix(party)),
          SAMPLE(KeyHash("hash")),
          SAMPLE(Key(9)),
          SAMPLE(KeyPrefix()),
          SAMPLE(Audit(258, 1)),
          SAMPLE(AuditPrefix()),
          SAMPLE(AuditOfResource("items/1042000017000113", 258, 1)),
          SAMPLE(AuditOfResourcePrefix("items/1042000017000113")),
          SAMPLE(Request(9, "r-1")),
          SAMPLE(RequestExpiry(1'700'000'000'000'000, 9, "r-1")),
          SAMPLE(RequestExpiryPrefix()),
          SAMPLE(AuditSeal(258)),
          SAMPLE(AuditSealPrefix())};
}

std::vector<Sample> AllSamples() {
  auto samples = StoreAndCatalogSamples();
  for (const auto& more : {PartyAndTraceSamples(), CaseAndAccessSamples()}) {
    samples.insert(samples.end(), more.begin(), more.end());
  }
  return samples;
}

std::string Hex(std::string_view bytes) {
  std::string hex;
  for (const char byte : bytes) {
    constexpr char kDigits[] = "0123456789abcdef";
    hex += kDigits[static_cast<unsigned char>(byte) >> 4];
    hex += kDigits[static_cast<unsigned char>(byte) & 0xF];
  }
  return hex;
}

std::string FunctionOf(const Sample& sample) {
  return sample.call.substr(0, sample.call.find('('));
}

TEST(Keyspace, GivesTheGoldenBytes) {
  std::string text;
  for (const Sample& sample : AllSamples()) text += sample.call + " " + Hex(sample.key) + "\n";
  const auto fresh = std::filesystem::path(RADYAB_BINARY_DIR) / "keyspace.txt";
  storage::WriteWholeFile(fresh, text);
  EXPECT_EQ(storage::ReadWholeFile(kRoot / "tests/golden/keyspace.txt"), text)
      << "what the functions give now is in " << fresh;
}

TEST(Keyspace, HasASampleOfEveryFunction) {
  std::multiset<std::string> declared, sampled;
  const std::string header =
      storage::ReadWholeFile(kRoot / "registry/storage/keyspace.h") +
      storage::ReadWholeFile(kRoot / "registry/storage/authenticity_keys.h") +
      storage::ReadWholeFile(kRoot / "registry/storage/linkage_keys.h") +
      storage::ReadWholeFile(kRoot / "registry/storage/notice_keys.h");
  // Each declaration begins its line with the type.
  constexpr std::string_view kType = "\nstd::string ";
  for (std::size_t at = header.find(kType); at != std::string::npos; at = header.find(kType, at)) {
    at += kType.size();
    declared.insert(header.substr(at, header.find('(', at) - at));
  }
  for (const Sample& sample : AllSamples()) sampled.insert(FunctionOf(sample));
  EXPECT_EQ(sampled, declared);
}

TEST(Keyspace, EveryFamilyHasAFirstByteOfItsOwn) {
  std::map<char, std::string> family;
  for (const Sample& sample : AllSamples()) {
    std::string name = FunctionOf(sample);
    if (name.ends_with("Prefix") && name != "Gs1Prefix") name.resize(name.size() - 6);
    const auto [entry, fresh] = family.emplace(sample.key[0], name);
    EXPECT_EQ(entry->second, name) << Hex(sample.key);
  }
}

TEST(Keyspace, PrefixesBeginTheKeysOfTheirFamily) {
  const auto samples = AllSamples();
  for (const Sample& prefix : samples) {
    const std::string name = FunctionOf(prefix);
    if (!name.ends_with("Prefix") || name == "Gs1Prefix") continue;
    bool begins = false;
    for (const Sample& whole : samples) {
      if (FunctionOf(whole) + "Prefix" == name) begins |= whole.key.starts_with(prefix.key);
    }
    EXPECT_TRUE(begins) << prefix.call;
  }
}

// A member's texts never reach into the keys of another: the longest text one can give.
TEST(Keyspace, CutsLongNamesBetweenCharacters) {
  const Code item = CodeOf(1042000017000113);
  std::string persian;
  while (persian.size() < 400) persian += "چ";  // two bytes each
  const std::string odd = "a" + persian;
  for (const std::string& folded : {persian, odd}) {
    const std::string name = Name(Kind::kItem, MemberId{17}, folded, item);
    EXPECT_LE(name.size(), kNameBytesMax + 1 + 1 + 4 + 2 + 8);
    EXPECT_TRUE(name.starts_with(NamePrefix(Kind::kItem, MemberId{17}, folded)));
    EXPECT_LE(name.size(), storage::kKeyBytesMax);
  }
}

}  // namespace
}  // namespace radyab::keyspace

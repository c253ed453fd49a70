#include "tests/registry/upkeep/upkeep_world.h"

#include <gtest/gtest.h>

#include "registry/access/audit_chain.h"
#include "registry/access/change.h"
#include "registry/access/key_registry.h"
#include "registry/access/sealed_part.h"
#include "registry/authenticity.h"
#include "registry/cases/case_registry.h"
#include "registry/catalog/alias_conflicts.h"
#include "registry/catalog/class_tree.h"
#include "registry/catalog/code_reservations.h"
#include "registry/catalog/item_duplicates.h"
#include "registry/catalog/item_registry.h"
#include "registry/generation.h"
#include "registry/notices/notice_registry.h"
#include "registry/parties/duplicate_review.h"
#include "registry/parties/household_search.h"
#include "registry/parties/party_merge.h"
#include "registry/parties/party_registry.h"
#include "registry/records/records.pb.h"
#include "registry/search/index_upkeep.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/open_store.h"
#include "registry/storage/own_rows.h"
#include "registry/storage/rows.h"
#include "registry/trace/sscc_mint.h"
#include "registry/upkeep/scrub.h"
#include "tests/registry/trace/trace_world.h"

namespace radyab::upkeep {
namespace {

using namespace trace::tests;  // NOLINT: the words of its events
using radyab::tests::FreshBytes;

void AddTrace(TraceWorld& world) {
  const std::string lot = world.LotOf(world.maker, "L1"), box = Sscc(1);
  const std::string unit = world.UnitOf(world.maker, "U1"), other = world.UnitOf(world.maker, "U2");
  world.Take(world.maker, EventOf(kCommission, 1).Lot(lot, "100"));
  world.Take(world.maker, EventOf(kCommission, 2).UnitOfLot(unit, "L2").Id("first"));
  world.Take(world.maker, EventOf(kCommission, 3).Piece(other));
  world.Take(world.maker, EventOf(kPack, 4).Lot(lot, "40").Piece(unit).Into(box));
  world.Take(world.maker, EventOf(kShip, 5).Piece(box).To(world.shop.party));
  world.Take(world.shop, EventOf(kReceive, 6).Piece(box));
  world.Take(world.maker, EventOf(kShip, 7).Lot(lot, "10").To(world.shop.party));
  world.Take(world.shop, EventOf(kReceive, 8).Lot(lot, "6"));
  world.Take(world.shop, EventOf(kDeliver, 9).Lot(lot, "2").To(world.shop.customers.at(0)));
}

// One notice made of an event, and one of lines that is closed.
void AddNotices(TraceWorld& world) {
  v1::ShippingNotice of_event;
  of_event.set_number("DN-1");
  v1::ShippingNotice given;
  given.set_number("DN-2");
  given.set_destination_party(world.shop.party);
  v1::ShippingNoticeLine& line = *given.add_lines();
  line.set_object(world.maker.item);
  line.mutable_quantity()->set_amount("3");
  line.mutable_quantity()->set_unit("C62");
  const auto status = world.registry.Write([&](storage::WriteTransaction& transaction) {
    auto made = notices::CreateNotice(transaction, world.maker.caller, of_event, {"events/5"});
    if (!made.ok()) return made.status();
    made = notices::CreateNotice(transaction, world.maker.caller, given, {});
    if (!made.ok()) return made.status();
    return notices::CloseNotice(transaction, world.shop.caller, {made->name(), "lost", ""})
        .status();
  });
  ASSERT_TRUE(status.ok()) << status;
}

void AddCase(TraceWorld& world) {
  v1::Case wanted;
  wanted.set_type(v1::CASE_TYPE_COMPLAINT);
  wanted.set_channel(v1::CASE_CHANNEL_PHONE);
  wanted.set_language("fa");
  wanted.set_narrative("smells of fish");
  wanted.set_complainant_party(world.shop.customers.at(0));
  v1::CaseSubject& subject = *wanted.add_subjects();
  subject.set_object(world.LotOf(world.maker, "L1"));
  subject.set_match(v1::SUBJECT_MATCH_TYPED);
  const cases::FreshCaseSecrets fresh{FreshBytes(access::kFreshKeyBytes),
                                      FreshBytes(cases::kTokenBytes)};
  const auto caller = CallerFor(world.shop.member, v1::ROLE_DESK);
  const auto opened = world.registry.Write([&](storage::WriteTransaction& transaction) {
    return cases::CreateCase(transaction, world.registry.environment(), caller, wanted, fresh);
  });
  ASSERT_TRUE(opened.ok()) << opened.status();
  v1::Case seen = opened->opened;
  for (const auto state : {v1::CASE_STATE_ACKNOWLEDGED, v1::CASE_STATE_INVESTIGATING}) {
    cases::CaseStep step;
    step.name = seen.name();
    step.etag = seen.etag();
    step.state = state;
    step.reason = "because";
    (state == v1::CASE_STATE_INVESTIGATING ? step.owner : step.delivery_id) = "team-17";
    const auto moved = world.registry.Write([&](storage::WriteTransaction& transaction) {
      return cases::AdvanceCase(transaction, world.registry.environment(), caller, step);
    });
    ASSERT_TRUE(moved.ok()) << moved.status();
    seen = *moved;
  }
  const auto drafted = world.registry.Write([&](storage::WriteTransaction& transaction) {
    return cases::DraftResponse(transaction, world.registry.environment(), caller, seen.name(),
                                "we are sorry", seen.etag());
  });
  ASSERT_TRUE(drafted.ok()) << drafted.status();
}

void AddAccess(TraceWorld& world) {
  const auto status = world.registry.Write([&](storage::WriteTransaction& transaction) {
    v1::Key key;
    key.set_role(v1::ROLE_ADMIN);
    key.set_display_name("admin");
    auto made = access::CreateKey(transaction, world.registry.environment(), key,
                                  std::string(access::kSecretBytes, 's'));
    if (!made.ok()) return made.status();
    access::ChangeRequest request;
    request.caller.key_id = 1;
    request.method = "TraceService.MintSscc";
    request.request_id = "r-1";
    request.digest = "digest";
    return access::RunChange(
               transaction, world.registry.environment(), request,
               [&](storage::WriteTransaction& inner) -> absl::StatusOr<access::ChangeAnswer> {
                 auto minted = trace::MintSscc(inner, world.maker.caller, "", 3, "");
                 if (!minted.ok()) return minted.status();
                 return access::ChangeAnswer{"members/00001", std::string(40'000, 'a')};
               })
        .status();
  });
  ASSERT_TRUE(status.ok()) << status;
}

// Codes that are reserved, and an item of a class with an identifying attribute, which has changed.
void AddCatalog(TraceWorld& world) {
  const auto status = world.registry.Write([&](storage::WriteTransaction& transaction) {
    auto reserved = catalog::ReserveCodes(transaction, world.maker.caller, {.count = 2});
    if (!reserved.ok()) return reserved.status();
    v1::Class node;
    node.set_key_code("0413");
    node.mutable_display_name()->set_en("Butter");
    v1::AttributeTemplate& brand = *node.add_attributes();
    brand.set_key("brand");
    brand.mutable_display_name()->set_en("brand");
    brand.set_type(v1::ATTRIBUTE_TYPE_TEXT);
    brand.set_identifying(true);
    auto made = catalog::CreateClass(transaction, node);
    if (made.ok()) {
      made->mutable_display_name()->set_fa("کره");
      made = catalog::UpdateClass(transaction, v1::Class(*made), {"display_name"});
    }
    if (!made.ok()) return made.status();
    v1::Item item;
    item.set_class_name(made->name());
    item.mutable_display_name()->set_en("Butter");
    v1::Attribute& given = *item.add_attributes();
    given.set_key("brand");
    given.set_value("Pak");
    return catalog::CreateItem(transaction, world.registry.environment(), world.maker.caller, item,
                               {})
        .status();
  });
  ASSERT_TRUE(status.ok()) << status;
}

// One customer typed three times: two of them merged, the third found, and vetoed as a housemate.
void AddDoubles(TraceWorld& world) {
  std::vector<std::string> names;
  for (int i = 0; i < 3; ++i) {
    v1::Party party;
    party.set_kind(v1::PARTY_KIND_PERSON);
    party.add_roles(v1::PARTY_ROLE_CUSTOMER);
    party.mutable_display_name()->set_en("Siavash Rahmaninejad");
    party.set_phone("+989121234567");
    party.set_birth_date("1983-07-06");
    const std::string fresh_key = FreshBytes(access::kFreshKeyBytes);
    const auto made = world.registry.Write([&](storage::WriteTransaction& transaction) {
      return parties::CreateParty(transaction, world.registry.environment(), world.shop.caller,
                                  party, {}, fresh_key);
    });
    ASSERT_TRUE(made.ok()) << made.status();
    names.push_back(made->name());
  }
  parties::MergeWanted wanted;
  wanted.survivor = names[0];
  wanted.absorbed = names[1];
  wanted.reason = "typed twice";
  const auto status = world.registry.Write([&](storage::WriteTransaction& transaction) {
    auto merged =
        parties::MergeParties(transaction, world.registry.environment(), world.shop.caller, wanted);
    if (!merged.ok()) return merged.status();
    return parties::VetoHousehold(transaction, world.shop.caller,
                                  {names[0], names[2], false, "neighbours"})
        .status();
  });
  ASSERT_TRUE(status.ok()) << status;
  const coding::Code item = world.registry.MakeItem(world.maker.member, "Black tea of Lahijan");
  const coding::Code again = world.registry.MakeItem(world.maker.member, "Black tea of Lahijan");
  const auto kept = world.registry.Write([&](storage::WriteTransaction& transaction) {
    return catalog::KeepItemPair(transaction, {world.maker.member, PairOf(item, again), 0.98})
        .status();
  });
  ASSERT_TRUE(kept.ok()) << kept;
  const auto part = radyab::tests::AliasOf(v1::ALIAS_SCHEME_SUPPLIER_PART, "P-9");
  world.registry.MakeItem(world.maker.member, "Green tea of Lahijan", {part});
  const auto claimed = world.registry.Write([&](storage::WriteTransaction& transaction) {
    return catalog::ClaimAlias(transaction, world.registry.environment(), world.maker.caller,
                               {item.Digits(), part, "printed on it"})
        .status();
  });
  ASSERT_TRUE(claimed.ok()) << claimed;
  const auto asked = world.registry.Write([&](storage::WriteTransaction& transaction) {
    const Environment& environment = world.registry.environment();
    auto done = RegisterAuthenticityNumbers(transaction, environment, world.maker.caller,
                                            item.Digits() + "/lot/L-1",
                                            {"1111222233334444", "5555666677778888"})
                    .status();
    for (int times = 0; times < 2 && done.ok(); ++times) {
      done = AskAuthenticity(transaction, environment, "1111222233334444", {2026, 11, 27}).status();
    }
    return done;
  });
  ASSERT_TRUE(asked.ok()) << asked;
  const auto counts =
      parties::FindPartyDuplicates(world.registry.store(), world.registry.environment(),
                                   world.shop.caller, "", [] { return absl::OkStatus(); });
  ASSERT_TRUE(counts.ok()) << counts.status();
  ASSERT_EQ(counts->suggested, 1);
}

Rows MakeRichRows() {
  TraceWorld world;
  world.registry.MakeService(world.maker.member, "Repair");
  world.registry.MakeItem(world.maker.member, "Tea",
                          {radyab::tests::AliasOf(v1::ALIAS_SCHEME_SUPPLIER_PART, "P-1"),
                           radyab::tests::AliasOf(v1::ALIAS_SCHEME_GTIN, "6260001000018")});
  AddCatalog(world);
  AddTrace(world);
  AddNotices(world);
  AddCase(world);
  AddDoubles(world);
  AddAccess(world);
  // The permutation's key, as the first start writes it.
  const auto status = world.registry.Write([&](storage::WriteTransaction& transaction) {
    records::MetaRecord record;
    record.set_secret(std::string(32, '\1'));
    return storage::PutRow(transaction, keyspace::Meta("permutation"), record);
  });
  EXPECT_TRUE(status.ok()) << status;
  // One name in the search index, the others noted.
  const auto indexed = search::IndexSome(world.registry.store(), world.registry.environment(), 1);
  EXPECT_TRUE(indexed.ok()) << indexed.status();
  EXPECT_TRUE(access::SealAudit(world.registry.store(), world.registry.environment()).ok());
  return RowsOf(world.registry.store());
}

}  // namespace

const Rows& RichRows() {
  static const Rows rows = MakeRichRows();
  return rows;
}

Environment WorldEnvironment() {
  return {coding::SerialPermutation(radyab::tests::FixedKey(1)),
          access::KeyedHash(radyab::tests::FixedKey(2)),
          access::Sealer(radyab::tests::FixedKey(3))};
}

std::unique_ptr<storage::Store> StoreOf(const Rows& rows) {
  storage::StoreOptions options;
  // Its own commit comes after all that the rows know of.
  options.first_commit_sequence = 1'000'000;
  auto store = storage::OpenStore("memory:", options);
  EXPECT_TRUE(store.ok());
  const auto status = (*store)->Write([&](storage::WriteTransaction& transaction) {
    for (const auto& [key, value] : rows) {
      if (auto put = transaction.Put(key, value); !put.ok()) return put;
    }
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  return *std::move(store);
}

Rows RowsOf(storage::Store& store) {
  Rows rows;
  const auto status = store.Read([&](storage::ReadTransaction& snapshot) {
    return snapshot.Scan({}, storage::Direction::kForward, storage::kNoRowLimit,
                         [&](std::string_view key, std::string_view value) {
                           rows.emplace(key, value);
                           return true;
                         });
  });
  EXPECT_TRUE(status.ok()) << status;
  return rows;
}

std::vector<std::string> FindingsIn(storage::Store& store) {
  std::vector<std::string> findings;
  const auto summary = Scrub(
      store,
      [&](const v1::ScrubFinding& finding) {
        findings.push_back(finding.family() + ": " + finding.fault());
        return absl::OkStatus();
      },
      [](std::uint64_t) { return absl::OkStatus(); });
  EXPECT_TRUE(summary.ok()) << summary.status();
  if (summary.ok()) {
    EXPECT_EQ(summary->finding_count(), static_cast<std::int64_t>(findings.size()));
  }
  return findings;
}

std::vector<std::string> FindingsIn(const Rows& rows) { return FindingsIn(*StoreOf(rows)); }

}  // namespace radyab::upkeep

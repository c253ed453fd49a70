// Parties, cases, keys and the trails they leave.
#include "radyab/v1/case.pb.h"
#include "radyab/v1/party.pb.h"
#include "registry/catalog/member_registry.h"
#include "registry/storage/linkage_keys.h"
#include "registry/storage/own_rows.h"
#include "registry/upkeep/row_context.h"

namespace radyab::upkeep {
namespace {

// A code of a block and a permuted serial, as it stands behind the family's byte.
std::optional<coding::Code> SerialCode(const RowContext& row, coding::Kind kind) {
  auto parts = row.parts();
  const std::uint32_t block = parts.U32(), serial = parts.U32();
  const auto code = coding::Code::ForSerial(kind, block, serial);
  if (code.ok()) return *code;
  row.tell("its key holds no code");
  return std::nullopt;
}

void CheckParty(RowContext& row) {
  const auto party = row.Own<records::PartyRecord>();
  const auto code = SerialCode(row, coding::Kind::kParty);
  if (!party || !code) return;
  if (party->party().code() != code->Digits()) {
    row.tell("its code \"" + party->party().code() + "\" is that of another row");
  }
  row.Want(keyspace::Block(code->block()), "its block");
  row.WantCounter(keyspace::Issued(coding::Kind::kParty, code->block()), 1,
                  "the counter of its block");
  row.Want(keyspace::SealKey(*code), "the key of its sealed part");
}

void CheckSealKey(RowContext& row) {
  row.Own<records::SealKeyRecord>();
  row.WantEntity(row.parts().U64());
}

// A merge stands under a party whose life says so, and is found from its survivor.
void CheckPartyMerge(RowContext& row) {
  const auto merge = row.Own<records::PartyMergeRecord>();
  const auto absorbed = coding::Code::FromNumber(row.parts().U64());
  if (!merge) return;
  const auto survivor = coding::Code::FromNumber(merge->survivor());
  if (!absorbed.ok() || !survivor.ok()) return row.tell("it does not name two codes");
  row.Want(keyspace::Party(*survivor), "the party it was merged into");
  row.Want(keyspace::MergedParty(*survivor, merge->sequence(), *absorbed),
           "the row that finds it from its survivor");
  const auto party = row.OtherAs<records::PartyRecord>(keyspace::Party(*absorbed));
  if (!row.fault.ok()) return;
  const bool led = party && party->party().life().state() == v1::LIFE_STATE_MERGED &&
                   party->party().life().successor_code() == survivor->Digits();
  if (!led) row.tell("its party does not say that it is merged into " + survivor->Digits());
}

void CheckMergedParty(RowContext& row) {
  auto parts = row.parts();
  parts.U64();
  parts.U64();
  const auto absorbed = coding::Code::FromNumber(parts.U64());
  if (!absorbed.ok()) return row.tell("its key holds no code");
  row.Want(keyspace::PartyMerge(*absorbed), "the merge it names");
}

void CheckDuplicatePair(RowContext& row) {
  const auto record = row.Own<records::DuplicatePairRecord>();
  if (!record) return;
  auto parts = row.parts();
  const auto member = static_cast<MemberId>(parts.U32());
  const auto first = coding::Code::FromNumber(parts.U64());
  const auto second = coding::Code::FromNumber(parts.U64());
  if (!first.ok() || !second.ok()) return row.tell("its key holds no two codes");
  row.Want(keyspace::Party(*first), first->Digits());
  row.Want(keyspace::Party(*second), second->Digits());
  const v1::PartyDuplicate& pair = record->pair();
  if (pair.verdict() == v1::DUPLICATE_VERDICT_OPEN && pair.has_found_time()) {
    row.Want(keyspace::DuplicateRank(member, record->rank(), *first, *second),
             "its place in the order of likelihood");
  }
}

void CheckDuplicateRank(RowContext& row) {
  auto parts = row.parts();
  const auto member = static_cast<MemberId>(parts.U32());
  const std::uint32_t rank = parts.U32();
  const auto first = coding::Code::FromNumber(parts.U64());
  const auto second = coding::Code::FromNumber(parts.U64());
  if (!first.ok() || !second.ok()) return row.tell("its key holds no two codes");
  const auto pair =
      row.OtherAs<records::DuplicatePairRecord>(keyspace::DuplicatePair(member, *first, *second));
  const bool open = pair && pair->pair().verdict() == v1::DUPLICATE_VERDICT_OPEN;
  if (row.fault.ok() && (!open || pair->rank() != rank)) row.tell("its pair is not open with it");
}

void CheckHouseholdVeto(RowContext& row) {
  row.Own<records::HouseholdVetoRecord>();
  auto parts = row.parts();
  parts.U32();
  row.WantEntity(parts.U64());
  row.WantEntity(parts.U64());
}

void CheckCase(RowContext& row) {
  const auto record = row.Own<records::CaseRecord>();
  const auto code = SerialCode(row, coding::Kind::kCase);
  if (!record || !code) return;
  if (record->case_().code() != code->Digits()) {
    row.tell("its code \"" + record->case_().code() + "\" is that of another row");
  }
  row.Want(keyspace::SealKey(*code), "the key of its sealed part");
  row.WantCounter(keyspace::Counter("case"), record->sequence(), "the counter of cases");
  if (const auto member = catalog::ParseMemberName(record->case_().member(), "member");
      member.ok()) {
    row.Want(keyspace::CaseOfMember(*member, record->sequence(), *code),
             "its place in its member's list");
  } else {
    row.tell("it belongs to no member");
  }
  for (std::uint32_t number = 1; number <= record->timeline_count() && row.fault.ok(); ++number) {
    row.Want(keyspace::Timeline(*code, number),
             "entry " + std::to_string(number) + " of its timeline");
  }
  for (std::uint32_t number = 1; number <= record->response_count() && row.fault.ok(); ++number) {
    row.Want(keyspace::Response(*code, number), "response " + std::to_string(number));
  }
}

// The last eight bytes of an index name the case.
void CheckCaseIndex(RowContext& row) {
  row.WantEntity(storage::OrderedKeyReader(row.key.substr(row.key.size() - 8)).U64());
}

void CheckKeyHash(RowContext& row) {
  const auto reference = row.Own<records::KeyRefRecord>();
  if (!reference) return;
  const auto key = row.OtherAs<records::KeyRecord>(keyspace::Key(reference->id()));
  const std::string hash = row.parts().Tail();
  const bool of_key = key && (key->hash() == hash || key->old_hash() == hash);
  if (!of_key) row.tell("its key does not have this hash");
}

void CheckKey(RowContext& row) {
  const auto key = row.Own<records::KeyRecord>();
  if (!key) return;
  row.Want(keyspace::KeyHash(key->hash()), "the row that finds it by its secret");
  if (!key->old_hash().empty()) {
    row.Want(keyspace::KeyHash(key->old_hash()), "the row that finds it by its secret before");
  }
  row.WantCounter(keyspace::Counter("key"), row.parts().U64(), "the counter of keys");
}

void CheckAudit(RowContext& row) {
  const auto audit = row.Own<records::AuditRecord>();
  if (!audit) return;
  auto parts = row.parts();
  const std::uint64_t sequence = parts.U64();
  const std::uint32_t number = parts.U32();
  row.Want(keyspace::AuditOfResource(audit->resource(), sequence, number),
           "the row that finds it by its resource");
  if (sequence > row.transaction.commit_sequence()) row.tell("it is of a commit that never was");
}

void CheckAuditOfResource(RowContext& row) {
  auto parts = row.parts();
  parts.Text();
  const std::uint64_t sequence = parts.U64();
  row.Want(keyspace::Audit(sequence, parts.U32()), "the change it names");
}

// Whether the seals agree with what they cover is asked of `admin audit verify`.
void CheckAuditSeal(RowContext& row) {
  const auto seal = row.Own<records::AuditSealRecord>();
  if (!seal) return;
  const std::uint64_t number = row.parts().U64();
  if (seal->number() != number) row.tell("it bears another number");
  if (number > 1) row.Want(keyspace::AuditSeal(number - 1), "the seal before it");
  row.Want(keyspace::Audit(seal->last_sequence(), seal->last_number()), "the last row it covers");
}

void CheckRequest(RowContext& row) {
  const auto request = row.Own<records::RequestRecord>();
  if (!request || request->digest().empty()) return;  // a later part of a long answer
  auto parts = row.parts();
  const std::uint64_t key_id = parts.U64();
  row.Want(keyspace::RequestExpiry(request->expire_us(), key_id, parts.Text()), "its end");
}

void CheckRequestExpiry(RowContext& row) {
  auto parts = row.parts();
  parts.U64();
  const std::uint64_t key_id = parts.U64();
  row.Want(keyspace::Request(key_id, parts.Text()), "the answer it ends");
}

}  // namespace

void CheckPartyRow(RowContext& row) {
  switch (static_cast<unsigned char>(row.key[0])) {
    case 0x30:
      return CheckParty(row);
    case 0x31:
      return CheckSealKey(row);
    case 0x32:
      return CheckPartyMerge(row);
    case 0x33:
      return CheckMergedParty(row);
    case 0x34:
      return CheckDuplicatePair(row);
    case 0x35:
      return CheckDuplicateRank(row);
    case 0x36:
      return CheckHouseholdVeto(row);
    default:
      row.tell("its family has no check");
  }
}

void CheckCaseRow(RowContext& row) {
  switch (static_cast<unsigned char>(row.key[0])) {
    case 0x50:
      return CheckCase(row);
    case 0x51:
      row.Own<records::TimelineRecord>();
      return row.WantEntity(row.parts().U64());
    case 0x52:
      row.Own<records::ResponseRecord>();
      return row.WantEntity(row.parts().U64());
    case 0x53:
    case 0x54:
    case 0x55:
      return CheckCaseIndex(row);
    default:
      row.tell("its family has no check");
  }
}

void CheckAccessRow(RowContext& row) {
  switch (static_cast<unsigned char>(row.key[0])) {
    case 0x01:
      row.Own<records::MetaRecord>();
      return;
    case 0x02:
      row.Own<records::CounterRecord>();
      return;
    case 0x60:
      return CheckKeyHash(row);
    case 0x61:
      return CheckKey(row);
    case 0x62:
      return CheckAudit(row);
    case 0x63:
      return CheckAuditOfResource(row);
    case 0x64:
      return CheckRequest(row);
    case 0x65:
      return CheckRequestExpiry(row);
    case 0x66:
      return CheckAuditSeal(row);
    default:
      row.tell("its family has no check");
  }
}

}  // namespace radyab::upkeep

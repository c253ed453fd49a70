#include <type_traits>

#include "coding/object_words.h"
#include "coding/text_fold.h"
#include "radyab/v1/alias_conflict.pb.h"
#include "radyab/v1/authenticity.pb.h"
#include "radyab/v1/catalog.pb.h"
#include "radyab/v1/class.pb.h"
#include "radyab/v1/linkage.pb.h"
#include "radyab/v1/member.pb.h"
#include "registry/catalog/code_issuer.h"
#include "registry/catalog/member_registry.h"
#include "registry/search/thing.h"
#include "registry/storage/authenticity_keys.h"
#include "registry/upkeep/row_context.h"

namespace radyab::upkeep {
namespace {

using coding::Kind;

void CheckMember(RowContext& row) {
  const auto member = row.Own<v1::Member>();
  if (!member) return;
  const auto id = static_cast<MemberId>(row.parts().U32());
  if (member->name() != catalog::MemberName(id)) row.tell("it calls itself " + member->name());
  for (const std::string& digits : member->blocks()) {
    const auto block = static_cast<std::uint32_t>(std::stoul("0" + digits));
    const auto leased = row.OtherAs<records::BlockRecord>(keyspace::Block(block));
    if (!leased || leased->member() != static_cast<std::uint32_t>(id)) {
      row.tell("its block " + digits + " is not leased to it");
    }
  }
  const auto party = coding::ParseCode(member->party_code());
  if (!party.ok()) {
    row.tell("it has no party");
  } else {
    row.WantEntity(party->number());
  }
}

void CheckBlock(RowContext& row) {
  const auto block = row.Own<records::BlockRecord>();
  if (!block) return;
  row.Want(keyspace::Member(static_cast<MemberId>(block->member())), "its member");
  const std::uint32_t number = row.parts().U32();
  if (number > 0) row.WantCounter(keyspace::Counter("block"), number, "the counter of blocks");
}

void CheckGs1Prefix(RowContext& row) {
  const auto record = row.Own<records::BlockRecord>();
  if (!record) return;
  const auto id = static_cast<MemberId>(record->member());
  const auto member = row.OtherAs<v1::Member>(keyspace::Member(id));
  if (!member || member->gs1_company_prefix() != row.parts().Text()) {
    row.tell("its member does not have this prefix");
  }
}

void CheckClass(RowContext& row) {
  const auto node = row.Own<v1::Class>();
  if (!node) return;
  const std::string code = row.parts().Tail();
  if (node->key_code() != code) row.tell("it calls itself " + node->key_code());
  if (code.size() > 2) row.Want(keyspace::Class(code.substr(0, code.size() - 2)), "its parent");
}

void CheckClassVersion(RowContext& row) {
  const auto node = row.Own<v1::Class>();
  if (!node) return;
  auto parts = row.parts();
  const std::string code = parts.Text();
  const std::uint64_t version = parts.U64();
  if (node->key_code() != code || static_cast<std::uint64_t>(node->version()) != version) {
    row.tell("it calls itself " + node->key_code() + " version " + std::to_string(node->version()));
  }
  const auto now = row.OtherAs<v1::Class>(keyspace::Class(code));
  if (!now || static_cast<std::uint64_t>(now->version()) <= version) {
    row.tell("its class is not there in a later version");
  }
}

void WantName(RowContext& row, coding::Code code, const std::string& text) {
  const std::string folded = coding::FoldText(text);
  if (folded.empty()) return;
  row.Want(keyspace::Name(code.kind(), MemberId::kRegistry, folded, code), "the index of its name");
}

// Of items and services alike.
template <class Entity>
void CheckEntity(RowContext& row, Kind kind) {
  const auto entity = row.Own<Entity>();
  if (!entity) return;
  const auto code = coding::ParseCode(entity->code());
  if (!code.ok() || code->kind() != kind || RowContext::KeyOf(*code) != row.key) {
    row.tell("its code \"" + entity->code() + "\" is that of another row");
    return;
  }
  row.Want(keyspace::Block(code->block()), "its block");
  row.WantCounter(keyspace::Issued(kind, code->block()), code->counter(),
                  "the counter of its block");
  if constexpr (std::is_same_v<Entity, v1::Item>) {
    if (entity->generic()) return;  // found by its GTIN, not by the name it was given
  }
  WantName(row, *code, entity->display_name().fa());
  WantName(row, *code, entity->display_name().en());
}

void CheckSupplierItem(RowContext& row) {
  auto parts = row.parts();
  row.WantEntity(parts.U64());
  row.WantEntity(parts.U64());
}

void CheckIdentity(RowContext& row) {
  auto parts = row.parts();
  parts.U8();
  parts.U32();
  parts.Text();
  parts.U32();
  row.WantEntity(parts.U64());
}

void CheckAlias(RowContext& row) {
  const auto alias = row.Own<records::AliasRecord>();
  if (!alias) return;
  row.WantEntity(alias->code());
  auto parts = row.parts();
  const int scheme = parts.U8();
  parts.U32();
  const auto code = coding::Code::FromNumber(alias->code());
  if (!code.ok()) return;
  // The lines of its history are alike but for the number at their end.
  const std::string value = parts.Text();
  bool found = false;
  auto status = row.transaction.Scan(
      {keyspace::AliasHistory(*code, scheme, value, 0),
       keyspace::AliasHistory(*code, scheme, value, ~std::uint64_t{0})},
      storage::Direction::kForward, 1, [&](std::string_view, std::string_view) {
        found = true;
        return false;
      });
  if (!status.ok()) {
    row.fault = status;
  } else if (!found) {
    row.tell("it has no history");
  }
}

void CheckAliasHistory(RowContext& row) {
  if (row.Own<records::AliasRecord>()) row.WantEntity(row.parts().U64());
}

void CheckName(RowContext& row) {
  auto parts = row.parts();
  parts.U8();
  parts.U32();
  parts.Text();
  row.WantEntity(parts.U64());
}

void CheckReservation(RowContext& row) {
  const auto reserved = row.Own<records::ReservationRecord>();
  if (!reserved) return;
  auto parts = row.parts();
  const std::uint32_t member = parts.U32();
  const std::uint64_t number = parts.U64();
  const auto code = coding::Code::FromNumber(number);
  if (!code.ok() || reserved->code() != number || reserved->member() != member) {
    row.tell("it is that of another code");
    return;
  }
  row.WantCounter(keyspace::Issued(code->kind(), code->block()), code->counter(),
                  "the counter of its block");
  if (reserved->annul_time_us() == 0) {
    row.Want(keyspace::ReservationExpiry(reserved->expire_time_us(), *code), "its time");
  }
  const auto used = row.transaction.Get(RowContext::KeyOf(*code));
  if (!used.ok()) {
    row.fault = used.status();
  } else if (used->has_value()) {
    row.tell("its code names something");
  }
}

void CheckItemPair(RowContext& row) {
  if (!row.Own<v1::ItemDuplicate>()) return;
  auto parts = row.parts();
  parts.U32();
  const std::uint64_t first = parts.U64(), second = parts.U64();
  if (first >= second) row.tell("its codes are not in order");
  row.WantEntity(first);
  row.WantEntity(second);
}

void CheckAliasConflict(RowContext& row) {
  if (!row.Own<v1::AliasConflict>()) return;
  auto parts = row.parts();
  parts.U32();
  row.WantEntity(parts.U64());
}

void CheckAuthenticityNumber(RowContext& row) {
  const auto number = row.Own<v1::AuthenticityNumber>();
  if (!number) return;
  const auto word = coding::ParseObjectWord(number->object());
  if (!word.ok() || !word->code) return row.tell("it is printed on nothing");
  row.WantEntity(word->code->number());
  if ((number->ask_count() > 0) != number->has_first_ask_time()) {
    row.tell("its asks do not agree with their time");
  }
  const auto owner = catalog::ParseMemberName(number->member(), "member");
  if (!owner.ok()) return row.tell("it is nobody's");
  if (number->ask_count() < 2) return;
  row.Want(keyspace::NumberAskedAgain(*owner, *word->code, row.parts().Tail()),
           "its place among those asked for again");
}

void CheckNumberAskedAgain(RowContext& row) {
  auto parts = row.parts();
  parts.U32();
  row.WantEntity(parts.U64());
  const auto number =
      row.OtherAs<v1::AuthenticityNumber>(keyspace::AuthenticityNumber(parts.Tail()));
  if (!number || number->ask_count() < 2) row.tell("its number was not asked for again");
}

void CheckReservationExpiry(RowContext& row) {
  auto parts = row.parts();
  parts.U64();
  const auto code = coding::Code::FromNumber(parts.U64());
  if (!code.ok()) {
    row.tell("its code is none");
    return;
  }
  const auto block = row.OtherAs<records::BlockRecord>(keyspace::Block(code->block()));
  if (!block) {
    row.tell("its block is not there");
    return;
  }
  row.Want(keyspace::Reservation(MemberId{block->member()}, *code), "its reservation");
}

void WantThing(RowContext& row, search::Thing thing) {
  if (const auto key_code = search::ClassOf(thing)) {
    row.Want(keyspace::Class(*key_code), "classes/" + *key_code);
  } else {
    row.WantEntity(thing);
  }
}

void CheckSearchNote(RowContext& row) {
  row.Own<records::SearchNoteRecord>();
  auto parts = row.parts();
  const std::uint64_t sequence = parts.U64();
  WantThing(row, parts.U64());
  if (sequence > row.transaction.commit_sequence()) row.tell("it is of a commit that never was");
}

// The things of a block rise, none lies behind the end its key gives, and all are there.
void CheckSearchBlock(RowContext& row) {
  const auto block = row.Own<records::SearchBlockRecord>();
  if (!block) return;
  const search::Thing last =
      storage::OrderedKeyReader(row.key.substr(row.key.size() - sizeof(search::Thing))).U64();
  if (block->steps().empty()) row.tell("it holds nothing");
  search::Thing thing = 0;
  for (const std::uint64_t step : block->steps()) {
    if (step == 0 || step > last - thing) return row.tell("its things are out of order");
    WantThing(row, thing += step);
  }
}

}  // namespace

void CheckCatalogRow(RowContext& row) {
  switch (static_cast<unsigned char>(row.key[0])) {
    case 0x10:
      return CheckMember(row);
    case 0x11:
      return CheckBlock(row);
    case 0x12:
      row.Own<records::CounterRecord>();
      return;
    case 0x13:
      return CheckGs1Prefix(row);
    case 0x14:
      row.Own<records::CounterRecord>();
      return;
    case 0x18:
      return CheckClass(row);
    case 0x1B:
      return CheckClassVersion(row);
    case 0x20:
      return CheckEntity<v1::Item>(row, Kind::kItem);
    case 0x21:
      return CheckEntity<v1::Service>(row, Kind::kService);
    case 0x22:
      return CheckSupplierItem(row);
    case 0x23:
      return CheckIdentity(row);
    case 0x24:
      return CheckAlias(row);
    case 0x25:
      return CheckAliasHistory(row);
    case 0x26:
      if (const auto alias = row.Own<records::AliasRecord>()) row.WantEntity(alias->code());
      return;
    case 0x27:
      return CheckName(row);
    case 0x28:
      return CheckSearchNote(row);
    case 0x29:
      return CheckSearchBlock(row);
    case 0x2A:
      return CheckReservation(row);
    case 0x2B:
      return CheckReservationExpiry(row);
    case 0x2C:
      return CheckItemPair(row);
    case 0x2D:
      return CheckAliasConflict(row);
    case 0x2E:
      return CheckAuthenticityNumber(row);
    case 0x2F:
      return CheckNumberAskedAgain(row);
    default:
      row.tell("its family has no check");
  }
}

}  // namespace radyab::upkeep

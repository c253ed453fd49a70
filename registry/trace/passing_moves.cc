#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"
#include "registry/trace/move_checks.h"

namespace radyab::trace {
namespace {

constexpr char kOnTheWayWanted[] = "wanted on the way to the member, in no container";

absl::Status ShipObject(const Move& move, const DraftObject& object) {
  const Whereabouts here = move.here();
  const Whereabouts to = move.on_the_way_to(*move.draft.destination);
  const std::string wanted = "wanted with the member, in no container";
  const std::string& told = move.book.moment().place;
  if (object.is_lot()) {
    auto place = TakeLoose(move, object, {here}, wanted);
    if (!place.ok()) return place.status();
    return move.book.AddStock(object.key, to, object.amount, told.empty() ? *place : told);
  }
  auto record = LoosePiece(
      move, object, [&](const Whereabouts& where) { return where == here; }, wanted);
  if (!record.ok()) return record.status();
  const std::string place = told.empty() ? record->place() : told;
  return PlacePiece(move, object, *std::move(record), to, place);
}

// Who sent the lot that is on the way to the member. Several senders: the event must say which.
absl::StatusOr<coding::Code> SenderOfLot(const Move& move, const DraftObject& object) {
  const coding::Code& own = move.recorder.own_party;
  std::vector<std::uint64_t> senders;
  auto status = move.transaction.Scan(
      {keyspace::LotStock(object.key, own, kInboundState, 0),
       keyspace::LotStock(object.key, own, kInboundState + 1, 0)},
      storage::Direction::kForward, 2, [&](std::string_view key, std::string_view) {
        storage::OrderedKeyReader reader(key.substr(key.size() - sizeof(std::uint64_t)));
        senders.push_back(reader.U64());
        return true;
      });
  if (!status.ok()) return status;
  if (senders.empty()) return RefuseMove(move, StuckObject(object), kOnTheWayWanted);
  if (senders.size() > 1) {
    return RefuseMove(move, StuckObject(object),
                      "it is on the way from several senders: name one in source_party");
  }
  const auto sender = coding::Code::FromNumber(senders.front());
  if (!sender.ok()) return storage::CorruptRecord(keyspace::LotStockPrefix(object.key));
  return *sender;
}

// The first object tells the sender of the event when it names none.
absl::Status NameSender(const Move& move, const coding::Code& sender) {
  move.draft.source = sender;
  move.draft.event.set_source_party(sender.Digits());
  return absl::OkStatus();
}

absl::Status ReceiveLot(const Move& move, const DraftObject& object) {
  if (!move.draft.source) {
    auto sender = SenderOfLot(move, object);
    if (!sender.ok()) return sender.status();
    if (auto status = NameSender(move, *sender); !status.ok()) return status;
  }
  const Whereabouts from{move.draft.source->number(), v1::CUSTODY_STATE_IN_TRANSIT,
                         move.recorder.own_party.number()};
  auto taken = TakeLoose(move, object, {from}, kOnTheWayWanted);
  if (!taken.ok()) return taken.status();
  return move.book.AddStock(object.key, move.here(), object.amount, move.book.moment().place);
}

absl::Status ReceivePiece(const Move& move, const DraftObject& object) {
  const std::uint64_t own = move.recorder.own_party.number();
  auto record = LoosePiece(
      move, object,
      [&](const Whereabouts& where) {
        return where.state == v1::CUSTODY_STATE_IN_TRANSIT && where.destination == own &&
               (!move.draft.source || where.holder == move.draft.source->number());
      },
      move.draft.source ? std::string(kOnTheWayWanted) + ", sent by " + move.draft.source->Digits()
                        : kOnTheWayWanted);
  if (!record.ok()) return record.status();
  if (!move.draft.source) {
    const auto sender = coding::Code::FromNumber(record->holder());
    if (!sender.ok()) return storage::CorruptRecord(keyspace::Object(object.key));
    if (auto status = NameSender(move, *sender); !status.ok()) return status;
  }
  return PlacePiece(move, object, *std::move(record), move.here(), move.book.moment().place);
}

// The two members know each other from now on.
absl::Status PutPartners(const Move& move) {
  auto sender = move.viewer.OwnerOfParty(move.draft.source->number());
  if (!sender.ok()) return sender.status();
  const MemberId receiver = move.recorder.member;
  if (*sender == receiver) return absl::OkStatus();
  auto status = storage::PutMark(move.transaction, keyspace::Partner(*sender, receiver));
  if (!status.ok()) return status;
  return storage::PutMark(move.transaction, keyspace::Partner(receiver, *sender));
}

}  // namespace

absl::Status Ship(const Move& move) {
  const coding::Code& destination = *move.draft.destination;
  auto tie = ActiveTieOf(move, destination);
  if (!tie.ok()) return tie.status();
  if (!tie->itself && !tie->customer) {
    return RefuseField("destination_party", destination.Digits() +
                                                " is no customer: what is sent to it could never "
                                                "be delivered");
  }
  for (const DraftObject& object : move.draft.objects) {
    if (auto status = ShipObject(move, object); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Receive(const Move& move) {
  if (move.draft.source) {
    if (auto tie = TieOf(move, *move.draft.source); !tie.ok()) return tie.status();
  }
  for (const DraftObject& object : move.draft.objects) {
    auto status = object.is_lot() ? ReceiveLot(move, object) : ReceivePiece(move, object);
    if (status.ok()) status = PutDelivery(move, move.recorder.own_party, object);
    if (!status.ok()) return status;
  }
  return PutPartners(move);
}

}  // namespace radyab::trace

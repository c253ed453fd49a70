#include "registry/trace/event_capture.h"

#include <set>

#include "registry/catalog/member_registry.h"
#include "registry/reason.h"
#include "registry/stamp.h"
#include "registry/storage/rows.h"
#include "registry/trace/custody_moves.h"
#include "registry/trace/event_draft.h"
#include "registry/trace/event_identity.h"
#include "registry/trace/event_rows.h"
#include "registry/trace/object_key.h"

namespace radyab::trace {
namespace {

absl::StatusOr<Recorder> RecorderOf(storage::ReadTransaction& transaction,
                                    const access::Caller& caller, const v1::Event& wanted) {
  auto member = catalog::MemberMeant(transaction, caller, wanted.member(), "member");
  if (!member.ok()) return member.status();
  auto row = catalog::GetMember(transaction, *member);
  if (!row.ok()) return row.status();
  const auto own_party = coding::ParseCode(row->party_code());
  if (!own_party.ok()) return storage::CorruptRecord(keyspace::Member(*member));
  return Recorder{*member, row->name(), *own_party};
}

// The members that see the event: who records it and, one step up and down, the member that is
// itself the other party.
absl::StatusOr<std::set<MemberId>> Witnesses(Viewer& viewer, const Recorder& recorder,
                                             const EventDraft& draft) {
  std::set<MemberId> witnesses = {recorder.member};
  for (const auto& party : {draft.source, draft.destination}) {
    if (!party || *party == recorder.own_party) continue;
    auto owner = viewer.OwnerOfBlock(party->block());
    if (!owner.ok()) return owner.status();
    auto own = viewer.OwnPartyOf(*owner);
    if (!own.ok()) return own.status();
    if (*own == party->number()) witnesses.insert(*owner);
  }
  return witnesses;
}

// Every object the event speaks of: those named, the container, the lots of commissioned units.
std::set<std::string> KeysOf(const EventDraft& draft) {
  std::set<std::string> keys;
  for (const DraftObject& object : draft.objects) {
    keys.insert(object.key);
    if (!object.lot.empty()) {
      keys.insert(WriteObjectKey(coding::ObjectWord::ForLot(*object.word.code, object.lot)));
    }
  }
  if (!draft.container_key.empty()) keys.insert(draft.container_key);
  return keys;
}

absl::Status IndexEvent(storage::WriteTransaction& transaction, Viewer& viewer,
                        const Recorder& recorder, const EventDraft& draft, std::uint64_t sequence) {
  auto witnesses = Witnesses(viewer, recorder, draft);
  if (!witnesses.ok()) return witnesses.status();
  for (const std::string& key : KeysOf(draft)) {
    auto status = storage::PutMark(transaction, keyspace::ObjectEvent(key, sequence));
    if (!status.ok()) return status;
    for (const MemberId witness : *witnesses) {
      status =
          storage::PutMark(transaction, keyspace::ObjectEvent(ViewKey(witness, key), sequence));
      if (!status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

absl::Status MoveGoods(const Move& move) {
  switch (move.draft.event.kind()) {
    case v1::EVENT_KIND_COMMISSION:
      return Commission(move);
    case v1::EVENT_KIND_PACK:
      return Pack(move);
    case v1::EVENT_KIND_UNPACK:
      return Unpack(move);
    case v1::EVENT_KIND_SHIP:
      return Ship(move);
    case v1::EVENT_KIND_RECEIVE:
      return Receive(move);
    case v1::EVENT_KIND_DELIVER:
      return Deliver(move);
    case v1::EVENT_KIND_RETURN:
      return Return(move);
    default:
      return RefuseField("kind", "no kind of event");
  }
}

absl::StatusOr<Captured> StoredBefore(storage::ReadTransaction& transaction,
                                      std::uint64_t sequence) {
  auto event = ReadIndexedEvent(transaction, sequence);
  if (!event.ok()) return event.status();
  return Captured{*std::move(event), true};
}

}  // namespace

absl::StatusOr<Captured> CaptureEvent(storage::WriteTransaction& transaction,
                                      const Environment& /*environment*/,
                                      const access::Caller& caller, const v1::Event& wanted) {
  auto recorder = RecorderOf(transaction, caller, wanted);
  if (!recorder.ok()) return recorder.status();
  auto draft = ReadEventDraft(wanted, *recorder);
  if (!draft.ok()) return draft.status();
  const std::string hash = ContentHash(*draft);
  auto repeated = FindRepeated(transaction, recorder->member, *draft, hash);
  if (!repeated.ok()) return repeated.status();
  if (repeated->has_value()) return StoredBefore(transaction, **repeated);

  auto sequence = TakeEventNumber(transaction, draft->event.objects_size());
  if (!sequence.ok()) return sequence.status();
  Viewer viewer(transaction, caller, recorder->member);
  CustodyBook book(transaction, {*sequence, draft->event_time_us, draft->event.place()});
  if (auto moved = MoveGoods({transaction, *draft, *recorder, caller, viewer, book}); !moved.ok()) {
    return moved;
  }
  draft->event.set_name(EventName(*sequence));
  *draft->event.mutable_record_time() = TimestampOf(transaction.record_time_us());
  auto status = WriteEvent(transaction, *sequence, draft->event);
  if (status.ok()) {
    status = PutIdentity(transaction, recorder->member, *draft, *sequence);
  }
  if (status.ok()) status = IndexEvent(transaction, viewer, *recorder, *draft, *sequence);
  if (!status.ok()) return status;
  return Captured{std::move(draft->event), false};
}

}  // namespace radyab::trace

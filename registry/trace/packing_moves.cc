#include <algorithm>

#include "registry/catalog/member_registry.h"
#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"
#include "registry/trace/event_capture.h"
#include "registry/trace/move_checks.h"
#include "registry/trace/object_key.h"

namespace radyab::trace {
namespace {

// What the event's container is called when it stands in the way.
Stuck StuckContainer(const Move& move) {
  const auto word = ReadObjectKey(move.draft.container_key);
  return {{*word, move.draft.event.container(), move.draft.container_key}, "container"};
}

// A container that exists but is not open here. Its name is all that is said of it to a member that
// never had it.
absl::Status NotOpen(const Move& move) {
  auto refusal = RefuseMove(move, StuckContainer(move), "an open container of the member wanted");
  if (!absl::IsNotFound(refusal)) return refusal;
  return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kImpossibleMove,
                "container: " + move.draft.event.container() + " is not open here",
                {{"object", move.draft.event.container()}, {"field", "container"}});
}

// A number under a prefix that a member claimed is that member's to give: another one using it
// would make a second container of the same name.
absl::Status CheckNumberIsFree(const Move& move) {
  const auto word = ReadObjectKey(move.draft.container_key);
  const std::string_view behind_extension_digit = std::string_view(word->text).substr(1);
  auto claimer = catalog::MemberOfGs1Number(move.transaction, behind_extension_digit);
  if (!claimer.ok()) return claimer.status();
  if (!claimer->has_value() || **claimer == move.recorder.member) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kImpossibleMove,
                "container: " + move.draft.event.container() +
                    " was never packed and begins with the GS1 prefix of another member, who packs "
                    "it first",
                {{"object", move.draft.event.container()}, {"field", "container"}});
}

// The record of the container that PACK fills: one that stands here alone, or a new one.
absl::StatusOr<records::ObjectRecord> ContainerToFill(const Move& move, bool& fresh) {
  auto found = FindObject(move.transaction, move.draft.container_key);
  if (!found.ok()) return found.status();
  fresh = !found->has_value();
  if (!fresh) {
    records::ObjectRecord& record = **found;
    if (!record.container().empty() || WhereaboutsOf(record) != move.here()) return NotOpen(move);
    return std::move(record);
  }
  if (auto status = CheckNumberIsFree(move); !status.ok()) return status;
  records::ObjectRecord record;
  const Whereabouts here = move.here();
  record.set_holder(here.holder);
  record.set_state(here.state);
  record.set_member(static_cast<std::uint32_t>(move.recorder.member));
  record.set_levels(1);
  record.set_commission_time_us(move.draft.event_time_us);
  return record;
}

absl::Status PackPiece(const Move& move, const DraftObject& object,
                       records::ObjectRecord& container) {
  const Whereabouts here = move.here();
  auto found = LoosePiece(
      move, object, [&](const Whereabouts& where) { return where == here; },
      "wanted with the member, in no container");
  if (!found.ok()) return found.status();
  records::ObjectRecord record = *std::move(found);
  if (record.levels() >= kContainerDepthMax) {
    return RefuseMove(move, StuckObject(object),
                      "at most " + std::to_string(kContainerDepthMax) + " containers deep");
  }
  container.set_levels(std::max(container.levels(), record.levels() + 1));
  record.clear_holder();
  record.clear_state();
  record.clear_destination();
  record.clear_place();
  record.set_container(move.draft.container_key);
  auto status = move.book.PutObject(object.key, std::move(record));
  if (!status.ok()) return status;
  return move.book.PutInside(move.draft.container_key, object.key, object.amount, object.unit);
}

absl::Status PackStock(const Move& move, const DraftObject& object) {
  auto taken = TakeLoose(move, object, {move.here()}, "wanted with the member, in no container");
  if (!taken.ok()) return taken.status();
  return move.book.PutInside(move.draft.container_key, object.key, object.amount, object.unit);
}

// How many levels the container has now: one more than the deepest container still inside.
absl::StatusOr<std::uint32_t> CountLevels(const Move& move) {
  const std::string prefix =
      keyspace::Content(move.draft.container_key, std::string_view(&kContainerKeyByte, 1));
  const std::size_t child_at = prefix.size() - 1;
  std::uint32_t deepest = 0;
  absl::Status fault = absl::OkStatus();
  auto status =
      move.transaction.Scan({prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
                            storage::kNoRowLimit, [&](std::string_view key, std::string_view) {
                              auto child = FindObject(move.transaction, key.substr(child_at));
                              if (!child.ok() || !child->has_value()) {
                                fault = child.ok() ? storage::CorruptRecord(key) : child.status();
                                return false;
                              }
                              deepest = std::max(deepest, (*child)->levels());
                              return true;
                            });
  if (!fault.ok()) return fault;
  if (!status.ok()) return status;
  return deepest + 1;
}

// The record of the container that UNPACK empties: with the member, or with a customer of his.
absl::StatusOr<records::ObjectRecord> ContainerToEmpty(const Move& move) {
  auto found = FindObject(move.transaction, move.draft.container_key);
  if (!found.ok()) return found.status();
  if (!found->has_value()) return NotFound(move.draft.event.container());
  records::ObjectRecord& record = **found;
  bool open = record.container().empty() && WhereaboutsOf(record) == move.here();
  if (record.container().empty() && record.state() == v1::CUSTODY_STATE_DELIVERED) {
    auto owner = move.viewer.OwnerOfParty(record.holder());
    if (!owner.ok()) return owner.status();
    open = *owner == move.recorder.member;
  }
  if (open) return std::move(record);
  return RefuseMove(move, StuckContainer(move),
                    "an open container of the member or of his customer wanted");
}

absl::Status UnpackPiece(const Move& move, const DraftObject& object, const Whereabouts& to,
                         const std::string& place) {
  auto record = FindObject(move.transaction, object.key);
  if (!record.ok()) return record.status();
  if (!record->has_value()) return NotFound(object.name);
  if ((*record)->container() != move.draft.container_key) {
    return RefuseMove(move, StuckObject(object),
                      "wanted directly inside " + move.draft.event.container());
  }
  auto status = move.book.TakeOut(move.draft.container_key, object.key, object.amount);
  if (!status.ok()) return status;
  return PlacePiece(move, object, std::move(**record), to, place);
}

absl::Status UnpackStock(const Move& move, const DraftObject& object, const Whereabouts& to,
                         const std::string& place) {
  if (auto status = CheckLot(move, object); !status.ok()) return status;
  auto inside = AmountInside(move.transaction, move.draft.container_key, object.key);
  if (!inside.ok()) return inside.status();
  if (coding::CompareDecimal(*inside, object.amount) < 0) {
    return RefuseMove(move, StuckObject(object),
                      coding::WriteDecimal(object.amount) + " " + object.unit + " wanted, " +
                          coding::WriteDecimal(*inside) + " directly inside " +
                          move.draft.event.container());
  }
  auto status = move.book.TakeOut(move.draft.container_key, object.key, object.amount);
  if (!status.ok()) return status;
  return move.book.AddStock(object.key, to, object.amount, place);
}

}  // namespace

absl::Status Pack(const Move& move) {
  bool fresh = false;
  auto found = ContainerToFill(move, fresh);
  if (!found.ok()) return found.status();
  records::ObjectRecord container = *std::move(found);
  for (const DraftObject& object : move.draft.objects) {
    auto status = object.is_lot() ? PackStock(move, object) : PackPiece(move, object, container);
    if (!status.ok()) return status;
  }
  const std::string& place = move.book.moment().place;
  if (!place.empty()) container.set_place(place);
  const std::string& key = move.draft.container_key;
  return fresh ? move.book.PutObject(key, std::move(container))
               : move.book.KeepObject(key, container);
}

absl::Status Unpack(const Move& move) {
  auto found = ContainerToEmpty(move);
  if (!found.ok()) return found.status();
  records::ObjectRecord container = *std::move(found);
  const Whereabouts to = WhereaboutsOf(container);
  const std::string& told = move.book.moment().place;
  const std::string place = told.empty() ? container.place() : told;
  bool container_left = false;
  for (const DraftObject& object : move.draft.objects) {
    auto status = object.is_lot() ? UnpackStock(move, object, to, place)
                                  : UnpackPiece(move, object, to, place);
    if (!status.ok()) return status;
    container_left = container_left || object.is_container();
  }
  if (container_left) {
    auto levels = CountLevels(move);
    if (!levels.ok()) return levels.status();
    container.set_levels(*levels);
  }
  container.set_place(place);
  return move.book.KeepObject(move.draft.container_key, container);
}

}  // namespace radyab::trace

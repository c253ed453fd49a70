#include <algorithm>

#include "registry/parties/merge_group.h"
#include "registry/reason.h"
#include "registry/trace/move_checks.h"

namespace radyab::trace {
namespace {

absl::Status CheckCustomer(const Move& move, const coding::Code& customer) {
  auto tie = ActiveTieOf(move, customer);
  if (!tie.ok()) return tie.status();
  if (tie->itself) {
    return RefuseField("destination_party",
                       customer.Digits() + " is a member itself: SHIP to it, it will RECEIVE");
  }
  if (!tie->customer) {
    return RefuseField("destination_party", customer.Digits() + " is no customer");
  }
  return absl::OkStatus();
}

// With or on the way to the customer, or any party that was merged into him.
absl::StatusOr<std::vector<Whereabouts>> PlacesOf(const Move& move, const coding::Code& customer,
                                                  bool delivered) {
  auto group = parties::MergeGroup(move.transaction, customer);
  if (!group.ok()) return group.status();
  std::vector<Whereabouts> places;
  if (delivered) {
    for (const coding::Code code : *group) {
      places.push_back({code.number(), v1::CUSTODY_STATE_DELIVERED, 0});
    }
  }
  for (const coding::Code code : *group) places.push_back(move.on_the_way_to(code));
  return places;
}

absl::Status DeliverObject(const Move& move, const DraftObject& object,
                           const coding::Code& customer) {
  auto places = PlacesOf(move, customer, false);
  if (!places.ok()) return places.status();
  places->push_back(move.here());
  const Whereabouts to{customer.number(), v1::CUSTODY_STATE_DELIVERED, 0};
  const std::string& place = move.book.moment().place;
  const std::string wanted =
      "wanted with the member or on the way to " + customer.Digits() + ", in no container";
  absl::Status status;
  if (object.is_lot()) {
    // What was sent to the customer is what reaches him first.
    status = TakeLoose(move, object, *places, wanted).status();
    if (status.ok()) status = move.book.AddStock(object.key, to, object.amount, place);
  } else {
    auto record = LoosePiece(
        move, object,
        [&](const Whereabouts& where) { return std::ranges::count(*places, where) > 0; }, wanted);
    if (!record.ok()) return record.status();
    status = PlacePiece(move, object, *std::move(record), to, place);
  }
  return status.ok() ? PutDelivery(move, customer, object) : status;
}

absl::Status ReturnObject(const Move& move, const DraftObject& object,
                          const coding::Code& customer) {
  auto places = PlacesOf(move, customer, true);
  if (!places.ok()) return places.status();
  const std::string& place = move.book.moment().place;
  const std::string wanted =
      "wanted with " + customer.Digits() + " or on the way to it, in no container";
  if (object.is_lot()) {
    auto taken = TakeLoose(move, object, *places, wanted);
    if (!taken.ok()) return taken.status();
    return move.book.AddStock(object.key, move.here(), object.amount, place);
  }
  auto record = LoosePiece(
      move, object,
      [&](const Whereabouts& where) { return std::ranges::count(*places, where) > 0; }, wanted);
  if (!record.ok()) return record.status();
  return PlacePiece(move, object, *std::move(record), move.here(), place);
}

}  // namespace

absl::Status Deliver(const Move& move) {
  const coding::Code& customer = *move.draft.destination;
  if (auto status = CheckCustomer(move, customer); !status.ok()) return status;
  for (const DraftObject& object : move.draft.objects) {
    if (auto status = DeliverObject(move, object, customer); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Return(const Move& move) {
  const coding::Code& giver = *move.draft.source;
  if (auto tie = TieOf(move, giver); !tie.ok()) return tie.status();
  for (const DraftObject& object : move.draft.objects) {
    if (auto status = ReturnObject(move, object, giver); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace radyab::trace

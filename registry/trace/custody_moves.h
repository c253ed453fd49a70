// What each verb does to the goods. Every verb checks all it moves against what stands; a refusal
// leaves the transaction half changed, so its body must fail with it.
#pragma once

#include "absl/status/status.h"
#include "registry/access/caller.h"
#include "registry/storage/store.h"
#include "registry/trace/custody_book.h"
#include "registry/trace/event_draft.h"
#include "registry/trace/viewer.h"

namespace radyab::trace {

// One event on its way into the book.
struct Move {
  storage::WriteTransaction& transaction;
  EventDraft& draft;
  const Recorder& recorder;
  const access::Caller& caller;
  Viewer& viewer;
  CustodyBook& book;

  // With the member itself.
  Whereabouts here() const { return {recorder.own_party.number(), v1::CUSTODY_STATE_HELD, 0}; }
  // On the way from the member to `party`.
  Whereabouts on_the_way_to(const coding::Code& party) const {
    return {recorder.own_party.number(), v1::CUSTODY_STATE_IN_TRANSIT, party.number()};
  }
};

// commission_moves.cc
absl::Status Commission(const Move& move);
// packing_moves.cc
absl::Status Pack(const Move& move);
absl::Status Unpack(const Move& move);
// passing_moves.cc: between members
absl::Status Ship(const Move& move);
absl::Status Receive(const Move& move);  // names the sender in the event when it was left out
// customer_moves.cc
absl::Status Deliver(const Move& move);
absl::Status Return(const Move& move);

}  // namespace radyab::trace

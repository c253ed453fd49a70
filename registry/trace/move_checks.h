// What the verbs have in common: finding goods where they must be, and saying why they are not.
#pragma once

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "registry/trace/custody_moves.h"
#include "registry/trace/known_objects.h"

namespace radyab::trace {

// A thing of the event that cannot be moved: an object, or the container.
struct Stuck {
  NamedObject object;
  std::string field;  // "objects[2]", "container"
};
Stuck StuckObject(const DraftObject& object);

// FAILED_PRECONDITION (IMPOSSIBLE_MOVE) saying where the thing is, as far as the member may see it,
// and what was wanted; NOT_FOUND when the member does not know it.
absl::Status RefuseMove(const Move& move, const Stuck& stuck, const std::string& wanted);

// The record of a unit or container that is in no container and where `fits` says yes.
absl::StatusOr<records::ObjectRecord> LoosePiece(const Move& move, const DraftObject& object,
                                                 absl::FunctionRef<bool(const Whereabouts&)> fits,
                                                 const std::string& wanted);
// Puts the piece there, outside any container.
absl::Status PlacePiece(const Move& move, const DraftObject& object, records::ObjectRecord record,
                        const Whereabouts& to, const std::string& place);

// Checks that the amount is in the lot's own unit and that its decimals fit. NOT_FOUND without lot.
absl::Status CheckLot(const Move& move, const DraftObject& object);
// Takes the amount from the loose stock of these places, the first ones first, and checks the lot.
// Returns the place it had.
absl::StatusOr<std::string> TakeLoose(const Move& move, const DraftObject& object,
                                      const std::vector<Whereabouts>& from,
                                      const std::string& wanted);

// Who a party of the event is to the recording member.
struct PartyTie {
  MemberId owner;
  bool ours = false;    // of the recording member
  bool itself = false;  // the party that `owner` is itself
  bool customer = false;
  bool supplier = false;
};
// NOT_FOUND for a private party of another member as for a missing one.
absl::StatusOr<PartyTie> TieOf(const Move& move, const coding::Code& party);
// The same, and NOT_ACTIVE unless the party is active.
absl::StatusOr<PartyTie> ActiveTieOf(const Move& move, const coding::Code& party);

// Notes that `party` received the object by this event.
absl::Status PutDelivery(const Move& move, const coding::Code& party, const DraftObject& object);

}  // namespace radyab::trace

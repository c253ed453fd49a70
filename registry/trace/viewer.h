// What a caller may see of custody.
//
// Three rings: the parties of his own member, as they are; the members that goods passed to or from
// (partners), each as its own party and nothing finer; everybody beyond, without a name. A caller
// that reaches every member sees all. Of events a member sees those it recorded and, one step up
// and down, those that name its own party as source or destination.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "radyab/v1/trace.pb.h"
#include "registry/access/caller.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/store.h"

namespace radyab::trace {

// Where goods are: codes of parties as numbers, 0 for none.
struct Whereabouts {
  std::uint64_t holder = 0;
  v1::CustodyState state = v1::CUSTODY_STATE_UNSPECIFIED;
  std::uint64_t destination = 0;

  friend auto operator<=>(const Whereabouts&, const Whereabouts&) = default;
};

// The same as one viewer sees it.
struct Appearance {
  std::string party;  // a code; empty: beyond
  v1::CustodyState state = v1::CUSTODY_STATE_HELD;
  std::string destination;
  // Whether the goods are his own member's, on their way to it, or he sees all: then places,
  // containers and serials are his to see as well.
  bool open = false;
};

// Lives within one transaction; remembers what it looked up. One thread.
class Viewer {
 public:
  // `member`: whom a caller without member speaks for, if for anybody.
  Viewer(storage::ReadTransaction& transaction, const access::Caller& caller,
         std::optional<MemberId> member);
  Viewer(storage::ReadTransaction& transaction, const access::Caller& caller)
      : Viewer(transaction, caller, caller.member) {}

  bool sees_all() const { return sees_all_; }
  const std::optional<MemberId>& member() const { return member_; }

  // The member to which a block, and so every code in it, belongs.
  absl::StatusOr<MemberId> OwnerOfBlock(std::uint32_t block);
  absl::StatusOr<MemberId> OwnerOfParty(std::uint64_t party);
  // The code of the party that `member` is itself.
  absl::StatusOr<std::uint64_t> OwnPartyOf(MemberId member);

  absl::StatusOr<Appearance> Appear(const Whereabouts& where);
  // A party as this viewer sees it: itself (or what it was merged into), its member's own party, or
  // empty.
  absl::StatusOr<std::string> PartyFor(std::uint64_t party);
  absl::StatusOr<bool> SeesEvent(const v1::Event& event);

 private:
  absl::StatusOr<bool> IsPartner(MemberId other);
  // The code of the party that `party` became part of; its own otherwise.
  absl::StatusOr<std::string> PresentDigits(std::uint64_t party);

  storage::ReadTransaction& transaction_;
  bool sees_all_;
  std::optional<MemberId> member_;
  std::string member_name_;
  std::map<std::uint32_t, MemberId> owner_of_block_;
  std::map<MemberId, std::uint64_t> own_party_;
  std::map<MemberId, bool> partners_;
  std::map<std::uint64_t, std::string> present_;
};

// The sixteen digits of a party's code; empty for 0.
std::string PartyDigits(std::uint64_t party);

}  // namespace radyab::trace

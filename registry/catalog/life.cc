#include "registry/catalog/life.h"

#include <array>
#include <functional>
#include <optional>

#include "coding/utf8_reader.h"
#include "registry/catalog/alias_merge.h"
#include "registry/catalog/catalog_entry.h"
#include "registry/catalog/code_reach.h"
#include "registry/catalog/code_reservations.h"
#include "registry/catalog/member_registry.h"
#include "registry/fault_list.h"
#include "registry/records/records.pb.h"
#include "registry/stamp.h"

namespace radyab::catalog {
namespace {

using storage::GetRow;
using storage::PutRow;

constexpr std::size_t kReasonCharactersMax = 500;

// Which state may follow which. A RESERVED code is ACTIVE once a registration uses it
// (code_reservations.h).
struct Step {
  v1::LifeState from;
  v1::LifeState to;
};
constexpr std::array kSteps = {
    Step{v1::LIFE_STATE_RESERVED, v1::LIFE_STATE_ANNULLED},
    Step{v1::LIFE_STATE_ACTIVE, v1::LIFE_STATE_SUSPENDED},
    Step{v1::LIFE_STATE_ACTIVE, v1::LIFE_STATE_RETIRED},
    Step{v1::LIFE_STATE_ACTIVE, v1::LIFE_STATE_MERGED},
    Step{v1::LIFE_STATE_ACTIVE, v1::LIFE_STATE_DUPLICATE},
    Step{v1::LIFE_STATE_ACTIVE, v1::LIFE_STATE_ANNULLED},
    Step{v1::LIFE_STATE_SUSPENDED, v1::LIFE_STATE_ACTIVE},
    Step{v1::LIFE_STATE_SUSPENDED, v1::LIFE_STATE_RETIRED},
    Step{v1::LIFE_STATE_SUSPENDED, v1::LIFE_STATE_MERGED},
    Step{v1::LIFE_STATE_SUSPENDED, v1::LIFE_STATE_DUPLICATE},
    Step{v1::LIFE_STATE_SUSPENDED, v1::LIFE_STATE_ANNULLED},
};

// A coded entity as far as its life is concerned.
struct Living {
  coding::Code code;
  MemberId owner;
  std::string etag;
  v1::Life life;
  std::function<absl::Status(storage::WriteTransaction&, const v1::Life&, std::string* etag)> put;
};

template <class Entry>
absl::StatusOr<Living> LivingEntry(storage::ReadTransaction& transaction, coding::Code code) {
  auto entry = ReadEntry<Entry>(transaction, code);
  if (!entry.ok()) return entry.status();
  auto owner = ParseMemberName(entry->member(), "member");
  if (!owner.ok()) return owner.status();
  return Living{code, *owner, entry->etag(), entry->life(),
                [code, stored = *entry](storage::WriteTransaction& write, const v1::Life& life,
                                        std::string* etag) mutable {
                  *stored.mutable_life() = life;
                  Stamp(write, stored);
                  *etag = stored.etag();
                  return PutRow(write, EntryKind<Entry>::Key(code), stored);
                }};
}

absl::StatusOr<Living> LivingParty(storage::ReadTransaction& transaction, coding::Code code) {
  auto row = GetRow<records::PartyRecord>(transaction, keyspace::Party(code));
  if (!row.ok()) return row.status();
  if (!row->has_value() || (*row)->party().code() != code.Digits()) {
    return NotFound(code.Digits());
  }
  auto owner = ParseMemberName((*row)->party().member(), "member");
  if (!owner.ok()) return owner.status();
  return Living{code, *owner, (*row)->party().etag(), (*row)->party().life(),
                [code, stored = **row](storage::WriteTransaction& write, const v1::Life& life,
                                       std::string* etag) mutable {
                  *stored.mutable_party()->mutable_life() = life;
                  Stamp(write, *stored.mutable_party());
                  *etag = stored.party().etag();
                  return PutRow(write, keyspace::Party(code), stored);
                }};
}

absl::StatusOr<Living> FindLiving(storage::ReadTransaction& transaction, coding::Code code) {
  switch (code.kind()) {
    case coding::Kind::kItem:
      return LivingEntry<v1::Item>(transaction, code);
    case coding::Kind::kService:
      return LivingEntry<v1::Service>(transaction, code);
    case coding::Kind::kParty:
      return LivingParty(transaction, code);
    case coding::Kind::kCase:
      break;
  }
  return RefuseField("code", code.Digits() + " names a case; cases have stages of their own");
}

absl::StatusOr<coding::Code> CodeIn(std::string_view text, std::string_view field) {
  auto code = coding::ParseCode(text);
  if (!code.ok()) return RefuseText(field, code.refusal(), Reason::kInvalidCode);
  return *code;
}

absl::Status CheckStep(coding::Code code, v1::LifeState from, v1::LifeState to) {
  std::string allowed;
  for (const Step& step : kSteps) {
    if (step.from == from && step.to == to) return absl::OkStatus();
    if (step.from == from) allowed += (allowed.empty() ? "" : ", ") + LifeStateName(step.to);
  }
  const std::string next = allowed.empty() ? "nothing: it is final" : allowed;
  return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kIllegalTransition,
                code.Digits() + ": " + LifeStateName(to) + " cannot follow " + LifeStateName(from) +
                    "; allowed is " + next,
                {{"from", LifeStateName(from)}, {"to", LifeStateName(to)}, {"allowed", allowed}});
}

absl::Status WrongSuccessor(std::string_view message) {
  return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kInvalidSuccessor, message,
                {{"field", "successor_code"}});
}

// The successor a change names, checked: a present active code of the same kind that the caller
// reaches. An active code has no successor itself, so no chain can close into a ring.
absl::StatusOr<std::optional<Living>> CheckSuccessor(storage::ReadTransaction& transaction,
                                                     const access::Caller& caller,
                                                     coding::Code code, const LifeChange& change) {
  const bool needed =
      change.state == v1::LIFE_STATE_MERGED || change.state == v1::LIFE_STATE_DUPLICATE;
  if (change.successor_code.empty()) {
    if (!needed) return std::optional<Living>();
    return RefuseField("successor_code", "missing; " + LifeStateName(change.state) + " needs one",
                       Reason::kMissingField);
  }
  if (!needed && change.state != v1::LIFE_STATE_RETIRED) {
    return RefuseField("successor_code", LifeStateName(change.state) + " has no successor");
  }
  auto successor = CodeIn(change.successor_code, "successor_code");
  if (!successor.ok()) return successor.status();
  if (*successor == code) return WrongSuccessor(code.Digits() + " cannot be its own successor");
  if (successor->kind() != code.kind()) {
    return WrongSuccessor(successor->Digits() + " names a " +
                          std::string(KindName(successor->kind())) + ", want a " +
                          std::string(KindName(code.kind())));
  }
  auto living = FindLiving(transaction, *successor);
  const bool hidden = living.ok() && !ReachesCode(caller, *successor, living->owner);
  if (absl::IsNotFound(living.status()) || hidden) {
    return WrongSuccessor(successor->Digits() + ": there is no such code");
  }
  if (!living.ok()) return living.status();
  if (living->life.state() != v1::LIFE_STATE_ACTIVE) {
    return WrongSuccessor(successor->Digits() + " is " + LifeStateName(living->life.state()) +
                          ", want an active code");
  }
  return std::optional<Living>(*std::move(living));
}

// Lengthens the chain that ends at `successor` by one; a chain of more than kSuccessorStepsMax
// steps is refused.
absl::Status LengthenChain(storage::WriteTransaction& transaction, const Living& predecessor,
                           const Living& successor) {
  const int steps = predecessor.life.predecessor_steps() + 1;
  if (steps > kSuccessorStepsMax) {
    return WrongSuccessor(predecessor.code.Digits() + ": a chain of successors has at most " +
                          std::to_string(kSuccessorStepsMax) + " steps");
  }
  if (steps <= successor.life.predecessor_steps()) return absl::OkStatus();
  v1::Life life = successor.life;
  life.set_predecessor_steps(steps);
  std::string etag;
  return successor.put(transaction, life, &etag);
}

// The party of a member itself lives as long as the member.
absl::Status RefuseMemberParty(storage::ReadTransaction& transaction, const Living& living) {
  if (living.code.kind() != coding::Kind::kParty) return absl::OkStatus();
  auto member = GetMember(transaction, living.owner);
  if (!member.ok()) return member.status();
  if (member->party_code() != living.code.Digits()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kIllegalTransition,
                living.code.Digits() + " is " + member->name() + " itself and stays active",
                {{"allowed", ""}});
}

// A code that names nothing: one that was reserved can be given back.
absl::StatusOr<LifeOutcome> ChangeReserved(storage::WriteTransaction& transaction,
                                           const access::Caller& caller, coding::Code code,
                                           const LifeChange& change) {
  const std::int64_t now_us = transaction.record_time_us();
  auto reserved = FindReservation(transaction, code, now_us);
  if (!reserved.ok()) return reserved.status();
  if (!reserved->has_value()) return NotFound(code.Digits());
  auto owner = ParseMemberName((*reserved)->member(), "member");
  if (!owner.ok()) return owner.status();
  if (!ReachesCode(caller, code, *owner)) return NotFound(code.Digits());
  if (auto status = CheckReason(change.reason); !status.ok()) return status;
  if (auto status = CheckEtag(change.etag, "", code.Digits()); !status.ok()) return status;
  if (auto status = CheckStep(code, (*reserved)->state(), change.state); !status.ok()) {
    return status;
  }
  if (auto status = AnnulReservation(transaction, code, change.reason); !status.ok()) {
    return status;
  }
  LifeOutcome outcome{code, {}, ""};
  outcome.life.set_state(change.state);
  outcome.life.set_reason(change.reason);
  *outcome.life.mutable_change_time() = TimestampOf(now_us);
  return outcome;
}

}  // namespace

absl::Status CheckReason(std::string_view reason) {
  if (reason.empty()) {
    return RefuseField("reason", "missing; say why in 1 to 500 characters", Reason::kMissingField);
  }
  if (coding::CountCharacters(reason, reason.size()) > kReasonCharactersMax) {
    return RefuseField("reason", "longer than 500 characters");
  }
  return absl::OkStatus();
}

absl::StatusOr<LifeOutcome> ChangeLifeState(storage::WriteTransaction& transaction,
                                            const access::Caller& caller,
                                            const LifeChange& change) {
  auto code = CodeIn(change.code, "code");
  if (!code.ok()) return code.status();
  auto living = FindLiving(transaction, *code);
  if (absl::IsNotFound(living.status())) return ChangeReserved(transaction, caller, *code, change);
  if (!living.ok()) return living.status();
  if (!ReachesCode(caller, *code, living->owner)) return NotFound(code->Digits());
  if (change.state == v1::LIFE_STATE_UNSPECIFIED || !v1::LifeState_IsValid(change.state)) {
    return RefuseField("state", "missing; want the state it shall have", Reason::kMissingField);
  }
  if (auto status = CheckReason(change.reason); !status.ok()) return status;
  if (auto status = CheckEtag(change.etag, living->etag, code->Digits()); !status.ok()) {
    return status;
  }
  if (auto status = CheckStep(*code, living->life.state(), change.state); !status.ok()) {
    return status;
  }
  if (auto status = RefuseMemberParty(transaction, *living); !status.ok()) return status;
  auto successor = CheckSuccessor(transaction, caller, *code, change);
  if (!successor.ok()) return successor.status();

  LifeOutcome outcome{*code, {}, ""};
  outcome.life.set_predecessor_steps(living->life.predecessor_steps());
  if (successor->has_value()) {
    outcome.life.set_successor_code((*successor)->code.Digits());
    if (auto status = LengthenChain(transaction, *living, **successor); !status.ok()) {
      return status;
    }
  }
  outcome.life.set_state(change.state);
  outcome.life.set_reason(change.reason);
  *outcome.life.mutable_change_time() = TimestampOf(transaction.record_time_us());
  auto status = living->put(transaction, outcome.life, &outcome.etag);
  if (status.ok() && change.state == v1::LIFE_STATE_MERGED) {
    // Both rows stand: giving up a GTIN writes them once more, with the etag of this change.
    status = MoveAliases(transaction, *code, (*successor)->code);
  }
  if (!status.ok()) return status;
  return outcome;
}

absl::StatusOr<coding::Code> LastSuccessor(storage::ReadTransaction& transaction,
                                           coding::Code code) {
  for (;;) {
    auto living = FindLiving(transaction, code);
    if (!living.ok()) return living.status();
    if (living->life.successor_code().empty()) return code;
    auto next = CodeIn(living->life.successor_code(), "successor_code");
    if (!next.ok()) return next.status();
    code = *next;
  }
}

absl::Status RequireActive(coding::Code code, const v1::Life& life) {
  if (life.state() == v1::LIFE_STATE_ACTIVE) return absl::OkStatus();
  std::string message = code.Digits() + " is " + LifeStateName(life.state());
  if (!life.reason().empty()) message += " (" + life.reason() + ")";
  if (!life.successor_code().empty()) message += "; its successor is " + life.successor_code();
  return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kNotActive, message,
                {{"code", code.Digits()},
                 {"state", LifeStateName(life.state())},
                 {"successor_code", life.successor_code()}});
}

std::string LifeStateName(v1::LifeState state) {
  constexpr std::string_view kPrefix = "LIFE_STATE_";
  const std::string& name = v1::LifeState_Name(state);
  return name.empty() ? std::to_string(state) : name.substr(kPrefix.size());
}

v1::Life NewLife(std::int64_t now_us) {
  v1::Life life;
  life.set_state(v1::LIFE_STATE_ACTIVE);
  *life.mutable_change_time() = TimestampOf(now_us);
  return life;
}

}  // namespace radyab::catalog

// Codes that are set aside to be printed before they name anything.
//
// A reserved code is used by the registration that names it, or is annulled: by its owner, or when
// its time is past. It was issued in either case, and is never issued again. An annulled one keeps
// its row for ever. Times are record times: one that is past counts as annulled at once, whether or
// not the sweep came by.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "radyab/v1/catalog.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/page.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

inline constexpr int kReservedAtOnceMax = 1000;
inline constexpr std::int64_t kDayUs = std::int64_t{24} * 3600 * 1'000'000;
inline constexpr std::int64_t kReservedUsDefault = 90 * kDayUs;
inline constexpr std::int64_t kReservedUsMax = 5 * 366 * kDayUs;
inline constexpr std::size_t kAnnulledPerSweepMax = 64;

struct ReservationWanted {
  std::string_view member = {};  // empty: the caller's
  int count = 0;                 // 1 to kReservedAtOnceMax
  coding::Kind kind = coding::Kind::kItem;
  std::string_view class_name = {};  // empty: any class
  std::int64_t expire_us = 0;        // 0: kReservedUsDefault from now
  // Those that may wait at a time, these among them. An annulled one waits no more.
  std::int64_t held_max = kReservedPerMemberDefault;
};

struct ReservedCodes {
  std::vector<coding::Code> codes;  // in order
  MemberId owner;
  std::int64_t expire_us = 0;
};

// Refuses every wrong field at once, UNKNOWN_CLASS, LIMIT_EXCEEDED, NUMBERS_EXHAUSTED.
absl::StatusOr<ReservedCodes> ReserveCodes(storage::WriteTransaction& transaction,
                                           const access::Caller& caller,
                                           const ReservationWanted& wanted);

// The reservation of `code` as it stands at `now_us`; nothing when the code was never reserved or
// is in use.
absl::StatusOr<std::optional<v1::CodeReservation>> FindReservation(
    storage::ReadTransaction& transaction, coding::Code code, std::int64_t now_us);

// Those of one member, in order of their codes.
absl::StatusOr<Page<v1::CodeReservation>> ListReservations(storage::ReadTransaction& transaction,
                                                           const access::Caller& caller,
                                                           std::string_view member,
                                                           std::int64_t now_us,
                                                           const PageRequest& page);

// Takes the reserved code that a registration by `owner` shall bear: its reservation goes. FAILED_
// PRECONDITION (NOT_RESERVED) alike when it was never reserved, is used, or is another member's,
// and with its state when it was annulled; INVALID_FIELD naming `reserved_code` when kind or birth
// class is another.
struct ReservedUse {
  coding::Kind kind;
  MemberId owner;
  std::uint32_t birth_class = 0;
};
absl::StatusOr<coding::Code> UseReservedCode(storage::WriteTransaction& transaction,
                                             std::string_view text, const ReservedUse& use);

// Annuls a reservation that stands. NOT_FOUND when there is none.
absl::Status AnnulReservation(storage::WriteTransaction& transaction, coding::Code code,
                              std::string_view reason);

// Annuls those whose time is past, at most kAnnulledPerSweepMax; answers how many.
absl::StatusOr<std::size_t> AnnulExpired(storage::WriteTransaction& transaction);

}  // namespace radyab::catalog

// Shipping notices as they lie in the store, and who sees them.
//
// A notice is one row without lines; its lines lie in rows of kLinesOfRow each. What it announces
// outside any container is found by object, under the view of each member that sees the notice.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "coding/object_words.h"
#include "radyab/v1/notice.pb.h"
#include "registry/access/caller.h"
#include "registry/storage/store.h"

namespace radyab::notices {

inline constexpr std::size_t kNoticeLinesMax = 10'000;  // those inside containers counted
inline constexpr std::size_t kNoticeEventsMax = 100;
inline constexpr int kLinesOfRow = 200;  // of at most about 250 bytes each

// "notices/4711".
std::string NoticeName(std::uint64_t sequence);
// The number in `notices/4711`, or nothing.
std::optional<std::uint64_t> ParseNoticeName(std::string_view name);

// The bytes of an object in keyspace::NoticeOfObject: those of registry/trace/object_key.h, and for
// a bare code 04, block, counter and birth class, as a lot of it would begin.
std::string NoticeObjectKey(const coding::ObjectWord& object);
// The same as one member finds it.
std::string NoticeView(MemberId member, std::string_view object_key);

// The two members of a notice.
struct NoticeSides {
  MemberId recorder;
  std::optional<MemberId> receiver;  // another member that the goods go to itself
  // Whose events tell what arrived.
  MemberId awaiting() const { return receiver.value_or(recorder); }
};

struct FoundNotice {
  std::uint64_t sequence = 0;
  v1::ShippingNotice header;  // without lines
  NoticeSides sides;
};

// The member that a party is itself, if it is one's own party; NOT_FOUND when there is no such
// party.
absl::StatusOr<std::optional<MemberId>> MemberItself(storage::ReadTransaction& transaction,
                                                     coding::Code party);
// The notice with this number; nothing when there is none.
absl::StatusOr<std::optional<FoundNotice>> ReadNotice(storage::ReadTransaction& transaction,
                                                      std::uint64_t sequence);
// The notice a caller names; NOT_FOUND when it is missing or neither member is his.
absl::StatusOr<FoundNotice> FindNotice(storage::ReadTransaction& transaction,
                                       const access::Caller& caller, std::string_view name);
// The same for a change that only who recorded it may make; NOT_FOUND for everybody else.
absl::StatusOr<FoundNotice> FindOwnNotice(storage::ReadTransaction& transaction,
                                          const access::Caller& caller, std::string_view name);

absl::StatusOr<std::vector<v1::ShippingNoticeLine>> ReadLines(storage::ReadTransaction& transaction,
                                                              std::uint64_t sequence);

// Writes a new notice: the row, its lines, and all that finds it.
absl::Status PutNotice(storage::WriteTransaction& transaction, const FoundNotice& notice,
                       const std::vector<v1::ShippingNoticeLine>& lines);
// Writes a changed row; one that is no longer OPEN leaves the lists of open ones.
absl::Status ChangeNotice(storage::WriteTransaction& transaction, const FoundNotice& notice);

// Whether what a line announces is found by itself: outside containers always; on the paper of a
// supplier, whose goods come into being here one by one, inside them too.
bool ArrivesByItself(const v1::ShippingNoticeLine& line, bool from_supplier);
// Whether it is the paper of a supplier: it goes to who recorded it.
absl::StatusOr<bool> IsFromSupplier(storage::ReadTransaction& transaction,
                                    const FoundNotice& notice);

// The last event of the store, `events/SEQUENCE`; empty when there is none.
absl::StatusOr<std::string> LastEventName(storage::ReadTransaction& transaction);

}  // namespace radyab::notices

// The verbs of shipping notices. What it means is told in docs/notices.md.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "coding/civil_date.h"
#include "radyab/v1/notice.pb.h"
#include "registry/access/caller.h"
#include "registry/page.h"
#include "registry/storage/store.h"

namespace radyab::notices {

inline constexpr std::size_t kListScanRowsMax = 1'000;  // notices one page of a list looks at
inline constexpr std::size_t kScannedMax = 10'000;      // things held against a notice at a time

// `events`: names of SHIP events of the member. The answer is without lines.
absl::StatusOr<v1::ShippingNotice> CreateNotice(storage::WriteTransaction& transaction,
                                                const access::Caller& caller,
                                                const v1::ShippingNotice& wanted,
                                                const std::vector<std::string>& events);

// With its lines and what of them has arrived.
absl::StatusOr<v1::ShippingNotice> GetNotice(storage::ReadTransaction& transaction,
                                             const access::Caller& caller, std::string_view name);

// Which notices of a member; what is empty narrows nothing.
enum class NoticeSide { kBoth, kRecorded, kAwaited };
struct NoticeFilter {
  std::string member;  // `members/00017`, or empty: the caller's
  v1::ShippingNoticeState state = v1::SHIPPING_NOTICE_STATE_UNSPECIFIED;
  NoticeSide side = NoticeSide::kBoth;
  std::string source_party, destination_party;  // codes
  std::optional<google::protobuf::Timestamp> expected_since = std::nullopt;
  std::string object;  // as the caller gave it
  std::string number;
};
// Oldest first, without lines. A page looks at no more than kListScanRowsMax notices.
absl::StatusOr<Page<v1::ShippingNotice>> ListNotices(storage::ReadTransaction& transaction,
                                                     const access::Caller& caller,
                                                     const NoticeFilter& filter,
                                                     const PageRequest& page);

// What UpdateNotice changes: paths of v1::ShippingNotice.
const std::vector<std::string>& ChangeableFields();
absl::StatusOr<v1::ShippingNotice> UpdateNotice(storage::WriteTransaction& transaction,
                                                const access::Caller& caller,
                                                const v1::ShippingNotice& wanted,
                                                const std::set<std::string>& fields);

// The end of a notice.
struct NoticeEnd {
  std::string name, reason, etag;
};
// RECEIVED when all of it arrived, else CLOSED, which wants a reason.
absl::StatusOr<v1::ShippingNotice> CloseNotice(storage::WriteTransaction& transaction,
                                               const access::Caller& caller, const NoticeEnd& end);
absl::StatusOr<v1::ShippingNotice> CancelNotice(storage::WriteTransaction& transaction,
                                                const access::Caller& caller, const NoticeEnd& end);

// What came of holding scans against a notice; coding/notice_comparison.h has the rules.
struct NoticeCompared {
  bool agrees = false;
  std::vector<v1::ScannedObjectVerdict> scanned;
  std::vector<v1::ShippingNoticeLineVerdict> lines;
};
// `today`: against it last days of use are held.
absl::StatusOr<NoticeCompared> CompareNotice(storage::ReadTransaction& transaction,
                                             const access::Caller& caller, std::string_view name,
                                             const std::vector<v1::ScannedObject>& scanned,
                                             const coding::CivilDate& today);

}  // namespace radyab::notices

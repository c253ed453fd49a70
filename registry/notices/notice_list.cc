// GetNotice, ListNotices.
#include "registry/catalog/member_registry.h"
#include "registry/notices/notice_arrivals.h"
#include "registry/notices/notice_registry.h"
#include "registry/notices/notice_row.h"
#include "registry/page_scan.h"
#include "registry/reason.h"
#include "registry/stamp.h"
#include "registry/storage/notice_keys.h"

namespace radyab::notices {
namespace {

// The index that answers a filter: its keys end with the notice's number.
absl::StatusOr<std::string> IndexOf(MemberId member, const NoticeFilter& filter) {
  if (!filter.object.empty()) {
    const auto word = coding::ParseObjectWord(filter.object);
    if (!word.ok()) return RefuseText("object", word.refusal());
    return keyspace::NoticeOfObjectPrefix(NoticeView(member, NoticeObjectKey(*word)));
  }
  const bool open = filter.state == v1::SHIPPING_NOTICE_STATE_OPEN;
  return keyspace::NoticeOfMemberPrefix(
      member, open ? keyspace::NoticeList::kOpen : keyspace::NoticeList::kAll);
}

absl::Status CheckFilter(const NoticeFilter& filter) {
  if (!v1::ShippingNoticeState_IsValid(filter.state)) {
    return RefuseField("state", std::to_string(filter.state) + " is no state of notices");
  }
  for (const auto& [field, text] : {std::pair("source_party", &filter.source_party),
                                    std::pair("destination_party", &filter.destination_party)}) {
    if (text->empty()) continue;
    const auto code = coding::ParseCode(*text);
    if (!code.ok()) return RefuseText(field, code.refusal());
    if (code->kind() != coding::Kind::kParty) {
      return RefuseField(field, code->Digits() + " names no party");
    }
  }
  return absl::OkStatus();
}

// `party`: as the caller gave it, checked.
bool IsParty(const std::string& party, const std::string& stored) {
  return party.empty() || coding::ParseCode(party)->Digits() == stored;
}

// `own_party`: of the member whose list it is.
bool Fits(const FoundNotice& notice, MemberId member, const std::string& own_party,
          const NoticeFilter& filter) {
  const v1::ShippingNotice& header = notice.header;
  const bool recorded = notice.sides.recorder == member;
  const bool awaited = header.destination_party() == own_party;
  if (filter.side == NoticeSide::kRecorded && !recorded) return false;
  if (filter.side == NoticeSide::kAwaited && !awaited) return false;
  if (filter.state != v1::SHIPPING_NOTICE_STATE_UNSPECIFIED && filter.state != header.state()) {
    return false;
  }
  if (!filter.number.empty() && filter.number != header.number()) return false;
  if (filter.expected_since &&
      (!header.has_expected_arrival() ||
       MicrosOf(header.expected_arrival()) < MicrosOf(*filter.expected_since))) {
    return false;
  }
  return IsParty(filter.source_party, header.source_party()) &&
         IsParty(filter.destination_party, header.destination_party());
}

}  // namespace

absl::StatusOr<v1::ShippingNotice> GetNotice(storage::ReadTransaction& transaction,
                                             const access::Caller& caller, std::string_view name) {
  auto notice = FindNotice(transaction, caller, name);
  if (!notice.ok()) return notice.status();
  auto lines = ReadLines(transaction, notice->sequence);
  if (!lines.ok()) return lines.status();
  auto arrived = AddArrivals(transaction, *notice, *lines);
  if (!arrived.ok()) return arrived.status();
  v1::ShippingNotice answer = std::move(notice->header);
  answer.mutable_counts()->set_received_lines(arrived->received);
  answer.mutable_counts()->set_outstanding_lines(arrived->outstanding);
  for (v1::ShippingNoticeLine& line : *lines) answer.add_lines()->Swap(&line);
  return answer;
}

absl::StatusOr<Page<v1::ShippingNotice>> ListNotices(storage::ReadTransaction& transaction,
                                                     const access::Caller& caller,
                                                     const NoticeFilter& filter,
                                                     const PageRequest& page) {
  auto member = catalog::MemberMeant(transaction, caller, filter.member, "member");
  if (!member.ok()) return member.status();
  if (auto status = CheckFilter(filter); !status.ok()) return status;
  auto own = catalog::GetMember(transaction, *member);
  if (!own.ok()) return own.status();
  auto prefix = IndexOf(*member, filter);
  if (!prefix.ok()) return prefix.status();
  Page<v1::ShippingNotice> found;
  std::string last_key;
  std::size_t looked_at = 0, byte_count = 0;
  absl::Status fault = absl::OkStatus();
  auto status = transaction.Scan(
      RangeAfter(*prefix, page), storage::Direction::kForward, kListScanRowsMax + 1,
      [&](std::string_view key, std::string_view) {
        if (looked_at == kListScanRowsMax || found.rows.size() == page.row_count_max ||
            byte_count > kAnswerBytesMax) {
          found.next = last_key;
          return false;
        }
        ++looked_at;
        last_key = std::string(key);
        const auto sequence = storage::OrderedKeyReader(key.substr(prefix->size())).U64();
        auto notice = ReadNotice(transaction, sequence);
        fault = notice.ok() && !notice->has_value() ? storage::CorruptRecord(key) : notice.status();
        if (!fault.ok()) return false;
        if (!Fits(**notice, *member, own->party_code(), filter)) return true;
        byte_count += (*notice)->header.ByteSizeLong();
        found.rows.push_back(std::move((*notice)->header));
        return true;
      });
  if (!fault.ok()) return fault;
  if (!status.ok()) return status;
  return found;
}

}  // namespace radyab::notices

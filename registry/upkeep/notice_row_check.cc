#include <string>

#include "coding/object_words.h"
#include "radyab/v1/notice.pb.h"
#include "registry/catalog/member_registry.h"
#include "registry/notices/notice_row.h"
#include "registry/storage/notice_keys.h"
#include "registry/trace/event_rows.h"
#include "registry/trace/object_key.h"
#include "registry/upkeep/row_context.h"

namespace radyab::upkeep {
namespace {

void WantNotice(RowContext& row, std::uint64_t sequence) {
  row.Want(keyspace::Notice(sequence), notices::NoticeName(sequence));
}

// The row that finds it in the list of all notices of its member, and of open ones while it is.
void WantInLists(RowContext& row, const v1::ShippingNotice& notice, std::uint64_t sequence) {
  const auto member = catalog::ParseMemberName(notice.member(), "member");
  if (!member.ok()) return row.tell("\"" + notice.member() + "\" is no member");
  row.Want(keyspace::Member(*member), notice.member());
  row.Want(keyspace::NoticeOfMember(*member, keyspace::NoticeList::kAll, sequence),
           "the row that finds it by its member");
  if (notice.state() == v1::SHIPPING_NOTICE_STATE_OPEN) {
    row.Want(keyspace::NoticeOfMember(*member, keyspace::NoticeList::kOpen, sequence),
             "the row that finds it among the open ones");
  }
  row.Want(keyspace::NoticeNumber(*member, notice.number(), sequence),
           "the row that finds it by its number");
}

void CheckNotice(RowContext& row) {
  const auto notice = row.Own<v1::ShippingNotice>();
  if (!notice) return;
  const std::uint64_t sequence = row.parts().U64();
  if (notice->name() != notices::NoticeName(sequence)) {
    row.tell("it calls itself " + notice->name());
  }
  row.WantCounter(keyspace::Counter("notice"), sequence, "the counter of notices");
  WantInLists(row, *notice, sequence);
  for (const std::string* party : {&notice->source_party(), &notice->destination_party()}) {
    const auto code = coding::ParseCode(*party);
    if (code.ok()) {
      row.WantEntity(code->number());
    } else {
      row.tell("\"" + *party + "\" is no party");
    }
  }
  for (const std::string& event : notice->events()) {
    const auto number = trace::ParseEventName(event);
    if (!number) {
      row.tell("\"" + event + "\" names no event");
    } else {
      row.Want(keyspace::Event(*number), event);
    }
  }
  const int parts = (notice->counts().lines() + notices::kLinesOfRow - 1) / notices::kLinesOfRow;
  for (int part = 0; part < parts; ++part) {
    row.Want(keyspace::NoticeLines(sequence, static_cast<std::uint32_t>(part)),
             "part " + std::to_string(part) + " of its lines");
  }
}

void CheckLines(RowContext& row) {
  const auto lines = row.Own<v1::ShippingNotice>();
  if (!lines) return;
  WantNotice(row, row.parts().U64());
  for (const v1::ShippingNoticeLine& line : lines->lines()) {
    if (!coding::ParseObjectWord(line.object()).ok()) {
      row.tell("\"" + line.object() + "\" is no object");
    }
  }
}

void CheckNoticeNumber(RowContext& row) {
  auto parts = row.parts();
  const auto member = static_cast<MemberId>(parts.U32());
  const std::string number = parts.Text();
  const std::uint64_t sequence = parts.U64();
  const auto notice = row.OtherAs<v1::ShippingNotice>(keyspace::Notice(sequence));
  if (!row.fault.ok()) return;
  if (!notice) return row.tell(notices::NoticeName(sequence) + " is not there");
  if (notice->number() != number || notice->member() != catalog::MemberName(member)) {
    row.tell(notice->name() + " has another number");
  }
}

void CheckNoticeOfMember(RowContext& row) {
  auto parts = row.parts();
  const auto member = static_cast<MemberId>(parts.U32());
  const bool open = parts.U8() == static_cast<std::uint8_t>(keyspace::NoticeList::kOpen);
  const std::uint64_t sequence = parts.U64();
  row.Want(keyspace::Member(member), "its member");
  const auto notice = row.OtherAs<v1::ShippingNotice>(keyspace::Notice(sequence));
  if (!row.fault.ok()) return;
  if (!notice) return row.tell(notices::NoticeName(sequence) + " is not there");
  if (open && notice->state() != v1::SHIPPING_NOTICE_STATE_OPEN) {
    row.tell(notice->name() + " is not open");
  }
}

void CheckNoticeOfObject(RowContext& row) {
  const auto sums = row.Own<v1::ShippingNotice>();
  if (!sums) return;
  auto parts = row.parts();
  const std::string view = parts.Text();
  WantNotice(row, parts.U64());
  for (const v1::ShippingNoticeLine& sum : sums->lines()) {
    const auto word = coding::ParseObjectWord(sum.object());
    if (!word.ok() || notices::NoticeObjectKey(*word) != trace::ObjectOfView(view)) {
      row.tell("its key does not name " + sum.object());
    }
  }
}

}  // namespace

void CheckNoticeRow(RowContext& row) {
  switch (static_cast<unsigned char>(row.key[0])) {
    case 0x4B:
      return CheckNotice(row);
    case 0x4C:
      return CheckLines(row);
    case 0x4D:
      return CheckNoticeNumber(row);
    case 0x4E:
      return CheckNoticeOfMember(row);
    case 0x4F:
      return CheckNoticeOfObject(row);
    default:
      row.tell("its family has no check");
  }
}

}  // namespace radyab::upkeep

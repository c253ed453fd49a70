#include "registry/notices/notice_row.h"

#include <map>

#include "coding/decimal_quantity.h"
#include "registry/catalog/member_registry.h"
#include "registry/parties/party_registry.h"
#include "registry/reason.h"
#include "registry/records/records.pb.h"
#include "registry/sequence_name.h"
#include "registry/storage/notice_keys.h"
#include "registry/storage/rows.h"
#include "registry/trace/event_rows.h"
#include "registry/trace/object_key.h"

namespace radyab::notices {
namespace {

using coding::ObjectWord;

constexpr std::string_view kNamePrefix = "notices/";
constexpr std::uint8_t kCodeByte = 4;

absl::StatusOr<NoticeSides> SidesOf(storage::ReadTransaction& transaction, std::uint64_t sequence,
                                    const v1::ShippingNotice& header) {
  const auto member = catalog::ParseMemberName(header.member(), "member");
  const auto destination = coding::ParseCode(header.destination_party());
  if (!member.ok() || !destination.ok()) {
    return storage::CorruptRecord(keyspace::Notice(sequence));
  }
  auto receiver = MemberItself(transaction, *destination);
  if (!receiver.ok()) return receiver.status();
  NoticeSides sides{*member, std::nullopt};
  if (*receiver && **receiver != *member) sides.receiver = **receiver;
  return sides;
}

// The members under whose view it is found.
std::vector<MemberId> Viewers(const NoticeSides& sides) {
  std::vector<MemberId> viewers = {sides.recorder};
  if (sides.receiver) viewers.push_back(*sides.receiver);
  return viewers;
}

absl::Status PutLines(storage::WriteTransaction& transaction, const FoundNotice& notice,
                      const std::vector<v1::ShippingNoticeLine>& lines) {
  v1::ShippingNotice row;
  std::uint32_t part = 0;
  for (std::size_t place = 0; place < lines.size(); ++place) {
    *row.add_lines() = lines[place];
    if (row.lines_size() < kLinesOfRow && place + 1 < lines.size()) continue;
    auto status = storage::PutRow(transaction, keyspace::NoticeLines(notice.sequence, part++), row);
    if (!status.ok()) return status;
    row.Clear();
  }
  return absl::OkStatus();
}

// The line of `sums` in this unit of measure; a new one when there is none.
v1::ShippingNoticeLine* SumIn(v1::ShippingNotice& sums, const v1::ShippingNoticeLine& line) {
  for (v1::ShippingNoticeLine& sum : *sums.mutable_lines()) {
    if (sum.quantity().unit() == line.quantity().unit()) return &sum;
  }
  v1::ShippingNoticeLine* sum = sums.add_lines();
  sum->set_object(line.object());
  sum->set_event(line.event());
  return sum;
}

// What is announced of each object that arrives by itself, a line for each unit of measure. The
// first event stands for all of one object.
absl::StatusOr<std::map<std::string, v1::ShippingNotice>> Sums(
    const std::vector<v1::ShippingNoticeLine>& lines, bool from_supplier) {
  std::map<std::string, v1::ShippingNotice> sums;
  for (const v1::ShippingNoticeLine& line : lines) {
    if (!ArrivesByItself(line, from_supplier)) continue;
    const auto word = coding::ParseObjectWord(line.object());
    if (!word.ok()) return storage::CorruptRecord(line.object());
    v1::ShippingNoticeLine& sum = *SumIn(sums[NoticeObjectKey(*word)], line);
    if (!line.has_quantity()) continue;
    if (!sum.has_quantity()) {
      *sum.mutable_quantity() = line.quantity();
      continue;
    }
    const auto had = coding::ParseDecimal(sum.quantity().amount());
    const auto more = coding::ParseDecimal(line.quantity().amount());
    if (!had.ok() || !more.ok()) return storage::CorruptRecord(line.object());
    const auto total = coding::AddDecimal(*had, *more);
    if (!total) {
      return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded,
                    line.object() + ": its quantities together would need more than 18 digits",
                    {{"object", line.object()}});
    }
    sum.mutable_quantity()->set_amount(coding::WriteDecimal(*total));
  }
  return sums;
}

}  // namespace

std::string NoticeName(std::uint64_t sequence) { return SequenceName(kNamePrefix, sequence); }

std::optional<std::uint64_t> ParseNoticeName(std::string_view name) {
  return ParseSequenceName(kNamePrefix, name);
}

std::string NoticeObjectKey(const ObjectWord& object) {
  if (object.type != ObjectWord::Type::kCode) return trace::WriteObjectKey(object);
  return storage::OrderedKey(kCodeByte)
      .U32(object.code->block())
      .U16(static_cast<std::uint16_t>(object.code->counter()))
      .U16(static_cast<std::uint16_t>(object.code->birth_class()));
}

std::string NoticeView(MemberId member, std::string_view object_key) {
  return trace::ViewKey(member, object_key);
}

absl::StatusOr<std::optional<MemberId>> MemberItself(storage::ReadTransaction& transaction,
                                                     coding::Code party) {
  auto owner = parties::OwnerOfParty(transaction, party);
  if (!owner.ok()) return owner.status();
  auto member = catalog::GetMember(transaction, *owner);
  if (!member.ok()) return member.status();
  if (member->party_code() != party.Digits()) return std::optional<MemberId>();
  return std::optional<MemberId>(*owner);
}

absl::StatusOr<std::optional<FoundNotice>> ReadNotice(storage::ReadTransaction& transaction,
                                                      std::uint64_t sequence) {
  auto row = storage::GetRow<v1::ShippingNotice>(transaction, keyspace::Notice(sequence));
  if (!row.ok()) return row.status();
  if (!row->has_value()) return std::optional<FoundNotice>();
  auto sides = SidesOf(transaction, sequence, **row);
  if (!sides.ok()) return sides.status();
  return std::optional(FoundNotice{sequence, std::move(**row), *sides});
}

absl::StatusOr<FoundNotice> FindNotice(storage::ReadTransaction& transaction,
                                       const access::Caller& caller, std::string_view name) {
  const auto sequence = ParseNoticeName(name);
  if (!sequence) {
    return RefuseField(
        "name", "\"" + std::string(name.substr(0, 80)) + "\" is no notice; want notices/4711");
  }
  auto found = ReadNotice(transaction, *sequence);
  if (!found.ok()) return found.status();
  if (!found->has_value()) return NotFound(name);
  const NoticeSides& sides = (*found)->sides;
  const bool sees = caller.ReachesPrivate(sides.recorder) ||
                    (sides.receiver && caller.ReachesPrivate(*sides.receiver));
  if (!sees) return NotFound(name);
  return std::move(**found);
}

absl::StatusOr<FoundNotice> FindOwnNotice(storage::ReadTransaction& transaction,
                                          const access::Caller& caller, std::string_view name) {
  auto found = FindNotice(transaction, caller, name);
  if (found.ok() && !caller.ReachesPrivate(found->sides.recorder)) return NotFound(name);
  return found;
}

absl::StatusOr<std::vector<v1::ShippingNoticeLine>> ReadLines(storage::ReadTransaction& transaction,
                                                              std::uint64_t sequence) {
  const std::string prefix = keyspace::NoticeLinesPrefix(sequence);
  std::vector<v1::ShippingNoticeLine> lines;
  auto status = storage::ScanRows<v1::ShippingNotice>(
      transaction, {prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
      storage::kNoRowLimit, [&](std::string_view, v1::ShippingNotice row) {
        for (v1::ShippingNoticeLine& line : *row.mutable_lines()) lines.push_back(std::move(line));
        return true;
      });
  if (!status.ok()) return status;
  return lines;
}

bool ArrivesByItself(const v1::ShippingNoticeLine& line, bool from_supplier) {
  return from_supplier || line.container().empty();
}

absl::StatusOr<bool> IsFromSupplier(storage::ReadTransaction& transaction,
                                    const FoundNotice& notice) {
  auto recorder = catalog::GetMember(transaction, notice.sides.recorder);
  if (!recorder.ok()) return recorder.status();
  return notice.header.destination_party() == recorder->party_code();
}

absl::Status PutNotice(storage::WriteTransaction& transaction, const FoundNotice& notice,
                       const std::vector<v1::ShippingNoticeLine>& lines) {
  auto from_supplier = IsFromSupplier(transaction, notice);
  if (!from_supplier.ok()) return from_supplier.status();
  auto sums = Sums(lines, *from_supplier);
  if (!sums.ok()) return sums.status();
  auto status = storage::PutRow(transaction, keyspace::Notice(notice.sequence), notice.header);
  if (status.ok()) status = PutLines(transaction, notice, lines);
  if (status.ok()) {
    status = storage::PutMark(
        transaction,
        keyspace::NoticeNumber(notice.sides.recorder, notice.header.number(), notice.sequence));
  }
  if (!status.ok()) return status;
  for (const MemberId viewer : Viewers(notice.sides)) {
    for (const auto list : {keyspace::NoticeList::kAll, keyspace::NoticeList::kOpen}) {
      status =
          storage::PutMark(transaction, keyspace::NoticeOfMember(viewer, list, notice.sequence));
      if (!status.ok()) return status;
    }
    for (const auto& [object, sum] : *sums) {
      status = storage::PutRow(
          transaction, keyspace::NoticeOfObject(NoticeView(viewer, object), notice.sequence), sum);
      if (!status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

absl::Status ChangeNotice(storage::WriteTransaction& transaction, const FoundNotice& notice) {
  auto status = storage::PutRow(transaction, keyspace::Notice(notice.sequence), notice.header);
  if (!status.ok() || notice.header.state() == v1::SHIPPING_NOTICE_STATE_OPEN) return status;
  for (const MemberId viewer : Viewers(notice.sides)) {
    status = transaction.Delete(
        keyspace::NoticeOfMember(viewer, keyspace::NoticeList::kOpen, notice.sequence));
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> LastEventName(storage::ReadTransaction& transaction) {
  auto counter = storage::GetRow<records::CounterRecord>(transaction, keyspace::Counter("event"));
  if (!counter.ok()) return counter.status();
  if (!counter->has_value()) return std::string();
  return trace::EventName((*counter)->last());
}

}  // namespace radyab::notices

// CreateNotice: who sends to whom, what, under which number.
#include <algorithm>
#include <map>

#include "registry/catalog/code_issuer.h"
#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "registry/notices/notice_draft.h"
#include "registry/notices/notice_registry.h"
#include "registry/notices/notice_row.h"
#include "registry/notices/shipped_lines.h"
#include "registry/parties/party_row.h"
#include "registry/reason.h"
#include "registry/stamp.h"
#include "registry/storage/notice_keys.h"
#include "registry/storage/record.h"

namespace radyab::notices {
namespace {

using Lines = std::vector<v1::ShippingNoticeLine>;

// The member that records, and what is known of the two parties.
struct Recorder {
  MemberId member;
  std::string name;
  coding::Code own_party;
};

absl::StatusOr<Recorder> RecorderOf(storage::ReadTransaction& transaction,
                                    const access::Caller& caller,
                                    const v1::ShippingNotice& wanted) {
  auto member = catalog::MemberMeant(transaction, caller, wanted.member(), "member");
  if (!member.ok()) return member.status();
  auto row = catalog::GetMember(transaction, *member);
  if (!row.ok()) return row.status();
  const auto own_party = coding::ParseCode(row->party_code());
  if (!own_party.ok()) return storage::CorruptRecord(keyspace::Member(*member));
  return Recorder{*member, row->name(), *own_party};
}

std::optional<coding::Code> ReadParty(const std::string& text, std::string_view field,
                                      FaultList& faults) {
  const auto code = coding::ParseCode(text);
  if (!code.ok()) {
    faults.Add(field, code.refusal().message);
    return std::nullopt;
  }
  if (code->kind() != coding::Kind::kParty) {
    faults.Add(field, code->Digits() + " names no party");
    return std::nullopt;
  }
  return *code;
}

// The party as far as the recorder may know it, which is active; NOT_FOUND for a private party of
// another member as for a missing one.
absl::StatusOr<v1::Party> ActiveParty(storage::ReadTransaction& transaction,
                                      const Recorder& recorder, const coding::Code& code) {
  auto row = parties::ReadPartyRecord(transaction, code);
  if (!row.ok()) return row.status();
  if (!row->has_value() || (*row)->party().code() != code.Digits()) {
    return NotFound(parties::PartyName(code));
  }
  const v1::Party& party = (*row)->party();
  if (party.member() != recorder.name) {
    auto itself = MemberItself(transaction, code);
    if (!itself.ok()) return itself.status();
    if (!*itself) return NotFound(parties::PartyName(code));
  }
  if (auto status = catalog::RequireActive(code, party.life()); !status.ok()) return status;
  return party;
}

bool Has(const v1::Party& party, v1::PartyRole role) {
  return std::ranges::count(party.roles(), role) > 0;
}

// From the member itself to another member or a customer; or from a supplier to the member itself.
void ReadParties(storage::ReadTransaction& transaction, const Recorder& recorder,
                 const v1::ShippingNotice& wanted, const Shipped& shipped,
                 v1::ShippingNotice& header, FaultList& faults) {
  const coding::Code own = recorder.own_party;
  std::optional<coding::Code> source = own, destination = shipped.destination;
  if (!wanted.source_party().empty()) {
    source = ReadParty(wanted.source_party(), "source_party", faults);
  }
  if (!wanted.destination_party().empty()) {
    destination = ReadParty(wanted.destination_party(), "destination_party", faults);
  } else if (!destination) {
    faults.Add("destination_party", "missing; want the code of the party that gets",
               Reason::kMissingField);
  }
  if (!source || !destination) return;
  header.set_source_party(source->Digits());
  header.set_destination_party(destination->Digits());
  if (shipped.destination && *destination != *shipped.destination) {
    faults.Add("destination_party",
               destination->Digits() + "; the events ship to " + shipped.destination->Digits());
  }
  if (*source == *destination) {
    faults.Add("destination_party", destination->Digits() + " is who sends; want the other side");
    return;
  }
  if (*source != own && *destination != own) {
    faults.Add("source_party", source->Digits() + "; want " + own.Digits() +
                                   ", the member's own party, or the notice going to it");
    return;
  }
  const bool sends = *source == own;
  const coding::Code other = sends ? *destination : *source;
  auto party = ActiveParty(transaction, recorder, other);
  if (!party.ok()) {
    faults.AddAll(party.status());
    return;
  }
  const bool ours = party->member() == recorder.name;
  if (sends && ours && !Has(*party, v1::PARTY_ROLE_CUSTOMER)) {
    faults.Add("destination_party", other.Digits() + " is no customer: nothing is shipped to it");
  }
  if (!sends && !ours) {
    faults.Add("source_party",
               other.Digits() + " is another member, which records what it sends itself");
  } else if (!sends && !Has(*party, v1::PARTY_ROLE_SUPPLIER)) {
    faults.Add("source_party", other.Digits() + " is no supplier");
  }
  if (!sends && !shipped.events.empty()) {
    faults.Add("source_party", "the events were sent by " + own.Digits());
  }
}

// The lines of events behind those given. One thing cannot be announced by both.
void AddShipped(const Shipped& shipped, Lines& lines, FaultList& faults) {
  std::map<std::string, std::string> named;  // what, and where
  for (const v1::ShippingNoticeLine& line : lines) {
    named.try_emplace(line.object(), "lines[" + std::to_string(line.number() - 1) + "]");
  }
  const std::size_t given = named.size();
  if (given > 0) {
    for (const v1::ShippingNoticeLine& line : shipped.lines) {
      const auto found = named.find(line.object());
      if (found == named.end()) continue;
      faults.Add(found->second + ".object", line.object() + " comes with the events already");
      named.erase(found);
    }
  }
  std::map<std::string, std::string> pieces;  // units and containers have no quantity
  for (const v1::ShippingNoticeLine& line : shipped.lines) {
    lines.push_back(line);
    lines.back().set_number(static_cast<int>(lines.size()));
    if (line.has_quantity()) continue;
    const auto [found, fresh] = pieces.try_emplace(line.object(), line.event());
    if (!fresh) {
      faults.Add("events",
                 line.object() + " was sent by two of them, " + found->second + " the first");
    }
  }
}

absl::Status CheckNumberFree(storage::ReadTransaction& transaction, MemberId member,
                             const std::string& number) {
  const std::string prefix = keyspace::NoticeNumberPrefix(member, number);
  std::optional<std::uint64_t> taken;
  auto status = transaction.Scan({prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
                                 1, [&](std::string_view key, std::string_view) {
                                   storage::OrderedKeyReader reader(key.substr(prefix.size()));
                                   taken = reader.U64();
                                   return false;
                                 });
  if (!status.ok() || !taken) return status;
  return Refuse(absl::StatusCode::kAlreadyExists, Reason::kAlreadyExists,
                "number \"" + number + "\" is that of " + NoticeName(*taken),
                {{"resource", NoticeName(*taken)}, {"field", "number"}});
}

}  // namespace

absl::StatusOr<v1::ShippingNotice> CreateNotice(storage::WriteTransaction& transaction,
                                                const access::Caller& caller,
                                                const v1::ShippingNotice& wanted,
                                                const std::vector<std::string>& events) {
  auto recorder = RecorderOf(transaction, caller, wanted);
  if (!recorder.ok()) return recorder.status();
  FaultList faults;
  v1::ShippingNotice header;
  header.set_member(recorder->name);
  ReadHeader(wanted, header, faults);
  auto lines = ReadGivenLines(transaction, wanted, faults);
  if (!lines.ok()) return lines.status();
  auto shipped = ReadShipped(transaction, recorder->member, events, faults);
  if (!shipped.ok()) return shipped.status();
  ReadParties(transaction, *recorder, wanted, *shipped, header, faults);
  if (!header.has_ship_time() && !shipped->events.empty()) {
    *header.mutable_ship_time() = TimestampOf(shipped->last_time_us);
  }
  CheckChangeable(header, faults);
  AddShipped(*shipped, *lines, faults);
  if (wanted.lines().empty() && events.empty()) {
    faults.Add("lines", "missing; want lines, or events that shipped goods", Reason::kMissingField);
  }
  if (lines->size() > kNoticeLinesMax) {
    faults.Add("lines", std::to_string(lines->size()) +
                            " lines together with the events; at most " +
                            std::to_string(kNoticeLinesMax));
  }
  if (!faults.empty()) return faults.status();
  auto free = CheckNumberFree(transaction, recorder->member, header.number());
  if (!free.ok()) return free;

  auto sequence = catalog::NextNumber(transaction, "notice");
  if (!sequence.ok()) return sequence.status();
  auto last_event = LastEventName(transaction);
  if (!last_event.ok()) return last_event.status();
  header.set_name(NoticeName(*sequence));
  header.set_state(v1::SHIPPING_NOTICE_STATE_OPEN);
  *header.mutable_state_time() = TimestampOf(transaction.record_time_us());
  header.set_arrivals_after(*last_event);
  *header.mutable_counts() = CountLines(*lines);
  for (const std::string& event : shipped->events) header.add_events(event);
  Stamp(transaction, header);
  const auto destination = coding::ParseCode(header.destination_party());
  auto receiver = MemberItself(transaction, *destination);
  if (!receiver.ok()) return receiver.status();
  FoundNotice notice{*sequence, header, {recorder->member, std::nullopt}};
  if (*receiver && **receiver != recorder->member) notice.sides.receiver = **receiver;
  if (auto status = PutNotice(transaction, notice, *lines); !status.ok()) return status;
  return header;
}

}  // namespace radyab::notices

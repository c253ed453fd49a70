#include "tests/end_to_end/crash_check.h"

#include <algorithm>

namespace radyab::crash {
namespace {

using Fault = std::optional<std::string>;

Fault Failed(const std::string& what, const client::ClientError& error) {
  return what + ": " + std::string(client::ErrorCodeName(error.code)) + " " + error.message;
}

template <class Message>
Fault Differs(const std::string& what, const client::Answer<Message>& present,
              const Message& acknowledged) {
  if (!present) return Failed(what, present.error());
  if (present->SerializeAsString() == acknowledged.SerializeAsString()) return std::nullopt;
  return what + " is not what was acknowledged:\n" + present->DebugString() + "instead of\n" +
         acknowledged.DebugString();
}

// How many of a list fit; a page that fails is a fault.
template <class Item, class Fits>
Fault WantOne(const std::string& what, client::PageRange<Item> list, const Fits& fits) {
  int count = 0;
  for (const client::Answer<Item>& item : list) {
    if (!item) return Failed(what, item.error());
    if (fits(*item)) ++count;
  }
  if (count == 1) return std::nullopt;
  return what + ": " + std::to_string(count) + " times, want once";
}

Fault FaultOfAudit(const Askers& askers, const std::string& resource, const std::string& id) {
  v1::ListAuditRequest request;
  request.set_resource(resource);
  return WantOne("audit of " + resource, askers.admin.admin.ListAudit(request),
                 [&](const v1::AuditEntry& row) { return row.request_id() == id; });
}

Fault FaultOfAlias(const Askers& askers, const v1::Item& item, v1::AliasScheme scheme,
                   const std::string& value) {
  v1::ListAliasesRequest request;
  request.set_code(item.code());
  return WantOne("alias " + value + " of " + item.name(),
                 askers.member.catalog.ListAliases(request), [&](const v1::Alias& alias) {
                   return alias.scheme() == scheme && !alias.has_end_time() &&
                          alias.value().find(value) != std::string::npos;
                 });
}

Fault FaultOfGtin(const Askers& askers, const v1::Item& item, const std::string& id) {
  v1::ResolveRequest request;
  request.set_text(GtinOf(id));
  const auto found = askers.member.codes.Resolve(request);
  if (!found) return Failed("resolve " + GtinOf(id), found.error());
  const bool linked =
      std::ranges::count(found->supplier_items(), item.code(), &v1::Item::code) == 1;
  if ("items/" + found->code() == item.generic_item() && linked) return std::nullopt;
  return "GTIN " + GtinOf(id) + " leads to " + found->code() + ", not by " + item.generic_item() +
         " to " + item.code();
}

Fault FaultOfName(const Askers& askers, const v1::Item& item, const std::string& id) {
  v1::ListItemsRequest request;
  request.set_name_prefix(NameOf(id));
  return WantOne("items named " + NameOf(id), askers.member.catalog.ListItems(request),
                 [&](const v1::Item& row) { return row.code() == item.code(); });
}

Fault FaultOfItem(const Askers& askers, const Entry& entry) {
  const std::string& id = entry.change.id;
  v1::Item item;
  item.ParseFromString(entry.given->bytes);
  v1::GetItemRequest request;
  request.set_name(item.name());
  Fault fault = Differs(item.name(), askers.member.catalog.GetItem(request), item);
  if (!fault) fault = FaultOfAlias(askers, item, v1::ALIAS_SCHEME_GTIN, GtinOf(id));
  if (!fault) fault = FaultOfAlias(askers, item, v1::ALIAS_SCHEME_SUPPLIER_PART, PartOf(id));
  if (!fault) fault = FaultOfGtin(askers, item, id);
  if (!fault) fault = FaultOfName(askers, item, id);
  if (!fault) fault = FaultOfAudit(askers, item.name(), id);
  return fault;
}

Fault FaultOfParty(const Askers& askers, const Entry& entry) {
  v1::Party party;
  party.ParseFromString(entry.given->bytes);
  v1::GetPartyRequest request;
  request.set_name(party.name());
  Fault fault = Differs(party.name(), askers.member.parties.GetParty(request), party);
  v1::ListPartiesRequest list;
  list.set_name_prefix(NameOf(entry.change.id));
  if (!fault) {
    fault = WantOne("parties named " + list.name_prefix(), askers.member.parties.ListParties(list),
                    [&](const v1::Party& row) { return row.code() == party.code(); });
  }
  if (!fault) fault = FaultOfAudit(askers, party.name(), entry.change.id);
  return fault;
}

Fault FaultOfEvent(const Askers& askers, const Entry& entry) {
  v1::CaptureEventResponse captured;
  captured.ParseFromString(entry.given->bytes);
  const v1::Event& event = captured.event();
  v1::GetEventRequest request;
  request.set_name(event.name());
  Fault fault = Differs(event.name(), askers.member.trace.GetEvent(request), event);
  const std::string unit = UnitOf(entry.change);
  v1::GetCustodyRequest custody;
  custody.set_object(unit);
  if (!fault) {
    fault = WantOne("custody of " + unit, askers.member.trace.GetCustody(custody),
                    [&](const v1::Custody& row) { return row.event() == event.name(); });
  }
  v1::ListEventsRequest events;
  events.set_object(unit);
  if (!fault) {
    fault = WantOne("events of " + unit, askers.member.trace.ListEvents(events),
                    [](const v1::Event&) { return true; });
  }
  v1::TraceForwardRequest forward;
  forward.set_object(entry.change.subject + "/lot/L" + entry.change.id);
  if (!fault) {
    fault = WantOne("holders of " + forward.object(), askers.member.trace.TraceForward(forward),
                    [](const v1::TraceHolder& holder) { return holder.unit_count() == 1; });
  }
  if (!fault) fault = FaultOfAudit(askers, event.name(), entry.change.id);
  return fault;
}

Fault FaultOfCase(const Askers& askers, const Entry& entry) {
  v1::CreateCaseResponse opened;
  opened.ParseFromString(entry.given->bytes);
  const v1::Case& kept = opened.case_();
  v1::GetCaseRequest request;
  request.set_name(kept.name());
  Fault fault = Differs(kept.name(), askers.member.cases.GetCase(request), kept);
  v1::ListTimelineRequest timeline;
  timeline.set_name(kept.name());
  if (!fault) {
    fault = WantOne("timeline of " + kept.name(), askers.member.cases.ListTimeline(timeline),
                    [](const v1::TimelineEntry&) { return true; });
  }
  v1::ListCasesRequest about;
  about.set_subject(entry.change.subject);
  if (!fault) {
    fault = WantOne("cases about " + about.subject(), askers.member.cases.ListCases(about),
                    [&](const v1::Case& row) { return row.code() == kept.code(); });
  }
  v1::TrackCaseRequest track;
  track.set_code(kept.code());
  track.set_token(opened.token());
  if (!fault) {
    const auto status = askers.member.cases.TrackCase(track);
    if (!status) fault = Failed("tracking " + kept.name(), status.error());
  }
  if (!fault) fault = FaultOfAudit(askers, kept.name(), entry.change.id);
  return fault;
}

}  // namespace

Fault FaultOf(const Askers& askers, const Entry& entry) {
  switch (entry.change.kind) {
    case ChangeKind::kItem:
      return FaultOfItem(askers, entry);
    case ChangeKind::kParty:
      return FaultOfParty(askers, entry);
    case ChangeKind::kEvent:
      return FaultOfEvent(askers, entry);
    case ChangeKind::kCase:
      return FaultOfCase(askers, entry);
    case ChangeKind::kSscc:
      return std::nullopt;  // only a retry can tell: see FaultOfRetry
  }
  return "no kind of change";
}

Fault FaultOfRetry(const Askers& askers, const Entry& entry) {
  const auto again = Send(askers.member, entry.change);
  if (!again) return Failed("retry of " + entry.change.id, again.error());
  if (again->bytes == entry.given->bytes) return std::nullopt;
  return "retry of " + entry.change.id + " got another answer";
}

}  // namespace radyab::crash

#include "registry/trace/event_draft.h"

#include <algorithm>
#include <cstdlib>

#include "coding/gs1_keys.h"
#include "coding/utf8_reader.h"
#include "registry/stamp.h"
#include "registry/trace/event_fields.h"
#include "registry/trace/object_key.h"

namespace radyab::trace {
namespace {

constexpr std::int64_t kFirstSecond = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr std::int64_t kLastSecond = 253'402'300'799;   // 9999-12-31T23:59:59Z
constexpr std::int32_t kNanosMax = 999'999'999;
constexpr std::size_t kGlnDigits = 13;

// What a kind of event says of a party.
enum class PartyRule {
  kNone,      // stays empty
  kOwn,       // the member's own party; may be left out
  kAnyOrOwn,  // any; left out: the member's own
  kOther,     // must be given, not the member's own
  kOtherOrNone,
};

struct KindRule {
  v1::EventKind kind;
  std::string_view name;
  bool container;
  PartyRule source;
  PartyRule destination;
};

constexpr KindRule kKindRules[] = {
    {v1::EVENT_KIND_COMMISSION, "COMMISSION", false, PartyRule::kAnyOrOwn, PartyRule::kNone},
    {v1::EVENT_KIND_PACK, "PACK", true, PartyRule::kNone, PartyRule::kNone},
    {v1::EVENT_KIND_UNPACK, "UNPACK", true, PartyRule::kNone, PartyRule::kNone},
    {v1::EVENT_KIND_SHIP, "SHIP", false, PartyRule::kOwn, PartyRule::kOther},
    {v1::EVENT_KIND_RECEIVE, "RECEIVE", false, PartyRule::kOtherOrNone, PartyRule::kOwn},
    {v1::EVENT_KIND_DELIVER, "DELIVER", false, PartyRule::kOwn, PartyRule::kOther},
    {v1::EVENT_KIND_RETURN, "RETURN", false, PartyRule::kOther, PartyRule::kOwn},
};

const KindRule* RuleOf(v1::EventKind kind) {
  const auto rule = std::ranges::find(kKindRules, kind, &KindRule::kind);
  return rule == std::end(kKindRules) ? nullptr : rule;
}

bool IsDigits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// "+03:30"; empty: "+00:00".
std::string ReadZone(const std::string& text, FaultList& faults) {
  if (text.empty()) return "+00:00";
  const bool shaped = text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':' &&
                      IsDigits(text.substr(1, 2)) && IsDigits(text.substr(4, 2));
  const int minutes = shaped ? std::atoi(text.c_str() + 4) : 60;
  if (minutes > 59 || std::atoi(text.c_str() + 1) * 60 + minutes > kZoneMinutesMax) {
    faults.Add("zone_offset",
               "\"" + text.substr(0, 80) + "\"; want +HH:MM or -HH:MM, 14 hours at most");
  }
  return text == "-00:00" ? "+00:00" : text;
}

void ReadTime(const v1::Event& wanted, EventDraft& draft, FaultList& faults) {
  if (!wanted.has_event_time()) {
    faults.Add("event_time", "missing; when did it happen?", Reason::kMissingField);
    return;
  }
  const auto& time = wanted.event_time();
  if (time.seconds() < kFirstSecond || time.seconds() > kLastSecond || time.nanos() < 0 ||
      time.nanos() > kNanosMax) {
    faults.Add("event_time", "out of range; want a time of the years 0001 to 9999");
    return;
  }
  *draft.event.mutable_event_time() = time;
  draft.event_time_us = MicrosOf(time);
}

void ReadPlace(const std::string& place, EventDraft& draft, FaultList& faults) {
  CheckText(place, "place", kPlaceCharactersMax, faults);
  if (place.size() == kGlnDigits && IsDigits(place)) {
    const auto gln = coding::ParseGln(place);
    if (!gln.ok()) faults.Add("place", gln.refusal().message);
  }
  draft.event.set_place(place);
}

void ReadContainer(const std::string& text, const KindRule& rule, EventDraft& draft,
                   FaultList& faults) {
  if (!rule.container) {
    if (!text.empty()) faults.Add("container", "only PACK and UNPACK name a container");
    return;
  }
  if (text.empty()) {
    faults.Add("container", "missing; want sscc/N", Reason::kMissingField);
    return;
  }
  const auto word = coding::ParseObjectWord(text);
  if (!word.ok()) {
    faults.Add("container", word.refusal().message);
  } else if (word->type != coding::ObjectWord::Type::kContainer) {
    faults.Add("container", coding::WriteObjectWord(*word) + " is no container; want sscc/N");
  } else {
    draft.event.set_container(coding::WriteObjectWord(*word));
    draft.container_key = WriteObjectKey(*word);
  }
}

std::optional<coding::Code> ReadParty(const std::string& text, PartyRule rule,
                                      std::string_view field, const coding::Code& own,
                                      FaultList& faults) {
  if (text.empty()) {
    if (rule == PartyRule::kOther) {
      faults.Add(field, "missing; want the code of a party", Reason::kMissingField);
    }
    if (rule == PartyRule::kOwn || rule == PartyRule::kAnyOrOwn) return own;
    return std::nullopt;
  }
  if (rule == PartyRule::kNone) {
    faults.Add(field, "an event of this kind has none");
    return std::nullopt;
  }
  const auto code = coding::ParseCode(text);
  if (!code.ok()) {
    faults.Add(field, code.refusal().message);
    return std::nullopt;
  }
  if (code->kind() != coding::Kind::kParty) {
    faults.Add(field, code->Digits() + " names no party");
  } else if (rule == PartyRule::kOwn && *code != own) {
    faults.Add(field, code->Digits() + "; want " + own.Digits() + ", the member's own party");
  } else if ((rule == PartyRule::kOther || rule == PartyRule::kOtherOrNone) && *code == own) {
    faults.Add(field, code->Digits() + " is the member itself; want the other side");
  }
  return *code;
}

void ReadParties(const v1::Event& wanted, const KindRule& rule, const coding::Code& own,
                 EventDraft& draft, FaultList& faults) {
  draft.source = ReadParty(wanted.source_party(), rule.source, "source_party", own, faults);
  draft.destination =
      ReadParty(wanted.destination_party(), rule.destination, "destination_party", own, faults);
  if (draft.source) draft.event.set_source_party(draft.source->Digits());
  if (draft.destination) draft.event.set_destination_party(draft.destination->Digits());
}

}  // namespace

void CheckText(std::string_view text, std::string_view field, std::size_t characters_max,
               FaultList& faults) {
  if (!coding::IsValidUtf8(text)) {
    faults.Add(field, "bytes that are no UTF-8");
  } else if (std::ranges::any_of(text, [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == '\x7f';
             })) {
    faults.Add(field, "control characters; want plain text");
  } else if (const auto count = coding::CountCharacters(text, text.size());
             count > characters_max) {
    faults.Add(field,
               std::to_string(count) + " characters; at most " + std::to_string(characters_max));
  }
}

std::string KindName(v1::EventKind kind) {
  const KindRule* rule = RuleOf(kind);
  return rule == nullptr ? "UNSPECIFIED" : std::string(rule->name);
}

absl::StatusOr<EventDraft> ReadEventDraft(const v1::Event& wanted, const Recorder& recorder) {
  EventDraft draft;
  FaultList faults;
  CheckText(wanted.event_id(), "event_id", kEventIdCharactersMax, faults);
  draft.event.set_event_id(wanted.event_id());
  ReadTime(wanted, draft, faults);
  draft.event.set_zone_offset(ReadZone(wanted.zone_offset(), faults));
  draft.event.set_member(recorder.name);
  ReadPlace(wanted.place(), draft, faults);
  CheckText(wanted.reference(), "reference", kReferenceCharactersMax, faults);
  draft.event.set_reference(wanted.reference());
  draft.event.set_kind(wanted.kind());
  if (const KindRule* rule = RuleOf(wanted.kind())) {
    ReadContainer(wanted.container(), *rule, draft, faults);
    ReadParties(wanted, *rule, recorder.own_party, draft, faults);
  } else {
    faults.Add("kind", wanted.kind() == v1::EVENT_KIND_UNSPECIFIED
                           ? "missing; what happened?"
                           : std::to_string(wanted.kind()) + " is no kind of event");
  }
  ReadObjects(wanted, draft, faults);
  if (!faults.empty()) return faults.status();
  return draft;
}

}  // namespace radyab::trace

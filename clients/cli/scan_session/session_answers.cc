#include "clients/cli/scan_session/session_answers.h"

#include <cstdio>
#include <utility>

#include "clients/cli/output/language.h"
#include "clients/cli/scan_session/resolution_meaning.h"

namespace radyab::cli {
namespace {

using client::ClientError;
using client::ErrorCode;
using warehouse::Meaning;
using warehouse::SessionEvent;
using warehouse::SessionKind;
using warehouse::Thing;
using warehouse::Verdict;
using warehouse::VerdictKind;

constexpr std::int64_t kMicrosecondsASecond = 1'000'000;
constexpr int kNanosecondsAMicrosecond = 1'000;

v1::EventKind EventKindOf(SessionKind kind) {
  switch (kind) {
    case SessionKind::kReceive:
      return v1::EVENT_KIND_RECEIVE;
    case SessionKind::kShip:
      return v1::EVENT_KIND_SHIP;
    case SessionKind::kPack:
      return v1::EVENT_KIND_PACK;
    case SessionKind::kCount:
    case SessionKind::kAny:
      break;
  }
  return v1::EVENT_KIND_UNSPECIFIED;
}

// The server looked at what was asked and said no.
bool IsRefusal(const ClientError& error) {
  switch (error.code) {
    case ErrorCode::kInvalidArgument:
    case ErrorCode::kNotFound:
    case ErrorCode::kAlreadyExists:
    case ErrorCode::kFailedPrecondition:
    case ErrorCode::kOutOfRange:
      return true;
    default:
      return false;
  }
}

// It may be otherwise in a moment. A stream that a server ends in going down is INTERNAL to the
// client: rows without answers.
bool MayPass(const ClientError& error) {
  return ExitCodeOf(error) == ExitCode::kUnreachable ||
         (error.code == ErrorCode::kResourceExhausted && error.retry_after) ||
         (error.code == ErrorCode::kInternal && error.reason.empty());
}

}  // namespace

v1::CaptureEventRequest RequestOf(const SessionEvent& event, const EventFacts& facts) {
  v1::CaptureEventRequest request;
  request.set_request_id(event.id);
  v1::Event& wanted = *request.mutable_event();
  wanted.set_event_id(event.id);
  wanted.set_kind(EventKindOf(event.kind));
  wanted.mutable_event_time()->set_seconds(event.moment_us / kMicrosecondsASecond);
  wanted.mutable_event_time()->set_nanos(static_cast<int>(event.moment_us % kMicrosecondsASecond) *
                                         kNanosecondsAMicrosecond);
  wanted.set_zone_offset(facts.zone_offset);
  wanted.set_member(facts.member);
  wanted.set_place(facts.place);
  wanted.set_reference(facts.reference);
  wanted.set_container(event.container);
  if (event.kind == SessionKind::kShip) wanted.set_destination_party(event.party);
  if (event.kind == SessionKind::kReceive) wanted.set_source_party(event.party);
  for (const SessionEvent::Object& object : event.objects) {
    v1::EventObject& target = *wanted.add_objects();
    target.set_object(object.object);
    if (!object.amount) continue;
    target.mutable_quantity()->set_amount(coding::WriteDecimal(*object.amount));
    target.mutable_quantity()->set_unit(object.unit);
  }
  return request;
}

SessionAnswers::SessionAnswers(Parts parts)
    : session_(parts.session),
      journal_(parts.journal),
      queue_(parts.queue),
      facts_(parts.facts),
      printer_(parts.printer),
      errors_(std::move(parts.errors)),
      ways_(WaysOfStandardOutput()),
      site_(parts.site) {
  if (site_ != nullptr) return;
  codes_.emplace(parts.connection);
  trace_.emplace(parts.connection);
}

SessionAnswers::Waiting SessionAnswers::WaitingOf(TakenScan taken) {
  Waiting waiting;
  waiting.command = warehouse::ReadCommand(taken.scan.text);
  waiting.asks = !waiting.command.is_command && !taken.meaning;
  waiting.taken = std::move(taken);
  return waiting;
}

std::optional<std::string> SessionAnswers::Replay(const JournalContent& content) {
  for (const JournalStep& step : content.steps) {
    if (const auto* scan = std::get_if<warehouse::Scan>(&step)) {
      waiting_.push_back(WaitingOf({*scan, std::nullopt}));
    } else if (const auto* taken = std::get_if<TakenUp>(&step)) {
      if (waiting_.empty() || waiting_.front().taken.scan.number != taken->scan) {
        return "scan " + std::to_string(taken->scan) + " is taken up out of order";
      }
      const Waiting front = std::move(waiting_.front());
      waiting_.pop_front();
      if (!front.command.is_command && !taken->meaning) {
        return "scan " + std::to_string(taken->scan) + " has no meaning";
      }
      if (taken->meaning) {
        session_.TakeLabel(front.taken.scan, *taken->meaning);
      } else {
        session_.TakeCommand(front.taken.scan, front.command);
      }
    } else if (const auto* outcome = std::get_if<EventOutcome>(&step)) {
      if (session_.events().empty()) return "an event was answered that is not there";
      if (outcome->recorded) {
        session_.Recorded(outcome->words);
      } else {
        session_.Refused(outcome->words);
      }
    }
  }
  return std::nullopt;
}

ExitCode SessionAnswers::Run() {
  if (!session_.events().empty()) SendEvents();
  while (!Over()) {
    looked_at_ = 0;
    asked_ = 0;
    const auto fault = site_ != nullptr ? AskPack() : AskServer();
    if (!fault) break;  // finished, or no scan comes any more and all are answered
    if (!MayPass(*fault) || queue_.closed() || site_ != nullptr) {
      Fail(errors_.Print(*fault));
    } else {
      TellAway(*fault);
    }
  }
  queue_.Leave();
  if (session_.finished()) TellLate();
  return exit_code_;
}

std::optional<ClientError> SessionAnswers::AskServer() {
  const auto count = codes_->ResolveStream([this] { return Next(); },
                                           [this](const v1::Resolution& r) { Answer(r); },
                                           [this] { return MayWait(); });
  if (count) return std::nullopt;
  return count.error();
}

std::optional<ClientError> SessionAnswers::AskPack() {
  while (const auto request = Next()) {
    const auto answer = site_->resolver.Resolve(request->text(), offline::AskedNow());
    if (!answer) return answer.error();
    Answer(*answer);
  }
  return std::nullopt;
}

// Scans that came behind the end belong to no session: they are told of, not passed over.
void SessionAnswers::TellLate() {
  while (auto taken = queue_.Pop(false)) waiting_.push_back(WaitingOf(*std::move(taken)));
  for (const Waiting& late : waiting_) {
    Verdict verdict;
    verdict.kind = VerdictKind::kCommandRefused;
    verdict.scan = late.taken.scan.number;
    verdict.moment_us = late.taken.scan.moment_us;
    verdict.text = late.taken.scan.text;
    verdict.reason = "the session is over";
    Tell(verdict);
    exit_code_ = Worse(exit_code_, ExitCode::kRefused);
  }
}

// Commands and the like that stand at the front of the queue go the way of all scans without the
// server: only a scan to be asked about is left for Next.
bool SessionAnswers::MayWait() {
  if (Over() || session_.finishing()) return true;
  while (looked_at_ < waiting_.size() && !waiting_[looked_at_].asks) ++looked_at_;
  if (looked_at_ < waiting_.size()) return false;
  const auto needs_no_asking = [](const TakenScan& taken) { return !WaitingOf(taken).asks; };
  while (auto taken = queue_.PopIf(needs_no_asking)) {
    waiting_.push_back(WaitingOf(*std::move(taken)));
    ++looked_at_;
    if (asked_ == 0) TakeUpReady();
  }
  return queue_.empty();
}

std::optional<v1::ResolveRequest> SessionAnswers::Next() {
  for (;;) {
    if (asked_ == 0) TakeUpReady();
    if (Over()) return std::nullopt;
    if (looked_at_ == waiting_.size()) {
      auto taken = queue_.Pop(asked_ == 0);
      if (!taken) return std::nullopt;
      waiting_.push_back(WaitingOf(*std::move(taken)));
    }
    const Waiting& waiting = waiting_[looked_at_++];
    if (!waiting.asks) continue;
    ++asked_;
    v1::ResolveRequest request;
    request.set_text(waiting.taken.scan.text);
    return request;
  }
}

void SessionAnswers::Answer(const v1::Resolution& resolution) {
  away_told_ = false;
  if (waiting_.empty() || Over()) return;
  const Waiting front = std::move(waiting_.front());
  waiting_.pop_front();
  --looked_at_;
  --asked_;
  Meaning meaning = MeaningOf(front.taken.scan.text, resolution);
  meaning.held = HeldOf(meaning);
  TakeUp(front, std::move(meaning));
  TakeUpReady();
}

void SessionAnswers::TakeUpReady() {
  while (looked_at_ < waiting_.size() && asked_ == 0 && !waiting_[looked_at_].asks) ++looked_at_;
  while (looked_at_ > 0 && !waiting_.front().asks && !Over()) {
    Waiting front = std::move(waiting_.front());
    waiting_.pop_front();
    --looked_at_;
    TakeUp(front, front.taken.meaning);
  }
}

void SessionAnswers::TakeUp(const Waiting& waiting, std::optional<Meaning> meaning) {
  if (!journal_.Add(TakenUp{waiting.taken.scan.number, meaning})) {
    return Fail(errors_.PrintFault(ExitCode::kInternal, "the journal cannot be written"));
  }
  const warehouse::Scan& scan = waiting.taken.scan;
  const Verdict verdict =
      meaning ? session_.TakeLabel(scan, *meaning) : session_.TakeCommand(scan, waiting.command);
  Tell(verdict);
  if (verdict.kind == VerdictKind::kFinishing) {
    const auto missing = session_.Missing();
    missing_count_ = static_cast<std::int64_t>(missing.size());
    for (const Verdict& line : missing) Tell(line);
  }
  SendEvents();
}

std::optional<coding::Decimal> SessionAnswers::HeldOf(const Meaning& meaning) {
  const bool wanted =
      session_.kind() == SessionKind::kCount && !facts_.holder.empty() && !session_.terms().expects;
  const bool traced = meaning.thing == Thing::kLot || meaning.thing == Thing::kUnit ||
                      meaning.thing == Thing::kContainer;
  if (!wanted || !traced || !trace_) return std::nullopt;
  v1::GetCustodyRequest request;
  request.set_object(meaning.object);
  coding::Decimal held{0, 0};
  for (const auto& row : trace_->GetCustody(request)) {
    if (!row && row.error().code == ErrorCode::kNotFound) return held;
    if (!row) {
      errors_.Print(row.error());
      return std::nullopt;
    }
    if (row->state() != v1::CUSTODY_STATE_HELD || row->holder_party() != facts_.holder) continue;
    const auto amount = coding::ParseDecimal(row->quantity().amount());
    const auto sum = amount ? coding::AddDecimal(held, *amount) : std::nullopt;
    if (sum && row->quantity().unit() == meaning.unit) held = *sum;
  }
  return held;
}

void SessionAnswers::SendEvents() {
  while (!session_.events().empty() && !failed_) {
    if (SendFirst()) continue;
    if (!session_.finishing()) return;  // with the next scan
    if (queue_.closed()) return Fail(ExitCode::kUnreachable);
  }
}

// Into the queue of the site. Kept twice after a crash in between, it is stored once: it has its
// id.
bool SessionAnswers::KeepFirst() {
  const auto kept = site_->queue.Keep(RequestOf(session_.events().front(), facts_).event(),
                                      offline::AskedNow().now_us);
  if (!kept) {
    Fail(errors_.Print(kept.error()));
    return false;
  }
  return TakeOutcome({true, "queued/" + std::to_string(kept->number())}, "");
}

bool SessionAnswers::SendFirst() {
  if (site_ != nullptr) return KeepFirst();
  const auto answer = trace_->CaptureEvent(RequestOf(session_.events().front(), facts_));
  if (!answer && MayPass(answer.error())) {
    if (queue_.closed() && session_.finishing()) {
      errors_.Print(answer.error());
    } else {
      TellAway(answer.error());
    }
    return false;
  }
  if (!answer && !IsRefusal(answer.error())) {
    Fail(errors_.Print(answer.error()));
    return false;
  }
  away_told_ = false;
  return answer ? TakeOutcome({true, answer->event().name()}, "")
                : TakeOutcome({false, answer.error().message}, answer.error().reason);
}

bool SessionAnswers::TakeOutcome(const EventOutcome& outcome, const std::string& reason) {
  if (!journal_.Add(outcome)) {
    Fail(errors_.PrintFault(ExitCode::kInternal, "the journal cannot be written"));
    return false;
  }
  if (outcome.recorded) {
    Tell(session_.Recorded(outcome.words));
  } else {
    Tell(session_.Refused(reason + ": " + outcome.words));
  }
  return true;
}

void SessionAnswers::Tell(const Verdict& verdict) {
  printer_.PrintText((printer_.json() ? VerdictJson(verdict) : VerdictLine(verdict, ways_)) + "\n");
  std::fflush(stdout);
}

void SessionAnswers::TellAway(const ClientError& error) {
  if (std::exchange(away_told_, true)) return;
  ClientError told = error;
  told.message = Local("the server is away; scans are kept and asked again") + ": " + error.message;
  errors_.Print(told);
}

void SessionAnswers::Fail(ExitCode code) {
  failed_ = true;
  exit_code_ = Worse(exit_code_, code);
}

}  // namespace radyab::cli

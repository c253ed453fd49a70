// Sessions of scans: whatever is scanned in whatever order, what is counted is what events tell,
// nothing is told twice, and the journal of a session reads back as the very same.
//
// The first byte chooses what is read: a journal, a notice, or else a session, whose kind it is;
// every further line is a scan. A label is made of its bytes.
#include <set>
#include <sstream>

#include "clients/cli/scan_session/journal_lines.h"
#include "clients/cli/scan_session/expected_table.h"
#include "coding/utf8_reader.h"
#include "tests/fuzz/fuzz_expect.h"

namespace {

using namespace radyab::cli;
using namespace radyab::warehouse;
using radyab::coding::CompareDecimal;
using radyab::coding::Decimal;
using radyab::fuzz::Expect;

constexpr const char* kItems[] = {"1042000017000113", "1042000017000210"};

Meaning MeaningOfBytes(std::string_view bytes) {
  Meaning meaning;
  const auto byte = [&](std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
  };
  meaning.thing = static_cast<Thing>(byte(0) % 8);
  meaning.code = kItems[byte(1) % 2];
  const std::string number = std::to_string(byte(2) % 4);
  meaning.object = meaning.code;
  if (meaning.thing == Thing::kLot) meaning.object += "/lot/" + number;
  if (meaning.thing == Thing::kUnit) meaning.object += "/serial/" + number;
  if (meaning.thing == Thing::kContainer) meaning.object = "sscc/" + number;
  meaning.amount = {byte(3) + 1, static_cast<int>(byte(4) % 3)};
  meaning.usable = byte(5) % 5 != 0;
  meaning.active = byte(5) % 2 == 0;
  meaning.expiry_date = byte(6) % 4 == 0 ? "2020-01-01" : "";
  meaning.customer = byte(7) % 2 == 0;
  if (byte(8) % 4 == 0) meaning.held = Decimal{byte(8), 0};
  return meaning;
}

// Objects of events, which must never be told more than was counted.
void ExpectGoodEvents(const ScanSession& session, std::set<std::string>& ids) {
  for (const SessionEvent& event : session.events()) {
    ids.insert(event.id);
    Expect(!event.objects.empty(), "an event speaks of something");
    Expect(event.objects.size() <= kEventObjectsMax, "an event is not too long");
    Expect(event.kind != SessionKind::kCount, "counting makes no event");
    std::set<std::string> names;
    for (const SessionEvent::Object& object : event.objects) {
      Expect(names.insert(object.object).second, "an event names a thing once");
      Expect(!object.amount || object.amount->mantissa > 0, "an amount is above 0");
    }
  }
}

void ExpectNothingBelowZero(const ScanSession& session) {
  for (const ReportLine& line : session.Report()) {
    Expect(CompareDecimal(line.counted, {0, 0}) >= 0, "no count is below 0");
  }
}

void ExpectJournalReadsBack(const std::string& journal, std::size_t steps) {
  JournalContent content;
  Expect(!ReadJournal(journal, content), "a journal that was written can be read");
  Expect(content.steps.size() == steps, "and has every step");
}

void RunSession(unsigned first, std::string_view scans) {
  SessionTerms terms = {.id = "s",
                        .kind = static_cast<SessionKind>(first % 5),
                        .each = (first & 0x08) != 0,
                        .expects = (first & 0x10) != 0,
                        .notice = {},
                        .zone_offset_minutes = 210};
  if (terms.expects) {
    terms.notice = {{kItems[0], {5, 0}, "", ""},
                    {std::string(kItems[1]) + "/lot/1", {3, 0}, "", "2027-01-01"}};
  }
  ScanSession session(terms);
  std::string journal = LineOf(terms, {});
  std::size_t steps = 0;
  std::set<std::string> ids;
  std::int64_t number = 0;
  while (!scans.empty() && !session.finished()) {
    const std::size_t end = std::min(scans.find('\n'), scans.size());
    const std::string_view text = scans.substr(0, end);
    scans.remove_prefix(std::min(end + 1, scans.size()));
    ++number;
    const Scan scan = {number, number * 1'000'000'000,
                       radyab::coding::IsValidUtf8(text) ? std::string(text) : ""};
    const CommandReading reading = ReadCommand(text);
    Expect(reading.is_command || (!reading.command && reading.fault.empty()), "no half command");
    TakenUp taken{number, std::nullopt};
    if (reading.is_command) {
      Expect(session.TakeCommand(scan, reading).scan == number, "a verdict names its scan");
    } else {
      taken.meaning = MeaningOfBytes(text);
      const Verdict verdict = session.TakeLabel(scan, *taken.meaning);
      Expect(verdict.scan == number, "a verdict names its scan");
      Expect(!verdict.counted || verdict.kind != VerdictKind::kDouble, "a double never counts");
    }
    journal += LineOf(scan) + LineOf(taken);
    steps += 2;
    ExpectGoodEvents(session, ids);
    ExpectNothingBelowZero(session);
    for (; !session.events().empty() && number % 3 != 0; ++steps) {
      const EventOutcome outcome = {number % 2 == 0, "why"};
      if (outcome.recorded) {
        session.Recorded(outcome.words);
      } else {
        session.Refused(outcome.words);
      }
      journal += LineOf(outcome);
    }
  }
  ExpectJournalReadsBack(journal, steps);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view rest = radyab::fuzz::Text(data + 1, size - 1);
  if (data[0] == 'J') {
    JournalContent content;
    const auto fault = ReadJournal(rest, content);
    Expect(!fault || fault->starts_with("line "), "a fault of a journal names its line");
  } else if (data[0] == 'N') {
    std::istringstream input{std::string(rest)};
    const ExpectedTable notice = ReadExpectedTable(input);
    Expect(notice.lines.empty() != notice.faults.empty(), "a notice has lines, or says why not");
    for (const NoticeLine& line : notice.lines) {
      Expect(line.amount.mantissa > 0, "an amount is above 0");
    }
  } else {
    RunSession(data[0], rest);
  }
  return 0;
}

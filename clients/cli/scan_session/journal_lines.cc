#include "clients/cli/scan_session/journal_lines.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace radyab::cli {
namespace {

using coding::Decimal;
using nlohmann::ordered_json;
using warehouse::Meaning;
using warehouse::NoticeLine;
using warehouse::Scan;
using warehouse::SessionTerms;
using warehouse::Thing;

constexpr int kVersion = 1;
constexpr int kThingMax = static_cast<int>(Thing::kSeveral);

std::string Line(const char* name, ordered_json value) {
  return ordered_json{{name, std::move(value)}}.dump() + "\n";
}

ordered_json JsonOf(const Decimal& amount) { return coding::WriteDecimal(amount); }

// Reads one object; every value that is missing or of another kind is noted.
class Reading {
 public:
  explicit Reading(const ordered_json& object) : object_(object) {}

  std::string Text(const char* name) {
    const auto* value = Find(name);
    if (value != nullptr && value->is_string()) return value->get<std::string>();
    return Bad(name), std::string();
  }
  // Of what earlier journals do not have.
  std::string TextIfThere(const char* name) { return Find(name) == nullptr ? "" : Text(name); }
  std::int64_t Number(const char* name) {
    const auto* value = Find(name);
    if (value != nullptr && value->is_number_integer()) return value->get<std::int64_t>();
    return Bad(name), 0;
  }
  bool Truth(const char* name) {
    const auto* value = Find(name);
    if (value != nullptr && value->is_boolean()) return value->get<bool>();
    return Bad(name), false;
  }
  Decimal Amount(const char* name) {
    const auto amount = coding::ParseDecimal(Text(name));
    if (amount) return *amount;
    return Bad(name), Decimal{};
  }
  const ordered_json* Find(const char* name) const {
    const auto found = object_.is_object() ? object_.find(name) : object_.end();
    return found == object_.end() ? nullptr : &*found;
  }
  void Bad(const char* name) {
    if (bad_.empty()) bad_ = name;
  }
  const std::string& bad() const { return bad_; }

 private:
  const ordered_json& object_;
  std::string bad_;
};

ordered_json JsonOf(const Meaning& meaning) {
  ordered_json json = {{"thing", static_cast<int>(meaning.thing)},
                       {"object", meaning.object},
                       {"code", meaning.code},
                       {"name", meaning.name},
                       {"lot", meaning.lot},
                       {"unit", meaning.unit},
                       {"amount", JsonOf(meaning.amount)},
                       {"usable", meaning.usable},
                       {"unusable_reason", meaning.unusable_reason},
                       {"active", meaning.active},
                       {"expiry_date", meaning.expiry_date},
                       {"customer", meaning.customer},
                       {"refusal", meaning.refusal},
                       {"message", meaning.message}};
  if (meaning.held) json["held"] = JsonOf(*meaning.held);
  return json;
}

Meaning ReadMeaning(const ordered_json& json, std::string& bad) {
  Reading reading(json);
  Meaning meaning;
  const std::int64_t thing = reading.Number("thing");
  if (thing < 0 || thing > kThingMax) reading.Bad("thing");
  meaning.thing = static_cast<Thing>(thing);
  meaning.object = reading.Text("object");
  meaning.code = reading.Text("code");
  meaning.name = reading.Text("name");
  meaning.lot = reading.Text("lot");
  meaning.unit = reading.Text("unit");
  meaning.amount = reading.Amount("amount");
  meaning.usable = reading.Truth("usable");
  meaning.unusable_reason = reading.Text("unusable_reason");
  meaning.active = reading.Truth("active");
  meaning.expiry_date = reading.Text("expiry_date");
  meaning.customer = reading.Truth("customer");
  meaning.refusal = reading.Text("refusal");
  meaning.message = reading.Text("message");
  if (reading.Find("held") != nullptr) meaning.held = reading.Amount("held");
  bad = reading.bad();
  return meaning;
}

std::string ReadTerms(const ordered_json& json, JournalContent& content) {
  Reading reading(json);
  SessionTerms& terms = content.terms;
  if (reading.Number("version") != kVersion) return "version";
  const auto kind = warehouse::SessionKindOfWord(reading.Text("kind"));
  if (!kind) return "kind";
  terms.kind = *kind;
  terms.id = reading.Text("id");
  terms.each = reading.Truth("each");
  terms.expects = reading.Truth("expects");
  terms.zone_offset_minutes = static_cast<int>(reading.Number("zone_offset_minutes"));
  content.facts = {.place = reading.Text("place"),
                   .reference = reading.Text("reference"),
                   .member = reading.Text("member"),
                   .zone_offset = reading.Text("zone_offset"),
                   .holder = reading.Text("holder")};
  const auto* notice = reading.Find("notice");
  if (notice == nullptr || !notice->is_array()) return "notice";
  for (const ordered_json& line : *notice) {
    Reading row(line);
    terms.notice.push_back({.object = row.Text("object"),
                            .amount = row.Amount("amount"),
                            .unit = row.Text("unit"),
                            .expiry_date = row.Text("expiry_date"),
                            .container = row.TextIfThere("container"),
                            .lot = row.TextIfThere("lot")});
    if (!row.bad().empty()) return "notice." + row.bad();
  }
  return reading.bad();
}

// What is wrong with the line; empty when it was read.
std::string ReadLine(std::string_view text, bool first, JournalContent& content) {
  const ordered_json json = ordered_json::parse(text, nullptr, false);
  if (!json.is_object() || json.size() != 1) return "want one JSON object with one name";
  const std::string& name = json.begin().key();
  const ordered_json& value = json.begin().value();
  if (first != (name == "session")) return first ? "want the session" : "a second session";
  std::string bad;
  Reading reading(value);
  if (name == "session") {
    bad = ReadTerms(value, content);
  } else if (name == "scan") {
    content.steps.emplace_back(Scan{.number = reading.Number("number"),
                                    .moment_us = reading.Number("moment_us"),
                                    .text = reading.Text("text")});
    bad = reading.bad();
  } else if (name == "taken") {
    TakenUp step{reading.Number("scan"), std::nullopt};
    bad = reading.bad();
    const auto* meaning = reading.Find("meaning");
    if (meaning != nullptr && bad.empty()) step.meaning = ReadMeaning(*meaning, bad);
    content.steps.emplace_back(std::move(step));
  } else if (name == "event") {
    content.steps.emplace_back(EventOutcome{reading.Truth("recorded"), reading.Text("words")});
    bad = reading.bad();
  } else if (name == "end") {
    content.finished = true;
  } else {
    return "\"" + name + "\" is not known";
  }
  return bad.empty() ? "" : "bad value of " + bad;
}

}  // namespace

std::string LineOf(const SessionTerms& terms, const EventFacts& facts) {
  ordered_json notice = ordered_json::array();
  for (const NoticeLine& line : terms.notice) {
    notice.push_back({{"object", line.object},
                      {"amount", JsonOf(line.amount)},
                      {"unit", line.unit},
                      {"expiry_date", line.expiry_date},
                      {"container", line.container},
                      {"lot", line.lot}});
  }
  return Line("session", {{"version", kVersion},
                          {"id", terms.id},
                          {"kind", std::string(warehouse::SessionKindWord(terms.kind))},
                          {"each", terms.each},
                          {"expects", terms.expects},
                          {"zone_offset_minutes", terms.zone_offset_minutes},
                          {"place", facts.place},
                          {"reference", facts.reference},
                          {"member", facts.member},
                          {"zone_offset", facts.zone_offset},
                          {"holder", facts.holder},
                          {"notice", std::move(notice)}});
}

std::string LineOf(const Scan& scan) {
  return Line("scan",
              {{"number", scan.number}, {"moment_us", scan.moment_us}, {"text", scan.text}});
}

std::string LineOf(const TakenUp& step) {
  ordered_json json = {{"scan", step.scan}};
  if (step.meaning) json["meaning"] = JsonOf(*step.meaning);
  return Line("taken", std::move(json));
}

std::string LineOf(const EventOutcome& step) {
  return Line("event", {{"recorded", step.recorded}, {"words", step.words}});
}

std::string EndLine() { return Line("end", true); }

std::optional<std::string> ReadJournal(std::string_view text, JournalContent& content) {
  std::int64_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string fault = ReadLine(text.substr(0, end), number == 1, content);
    if (!fault.empty()) return "line " + std::to_string(number) + ": " + fault;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (number == 0) return "line 1: want the session";
  return std::nullopt;
}

}  // namespace radyab::cli

// Scans and what they mean, for tests of sessions.
#pragma once

#include <string>

#include "clients/warehouse/scan_session.h"

namespace radyab::warehouse {

inline constexpr const char* kMilk = "1042000017000113";
inline constexpr const char* kCheese = "1042000017000210";
inline constexpr std::int64_t kNoon = 1'798'632'000'000'000;  // 2026-12-30 12:00 UTC

inline Meaning Lot(const std::string& code, const std::string& lot) {
  Meaning meaning;
  meaning.thing = Thing::kLot;
  meaning.object = code + "/lot/" + lot;
  meaning.code = code;
  meaning.name = "name of " + code;
  return meaning;
}

inline Meaning Unit(const std::string& code, const std::string& serial) {
  Meaning meaning = Lot(code, serial);
  meaning.thing = Thing::kUnit;
  meaning.object = code + "/serial/" + serial;
  return meaning;
}

inline Meaning Container(const std::string& sscc) {
  Meaning meaning;
  meaning.thing = Thing::kContainer;
  meaning.object = "sscc/" + sscc;
  return meaning;
}

inline Meaning Item(const std::string& code) {
  Meaning meaning = Lot(code, "");
  meaning.thing = Thing::kItem;
  meaning.object = code;
  return meaning;
}

inline Meaning Party(const std::string& code, bool customer) {
  Meaning meaning;
  meaning.thing = Thing::kParty;
  meaning.object = meaning.code = code;
  meaning.customer = customer;
  return meaning;
}

inline Meaning Nothing(const std::string& refusal) {
  Meaning meaning;
  meaning.refusal = refusal;
  meaning.message = "no";
  return meaning;
}

inline NoticeLine Line(const std::string& object, int amount, const std::string& expiry = "") {
  return {.object = object, .amount = {amount, 0}, .unit = "", .expiry_date = expiry};
}

// A session with a clock of its own: a second a scan.
class Scanned {
 public:
  explicit Scanned(SessionKind kind, std::vector<NoticeLine> notice = {}, bool each = false)
      : session({.id = "s",
                 .kind = kind,
                 .each = each,
                 .expects = !notice.empty(),
                 .notice = std::move(notice),
                 .zone_offset_minutes = 0}) {}

  Verdict Label(const Meaning& meaning) { return session.TakeLabel(Next(meaning.object), meaning); }
  Verdict Command(const std::string& words) {
    const Scan scan = Next("RADYAB:" + words);
    return session.TakeCommand(scan, ReadCommand(scan.text));
  }
  // The kind of the verdict.
  VerdictKind On(const Meaning& meaning) { return Label(meaning).kind; }
  VerdictKind On(const std::string& words) { return Command(words).kind; }

  ScanSession session;

 private:
  Scan Next(const std::string& text) {
    ++number_;
    return {.number = number_, .moment_us = kNoon + number_ * 1'000'000, .text = text};
  }
  std::int64_t number_ = 0;
};

}  // namespace radyab::warehouse

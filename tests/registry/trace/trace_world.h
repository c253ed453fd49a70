// Three members in a row and their goods: a maker, a carrier, a shop.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "radyab/v1/trace.pb.h"
#include "registry/trace/event_capture.h"
#include "registry/trace/trace_query.h"
#include "tests/support/registry_world.h"

namespace radyab::trace::tests {

using radyab::tests::Admin;
using radyab::tests::CallerFor;
using radyab::tests::RegistryWorld;

inline constexpr auto kCommission = v1::EVENT_KIND_COMMISSION;
inline constexpr auto kPack = v1::EVENT_KIND_PACK;
inline constexpr auto kUnpack = v1::EVENT_KIND_UNPACK;
inline constexpr auto kShip = v1::EVENT_KIND_SHIP;
inline constexpr auto kReceive = v1::EVENT_KIND_RECEIVE;
inline constexpr auto kDeliver = v1::EVENT_KIND_DELIVER;
inline constexpr auto kReturn = v1::EVENT_KIND_RETURN;

// One member with an item, customers and a supplier of its own.
struct Firm {
  MemberId member;
  std::string party;  // codes
  std::string item;
  std::vector<std::string> customers;
  std::string supplier;
  access::Caller caller;
};

// `sscc/N` with the serial number under a prefix that no member claimed: anybody may pack it first.
std::string Sscc(int serial);
// The same under a prefix of one of the firms.
inline constexpr char kMakerPrefix[] = "6260001";
inline constexpr char kCarrierPrefix[] = "6260002";
std::string SsccOf(const std::string& gs1_prefix, int serial);

// An event of `kind`, `minute` minutes after a fixed moment.
class EventOf {
 public:
  EventOf(v1::EventKind kind, int minute);
  EventOf& Lot(const std::string& word, const std::string& amount, const std::string& unit = "KGM");
  EventOf& Piece(const std::string& word);
  EventOf& UnitOfLot(const std::string& word, const std::string& lot);
  EventOf& Into(const std::string& container);
  EventOf& From(const std::string& party);
  EventOf& To(const std::string& party);
  EventOf& At(const std::string& place);
  EventOf& Id(const std::string& event_id);
  EventOf& Reference(const std::string& reference);
  EventOf& Dates(const std::string& production, const std::string& expiry);  // of the last object
  operator const v1::Event&() const { return event_; }  // NOLINT: it is that event
  v1::Event event() const { return event_; }

 private:
  v1::Event event_;
};

class TraceWorld {
 public:
  TraceWorld();

  RegistryWorld registry;
  Firm maker;
  Firm carrier;
  Firm shop;

  std::string LotOf(const Firm& firm, const std::string& lot) const {
    return firm.item + "/lot/" + lot;
  }
  std::string UnitOf(const Firm& firm, const std::string& serial) const {
    return firm.item + "/serial/" + serial;
  }

  absl::StatusOr<Captured> Capture(const Firm& firm, const v1::Event& event);
  // Captures and expects it to be taken as new; returns the stored event.
  v1::Event Take(const Firm& firm, const v1::Event& event);
  // Expects the refusal, every row as before, and that `firm` can go on with a good event.
  absl::Status Refused(const Firm& firm, const v1::Event& event, absl::StatusCode code,
                       Reason reason);

  // Every row but the last commit.
  std::map<std::string, std::string> Rows();

  // All pages of a question, `page_rows` rows at a time.
  using Caller = access::Caller;
  absl::StatusOr<std::vector<v1::TraceHolder>> Forward(const Caller& caller,
                                                       const std::string& object,
                                                       std::size_t page_rows = 50);
  absl::StatusOr<std::vector<v1::Custody>> Custody(const Caller& caller, const std::string& object,
                                                   std::size_t page_rows = 50);
  absl::StatusOr<std::vector<v1::Content>> Contents(const Caller& caller,
                                                    const std::string& container,
                                                    std::size_t page_rows = 50);
  absl::StatusOr<std::vector<v1::Event>> Events(const Caller& caller, const std::string& object,
                                                std::size_t page_rows = 50);
  absl::StatusOr<std::vector<v1::Delivery>> Deliveries(const Caller& caller,
                                                       const std::string& party,
                                                       std::size_t page_rows = 50);
  // The first page bears the suppliers; the steps are those of all pages.
  absl::StatusOr<WayBack> Back(const Caller& caller, const std::string& object,
                               std::size_t page_rows = 50);
  absl::StatusOr<v1::Event> EventNamed(const Caller& caller, const std::string& name);
  absl::StatusOr<TraceFacts> Facts(const Caller& caller, const std::string& object);

 private:
  Firm MakeFirm(const std::string& name, const std::string& gs1_prefix);
  int next_good_ = 0;
};

}  // namespace radyab::trace::tests

// How much of one object has come for a notice: arrivals found by index and dealt among the notices
// that wait for it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "coding/object_words.h"
#include "coding/wide_amount.h"
#include "radyab/v1/trace.pb.h"
#include "registry/notices/notice_row.h"
#include "registry/storage/store.h"

namespace radyab::notices {

// Index rows that are looked at; above it LIMIT_EXCEEDED.
inline constexpr std::size_t kArrivalRowsMax = 1'000'000;

// A stored quantity.
absl::StatusOr<coding::WideAmount> StoredAmount(const v1::Quantity& quantity,
                                                const std::string& key);
v1::Quantity ToldAmount(coding::WideAmount amount, const std::string& unit);
// The unit of measure of a line: C62 where no quantity is told.
std::string UnitOfLine(const v1::ShippingNoticeLine& line);
// The number in `events/4711`; 0 for an empty text.
std::uint64_t EventNumber(const std::string& event);

// Of one notice. Lives within one transaction; remembers the events it read. One thread.
class ObjectArrivals {
 public:
  // `notice` outlives it. `from_supplier`: goods begin here, so their COMMISSION is the arrival.
  ObjectArrivals(storage::ReadTransaction& transaction, const FoundNotice& notice,
                 bool from_supplier)
      : transaction_(transaction), notice_(notice), from_supplier_(from_supplier) {}

  // How much of the object, which is announced by itself, came for this notice in one unit of
  // measure.
  absl::StatusOr<coding::WideAmount> Of(const coding::ObjectWord& word, const std::string& unit);

 private:
  using Amount = coding::WideAmount;
  // How much of one object came with one event.
  struct Arrival {
    std::uint64_t event = 0;
    std::string reference;
    Amount amount = 0;
    std::string unit;
  };
  // A notice that awaits an object: what it announces of it, and which arrivals are its own.
  struct Waiting {
    std::uint64_t notice = 0;
    std::string number;
    std::uint64_t after = 0, until = 0;
    Amount announced = 0, got = 0;
    std::string unit;
    bool Takes(const Arrival& arrival) const {
      return arrival.event > after && arrival.event <= until && arrival.unit == unit;
    }
  };
  // An event that is an arrival between the two parties.
  struct ArrivalEvent {
    std::string reference;
    std::map<std::string, v1::Quantity> objects;
  };

  static void Deal(const std::vector<Arrival>& arrivals, std::vector<Waiting>& waiting);
  absl::Status Look();
  bool IsArrival(const v1::Event& event) const;
  bool IsLike(const v1::ShippingNotice& other) const;
  absl::StatusOr<const ArrivalEvent*> EventAt(std::uint64_t sequence);
  absl::Status AddArrival(std::uint64_t sequence, const std::string& object,
                          std::vector<Arrival>& arrivals);
  absl::StatusOr<std::vector<Arrival>> ArrivalsOfObject(const coding::ObjectWord& word,
                                                        std::uint64_t after);
  absl::Status AddOfItem(const coding::ObjectWord& any, std::uint64_t after,
                         std::vector<Arrival>& arrivals);
  absl::StatusOr<std::vector<Arrival>> ArrivalsOfItem(const coding::ObjectWord& code,
                                                      std::uint64_t after);
  absl::StatusOr<std::vector<Waiting>> WaitingFor(const coding::ObjectWord& word);
  absl::Status AddWaiting(std::string_view key, std::size_t prefix_bytes,
                          const v1::ShippingNotice& sums, std::vector<Waiting>& waiting);
  absl::StatusOr<const v1::ShippingNotice*> HeaderOf(std::uint64_t sequence);

  storage::ReadTransaction& transaction_;
  const FoundNotice& notice_;
  bool from_supplier_;
  std::size_t looked_at_ = 0;
  std::map<std::uint64_t, std::optional<ArrivalEvent>> events_;
  std::map<std::uint64_t, v1::ShippingNotice> headers_;
};

}  // namespace radyab::notices

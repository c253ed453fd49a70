// The changes that the crash rounds make, each told by a few words, so that the same request can be
// made again.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cpp/client.h"

namespace radyab::crash {

enum class ChangeKind { kItem, kParty, kEvent, kSscc, kCase };

inline constexpr std::array kChangeWords = {std::string_view("item"), std::string_view("party"),
                                            std::string_view("event"), std::string_view("sscc"),
                                            std::string_view("case")};

// One change. `id` is its request_id: round, thread and number in 3, 2 and 4 digits, for example
// "007310012". Everything that the request says follows from kind, id and subject.
struct Change {
  ChangeKind kind = ChangeKind::kItem;
  std::string id;
  std::string subject;  // the code of an item, for an event or a case
};

// What the server answered: the numbers it gave out and must never give again, and the whole
// answer.
struct Given {
  std::vector<std::string> numbers;
  std::string bytes;
};

// Sends the change. Any thread.
client::Answer<Given> Send(const client::Client& client, const Change& change);

// The GTIN-13 and the supplier part of the item that `id` registers.
std::string GtinOf(const std::string& id);
std::string PartOf(const std::string& id);
// Its English name, and that of the party of an id: no two begin alike.
std::string NameOf(const std::string& id);
// The unit that `id` commissions: `CODE/serial/ID`.
std::string UnitOf(const Change& change);

}  // namespace radyab::crash

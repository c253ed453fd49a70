#include "clients/cli/import/event_columns.h"

#include <algorithm>
#include <array>

#include "clients/cli/event_words.h"
#include "clients/cli/import/row_fault.h"
#include "clients/cli/message_field.h"

namespace radyab::cli {
namespace {

constexpr std::string_view kObjects = "objects";
constexpr std::string_view kUnit = "unit";
constexpr std::array kFacts = {std::string_view("quantity"), kUnit, std::string_view("lot"),
                               std::string_view("production_date"),
                               std::string_view("expiry_date")};

// The first object of a row without a name holds what goes for all of them.
v1::EventObject& Waiting(v1::Event& event) {
  if (event.objects().empty() || !event.objects(0).object().empty()) {
    event.add_objects();
    for (int i = event.objects_size() - 1; i > 0; --i) {
      event.mutable_objects()->SwapElements(i, i - 1);
    }
  }
  return *event.mutable_objects(0);
}

std::optional<v1::RowFault> AddObjects(const std::string& cell, v1::Event& event) {
  for (std::size_t begin = 0; begin < cell.size();) {
    const std::size_t end = std::min(cell.find(' ', begin), cell.size());
    if (end > begin) {
      const auto refusal = AddObject(cell.substr(begin, end - begin), "", event);
      if (refusal) return FaultOf(kObjects, refusal->message);
    }
    begin = end + 1;
  }
  return std::nullopt;
}

}  // namespace

bool IsObjectColumn(std::string_view column) {
  return column == kObjects || std::ranges::find(kFacts, column) != kFacts.end();
}

std::optional<v1::RowFault> SetObjectColumn(std::string_view column, const std::string& cell,
                                            v1::Event& event) {
  if (column == kObjects) return AddObjects(cell, event);
  v1::EventObject& waiting = Waiting(event);
  if (column == kUnit) {
    waiting.mutable_quantity()->set_unit(cell);
    return std::nullopt;
  }
  if (const auto refusal = SetField(waiting, column, cell))
    return FaultOf(column, refusal->message);
  return std::nullopt;
}

void SpreadObjectFacts(v1::Event& event) {
  if (event.objects().empty() || !event.objects(0).object().empty()) return;
  v1::EventObject facts = event.objects(0);
  event.mutable_objects()->DeleteSubrange(0, 1);
  if (facts.has_quantity() && facts.quantity().unit().empty()) {
    facts.mutable_quantity()->set_unit(kDefaultUnit);
  }
  for (v1::EventObject& object : *event.mutable_objects()) {
    const std::string name = object.object();
    object = facts;
    object.set_object(name);
    if (!IsLot(object)) object.clear_quantity();
  }
}

}  // namespace radyab::cli

#include "clients/cli/event_words.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <ctime>

#include "clients/cli/value_forms.h"
#include "coding/object_words.h"

namespace radyab::cli {
namespace {

constexpr std::int64_t kMicrosecondsASecond = 1'000'000;

}  // namespace

std::optional<coding::Refusal> AddObject(std::string_view word, std::string_view quantity,
                                         v1::Event& event) {
  const auto object = coding::ParseObjectWord(word);
  if (!object) return object.refusal();
  v1::EventObject& target = *event.add_objects();
  target.set_object(coding::WriteObjectWord(*object));
  if (quantity.empty()) return std::nullopt;
  if (object->type != coding::ObjectWord::Type::kLot) {
    return coding::Refusal{.reason = coding::RefusalReason::kOutOfRange,
                           .at = 0,
                           .length = 0,
                           .message = target.object() + " is no lot: want no amount, not \"" +
                                      std::string(quantity) + "\""};
  }
  const auto amount = QuantityOf(quantity);
  if (!amount) return amount.refusal();
  target.mutable_quantity()->set_amount(amount->amount);
  target.mutable_quantity()->set_unit(amount->unit.empty() ? kDefaultUnit : amount->unit);
  return std::nullopt;
}

bool IsLot(const v1::EventObject& object) {
  const auto word = coding::ParseObjectWord(object.object());
  return word && word->type == coding::ObjectWord::Type::kLot;
}

std::string LocalNow() {
  using std::chrono::microseconds;
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  const auto whole_us = std::chrono::duration_cast<microseconds>(since_epoch).count();
  const std::time_t now = whole_us / kMicrosecondsASecond;
  std::tm parts{};
  localtime_r(&now, &parts);
  std::array<char, 40> day{};
  std::array<char, 16> zone{};
  std::strftime(day.data(), day.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::strftime(zone.data(), zone.size(), "%z", &parts);
  const std::string fraction =
      std::to_string(kMicrosecondsASecond + whole_us % kMicrosecondsASecond);
  std::string offset(zone.data());
  offset.insert(offset.size() - 2, ":");  // +0330 -> +03:30
  return std::string(day.data()) + "." + fraction.substr(1) + offset;
}

}  // namespace radyab::cli

#include "clients/cli/event_words.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>

#include "clients/cli/value_forms.h"
#include "coding/object_words.h"

namespace radyab::cli {

std::optional<coding::Refusal> AddObject(std::string_view word, std::string_view quantity,
                                         v1::Event& event) {
  const auto object = coding::ParseObjectWord(word);
  if (!object) return object.refusal();
  v1::EventObject& target = *event.add_objects();
  target.set_object(coding::WriteObjectWord(*object));
  if (quantity.empty() || object->type != coding::ObjectWord::Type::kLot) return std::nullopt;
  const auto amount = QuantityOf(quantity);
  if (!amount) return amount.refusal();
  target.mutable_quantity()->set_amount(amount->amount);
  target.mutable_quantity()->set_unit(amount->unit.empty() ? kDefaultUnit : amount->unit);
  return std::nullopt;
}

std::string LocalNow() {
  using std::chrono::microseconds;
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  const auto whole_us = std::chrono::duration_cast<microseconds>(since_epoch).count();
  const std::time_t now = whole_us / 1'000'000;
  std::tm parts{};
  localtime_r(&now, &parts);
  std::array<char, 40> day{}, zone{}, text{};
  std::strftime(day.data(), day.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::strftime(zone.data(), zone.size(), "%z", &parts);
  std::snprintf(text.data(), text.size(), "%s.%06lld", day.data(),
                static_cast<long long>(whole_us % 1'000'000));
  std::string offset(zone.data());
  return text.data() + offset.insert(3, ":");  // +0330 -> +03:30
}

}  // namespace radyab::cli

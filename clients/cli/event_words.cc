#include "clients/cli/event_words.h"

#include <array>
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
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  localtime_r(&now, &parts);
  std::array<char, 40> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S%z", &parts);
  std::string local(text.data(), size);
  return local.insert(local.size() - 2, ":");  // +0330 -> +03:30
}

}  // namespace radyab::cli

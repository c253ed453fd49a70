#include "coding/ai_table.h"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <utility>

#include "coding/gs1_characters.h"

namespace radyab::coding {
namespace {

constexpr std::string_view kTableText =
#include "coding/ai_table.inc"
    ;

constexpr std::size_t kAiDigitsMin = 2;
constexpr std::size_t kAiDigitsMax = 4;
constexpr std::size_t kAiNumbers = 11'100;  // of all AIs of two, three and four digits

// The rows, found by number: no text is compared.
class Table {
 public:
  explicit Table(std::vector<AiEntry> entries) : entries_(std::move(entries)) {
    for (const AiEntry& entry : entries_) {
      const AiNumber last = NumberOfAi(entry.last);
      for (AiNumber ai = NumberOfAi(entry.first); ai <= last; ++ai) {
        rows_[static_cast<std::size_t>(ai)] = &entry;
      }
      const auto last_head = static_cast<std::size_t>(NumberOfAi(entry.last.substr(0, 2)));
      for (auto head = static_cast<std::size_t>(NumberOfAi(entry.first.substr(0, 2)));
           head <= last_head; ++head) {
        digits_[head] = static_cast<std::uint8_t>(entry.first.size());
      }
    }
  }
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  std::span<const AiEntry> entries() const { return entries_; }
  const AiEntry* Row(AiNumber ai) const { return rows_[static_cast<std::size_t>(ai)]; }
  // How many digits the AIs have that begin with these two; 0 when there are none.
  std::size_t DigitsAfter(AiNumber head) const { return digits_[static_cast<std::size_t>(head)]; }

 private:
  std::vector<AiEntry> entries_;
  std::array<const AiEntry*, kAiNumbers> rows_{};
  std::array<std::uint8_t, 100> digits_{};
};

const Table& TheTable() {
  static const Table& table = *[] {
    auto read = ReadAiTable(kTableText);
    if (!read) std::abort();  // our own file, compiled in: a build with a broken one must not run
    return new Table(std::move(*read));
  }();
  return table;
}

}  // namespace

AiNumber NumberOfAi(std::string_view ai) {
  AiNumber number = 0;
  for (const char digit : ai) number = number * 10 + (digit - '0');
  if (ai.size() == 2) return number;
  return number + (ai.size() == 3 ? 100 : 1'100);
}

std::span<const AiEntry> AiTable() { return TheTable().entries(); }

const AiEntry* FindAi(std::string_view ai) {
  if (ai.size() < kAiDigitsMin || ai.size() > kAiDigitsMax) return nullptr;
  for (const char digit : ai) {
    if (!IsDigit(digit)) return nullptr;
  }
  return TheTable().Row(NumberOfAi(ai));
}

AiMatch MatchAi(std::string_view text) {
  if (text.size() < kAiDigitsMin || !IsDigit(text[0]) || !IsDigit(text[1])) return {};
  const Table& table = TheTable();
  const std::size_t digits = table.DigitsAfter(NumberOfAi(text.substr(0, 2)));
  if (digits == 0 || text.size() < digits) return {};
  for (std::size_t at = kAiDigitsMin; at < digits; ++at) {
    if (!IsDigit(text[at])) return {};
  }
  const std::string_view ai = text.substr(0, digits);
  const AiNumber number = NumberOfAi(ai);
  const AiEntry* entry = table.Row(number);
  return entry == nullptr ? AiMatch{} : AiMatch{entry, ai, number};
}

}  // namespace radyab::coding

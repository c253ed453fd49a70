#include "scanner/message_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "coding/ai_table.h"
#include "coding/check_digits.h"
#include "coding/civil_date.h"
#include "coding/gs1_characters.h"
#include "coding/utf8_reader.h"

namespace radyab::scanner {
namespace {

constexpr std::size_t kGtinDigits = 14;

bool InCode39Set(std::string_view text) {
  return text.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%") ==
         std::string_view::npos;
}

// Application identifiers whose values have a predefined length, by their first two digits (GS1
// General Specifications, figure 7.8.5-2): no separator follows them.
bool HasPredefinedLength(std::string_view ai) {
  static constexpr std::array<std::string_view, 22> kBegins = {
      "00", "01", "02", "03", "04", "11", "12", "13", "14", "15", "16",
      "17", "18", "19", "20", "31", "32", "33", "34", "35", "36", "41"};
  return std::find(kBegins.begin(), kBegins.end(), ai.substr(0, 2)) != kBegins.end();
}

// A bracket of two to four digits, which may begin an element: "(01)" at `at`, its value from
// `value_at`.
struct Bracket {
  std::string_view ai;
  std::size_t at = 0;
  std::size_t value_at = 0;
};

std::optional<Bracket> BracketAt(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != '(') return std::nullopt;
  const std::size_t close = text.find(')', at);
  if (close == std::string_view::npos) return std::nullopt;
  const std::string_view ai = text.substr(at + 1, close - at - 1);
  if (ai.size() < 2 || ai.size() > 4 || !coding::IsAllDigits(ai)) return std::nullopt;
  return Bracket{ai, at, close + 1};
}

// How far an element can be believed, by its AI and value.
enum class Belief : std::uint8_t { kImpossible, kDoubtful, kLikely };

// An AI of our table wants a right value. Of the others we know no format: most have digits
// (weights, prices, countries), AI 90 to 99 what a company likes.
Belief BeliefIn(std::string_view ai, std::string_view value) {
  if (const coding::AiEntry* entry = coding::FindAi(ai)) {
    const auto fault = coding::CheckAiValue(*entry, value, coding::kCenturyReferenceYear);
    return fault ? Belief::kImpossible : Belief::kLikely;
  }
  if (value.empty()) return Belief::kImpossible;
  return ai[0] != '9' && coding::IsAllDigits(value) ? Belief::kLikely : Belief::kDoubtful;
}

// The readings of a text in brackets from one bracket to its end.
struct Rest {
  std::size_t ways = 0;      // how many readings there are; counting stops at two
  std::size_t next = 0;      // in the best: the bracket that ends this element
  std::size_t doubtful = 0;  // in the best: doubtful elements
};

// The best readings have the fewest doubtful elements, and among such the most elements: so each
// element ends at the nearest bracket that keeps the doubt least. Of `brackets.size()` the rest is
// the end of the text.
std::vector<Rest> BestReadings(std::string_view text, const std::vector<Bracket>& brackets) {
  std::vector<Rest> rests(brackets.size() + 1);
  rests.back().ways = 1;
  for (std::size_t i = brackets.size(); i-- > 0;) {
    Rest& rest = rests[i];
    for (std::size_t next = i + 1; next <= brackets.size(); ++next) {
      const std::size_t end = next < brackets.size() ? brackets[next].at : text.size();
      const Bracket& bracket = brackets[i];
      const auto belief =
          BeliefIn(bracket.ai, text.substr(bracket.value_at, end - bracket.value_at));
      if (belief == Belief::kImpossible || rests[next].ways == 0) continue;
      const std::size_t doubtful = rests[next].doubtful + (belief == Belief::kDoubtful ? 1 : 0);
      if (rest.ways == 0 || doubtful < rest.doubtful) {
        rest.next = next;
        rest.doubtful = doubtful;
      }
      rest.ways = std::min<std::size_t>(2, rest.ways + rests[next].ways);
    }
  }
  return rests;
}

}  // namespace

std::string ExpandUpcE(std::string_view digits) {
  if (digits.size() != 8 || !coding::IsAllDigits(digits)) return std::string(digits);
  const std::string_view body = digits.substr(1, 6);
  std::string full(1, digits[0]);
  switch (body[5]) {
    case '0':
    case '1':
    case '2':
      full.append(body.substr(0, 2)).append(1, body[5]).append("0000").append(body.substr(2, 3));
      break;
    case '3':
      full.append(body.substr(0, 3)).append("00000").append(body.substr(3, 2));
      break;
    case '4':
      full.append(body.substr(0, 4)).append("00000").append(body.substr(4, 1));
      break;
    default:
      full.append(body.substr(0, 5)).append("0000").append(1, body[5]);
  }
  return full.append(1, digits[7]);
}

UnbracketedElements ElementsWithoutBrackets(std::string_view bracketed) {
  if (!BracketAt(bracketed, 0)) return {std::string(bracketed)};
  std::vector<Bracket> brackets;
  for (std::size_t at = 0; at < bracketed.size(); ++at) {
    if (const auto bracket = BracketAt(bracketed, at)) brackets.push_back(*bracket);
  }
  const std::vector<Rest> rests = BestReadings(bracketed, brackets);
  const bool readable = rests[0].ways > 0;  // else every bracket is taken for an element
  UnbracketedElements elements;
  elements.ambiguous = readable ? rests[0].ways > 1 : brackets.size() > 1;
  for (std::size_t i = 0; i < brackets.size();) {
    const std::size_t next = readable ? rests[i].next : i + 1;
    const std::size_t end = next < brackets.size() ? brackets[next].at : bracketed.size();
    const Bracket& bracket = brackets[i];
    elements.text.append(bracket.ai);
    elements.text.append(bracketed.substr(bracket.value_at, end - bracket.value_at));
    if (next < brackets.size() && !HasPredefinedLength(bracket.ai))
      elements.text.push_back(coding::kGroupSeparator);
    i = next;
  }
  return elements;
}

std::string AsUtf8(std::string_view text) {
  if (coding::IsValidUtf8(text)) return std::string(text);
  std::string utf8;
  for (const char c : text) coding::AppendUtf8(static_cast<unsigned char>(c), utf8);
  return utf8;
}

void SettleMessage(Symbol& symbol) {
  switch (symbol.symbology) {
    case Symbology::kUpcE:
      symbol.text = "0" + ExpandUpcE(symbol.text);
      symbol.raw = symbol.text;
      break;
    case Symbology::kUpcA:
      if (symbol.text.size() == 12) symbol.text.insert(0, "0");
      symbol.raw = symbol.text;
      break;
    case Symbology::kDataBar:
      if (symbol.text.size() == kGtinDigits) symbol.text.insert(0, "01");
      [[fallthrough]];
    case Symbology::kDataBarExpanded: {
      auto elements = ElementsWithoutBrackets(symbol.text);
      symbol.text = std::move(elements.text);
      symbol.ambiguous = elements.ambiguous;
      symbol.raw = symbol.text;
      symbol.gs1 = true;
      break;
    }
    case Symbology::kCode39:
      // "Full ASCII" is claimed only where the plain character set does not suffice.
      if (symbol.aim == "]A4" && InCode39Set(symbol.text)) symbol.aim = "]A0";
      break;
    default:
      break;
  }
  symbol.text = AsUtf8(symbol.text);
}

}  // namespace radyab::scanner

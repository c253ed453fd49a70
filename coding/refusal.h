// Why a text was refused: the reason, the place and the length of the bad part.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace radyab::coding {

// The kinds of fault a reader of codes can find. Names are stable: they are sent to clients
// (`RefusalReasonName`) and documented; new ones are added at the end.
enum class RefusalReason {
  kEmpty,             // nothing to read
  kTooLong,           // longer than any form of this identifier
  kWrongLength,       // a length this identifier never has
  kInvalidCharacter,  // a character that may not stand here
  kInvalidUtf8,       // bytes that are no UTF-8 text
  kWrongCheckDigit,   // the check digit or check pair does not agree
  kUnknownKind,       // the first digit of a code names no kind
  kOutOfRange,        // a number outside its range (block, counter, check pair, month, day …)
  kAllDigitsEqual,    // ten equal digits are no national id
  kUnknownAi,         // an application identifier that is not in our table
  kMissingValue,      // an application identifier without its value
  kMissingSeparator,  // a variable-length value runs into the next element
  kMissingKey,        // an element that needs a key beside it (lot without GTIN …)
  kRepeatedElement,   // the same application identifier twice with unlike values
  kMalformedLink,     // a link that is no link of ours and no GS1 Digital Link
  kWrongOrder,        // qualifiers or elements in an order the form does not allow
  kForbiddenPair,     // two elements that may not stand on the same object (01 with 02 …)
  kUnknownValue,      // a code that its published list does not hold (country, currency …)
};

// Stable upper-case name, for example "WRONG_CHECK_DIGIT".
std::string_view RefusalReasonName(RefusalReason reason);

// One refusal. `at` is the 1-based place of the first bad character and `length` how many
// characters are bad, both counted in characters (code points) of the text as given; at = 0 when
// the whole text is meant (an empty text, a wrong length). `message` names value, place and what
// was wanted, with the bad part between stars: gtin "1234567*X*": letter at place 8, want a digit.
// Values longer than 80 characters are shortened in the message.
struct Refusal {
  RefusalReason reason = RefusalReason::kEmpty;
  std::size_t at = 0;
  std::size_t length = 0;
  std::string message;
  // The two ends of the message, where it has them: what was found, what was wanted. A reader of a
  // larger text tells them again at the place in that text (RefuseInner in refuse.h).
  std::string found = {};
  std::string wanted = {};
};

// A value, or why there is none.
template <class T>
class Parsed {
 public:
  Parsed(T value) : outcome_(std::move(value)) {}            // NOLINT: a value is an outcome
  Parsed(Refusal refusal) : outcome_(std::move(refusal)) {}  // NOLINT: a refusal is an outcome
  bool ok() const { return std::holds_alternative<T>(outcome_); }
  explicit operator bool() const { return ok(); }
  const T& value() const& { return std::get<T>(outcome_); }
  T&& value() && { return std::get<T>(std::move(outcome_)); }
  const T& operator*() const& { return value(); }
  const T* operator->() const { return &value(); }
  const Refusal& refusal() const { return std::get<Refusal>(outcome_); }

 private:
  std::variant<T, Refusal> outcome_;
};

}  // namespace radyab::coding

#include "clients/cli/labels/label_range.h"

#include <cctype>
#include <charconv>
#include <string>

#include "coding/check_digits.h"

namespace radyab::cli {
namespace {

using coding::ObjectWord;
using coding::Parsed;
using coding::Refusal;
using coding::RefusalReason;
using Words = std::vector<ObjectWord>;

constexpr std::size_t kCountedDigitsMax = 17;

Refusal NoRange(std::string_view first, std::string_view last, std::string why) {
  return {RefusalReason::kOutOfRange, 0, 0,
          "\"" + std::string(first) + "\" to \"" + std::string(last) + "\": " + std::move(why)};
}

// "SN0012" is "SN" and 12 in four digits.
struct Counted {
  std::string before;
  std::uint64_t number = 0;
  std::size_t digits = 0;

  std::string At(std::uint64_t at) const {
    const std::string text = std::to_string(at);
    return before + std::string(digits - text.size(), '0') + text;
  }
};

Counted CountedOf(std::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && digits < kCountedDigitsMax &&
         std::isdigit(static_cast<unsigned char>(text[text.size() - 1 - digits])) != 0)
    ++digits;
  Counted counted{std::string(text.substr(0, text.size() - digits)), 0, digits};
  std::from_chars(text.data() + text.size() - digits, text.data() + text.size(), counted.number);
  return counted;
}

class Range {
 public:
  Range(std::string_view first, std::string_view last, std::size_t count_max)
      : first_(first), last_(last), count_max_(count_max) {}

  Parsed<Words> Codes(const coding::Code& from, const coding::Code& to) const {
    const bool catalog =
        from.kind() == coding::Kind::kItem || from.kind() == coding::Kind::kService;
    if (!catalog) return Fault("codes of parties and cases do not follow one another");
    if (from.kind() != to.kind() || from.block() != to.block() ||
        from.birth_class() != to.birth_class()) {
      return Fault("want codes of one kind, birth class and block");
    }
    return Count(from.counter(), to.counter(), [&](std::uint64_t counter) -> Parsed<ObjectWord> {
      const auto code = coding::Code::ForCatalog(from.kind(), from.birth_class(), from.block(),
                                                 static_cast<std::uint32_t>(counter));
      if (!code) return code.refusal();
      return ObjectWord::ForCode(*code);
    });
  }

  Parsed<Words> Units(const ObjectWord& from, const ObjectWord& to) const {
    const Counted begin = CountedOf(from.text);
    const Counted end = CountedOf(to.text);
    if (from.code != to.code) return Fault("want units of one item");
    if (begin.digits == 0 || begin.before != end.before || begin.digits != end.digits)
      return Fault("want serials that differ in the digits at their end, as many in both");
    return Count(begin.number, end.number, [&](std::uint64_t number) -> Parsed<ObjectWord> {
      return ObjectWord::ForUnit(*from.code, begin.At(number));
    });
  }

  // The extension digit and the company prefix stay: the number is what stands before the check
  // digit.
  Parsed<Words> Containers(const ObjectWord& from, const ObjectWord& to) const {
    const Counted begin = CountedOf(from.text.substr(0, 17));
    const Counted end = CountedOf(to.text.substr(0, 17));
    return Count(begin.number, end.number, [&](std::uint64_t number) -> Parsed<ObjectWord> {
      const std::string digits = begin.At(number);
      return ObjectWord::ForContainer(digits + coding::Gs1CheckDigit(digits));
    });
  }

  Refusal Fault(std::string why) const { return NoRange(first_, last_, std::move(why)); }

 private:
  template <class WordAt>
  Parsed<Words> Count(std::uint64_t from, std::uint64_t to, WordAt word_at) const {
    if (to < from) return Fault("the last stands before the first");
    if (to - from >= count_max_)
      return Fault("more than " + std::to_string(count_max_) + " of them");
    Words words;
    for (std::uint64_t at = from; at <= to; ++at) {
      auto word = word_at(at);
      if (!word) return word.refusal();
      words.push_back(std::move(word).value());
    }
    return words;
  }

  std::string_view first_;
  std::string_view last_;
  std::size_t count_max_;
};

}  // namespace

Parsed<Words> ObjectsBetween(std::string_view first, std::string_view last, std::size_t count_max) {
  const auto from = coding::ParseObjectWord(first);
  if (!from) return from.refusal();
  const auto to = coding::ParseObjectWord(last);
  if (!to) return to.refusal();
  const Range range(first, last, count_max);
  if (from->type != to->type) return range.Fault("want two words of one form");
  switch (from->type) {
    case ObjectWord::Type::kCode:
      return range.Codes(*from->code, *to->code);
    case ObjectWord::Type::kUnit:
      return range.Units(*from, *to);
    case ObjectWord::Type::kContainer:
      return range.Containers(*from, *to);
    case ObjectWord::Type::kLot:
      break;
  }
  return range.Fault("lots cannot be counted");
}

}  // namespace radyab::cli

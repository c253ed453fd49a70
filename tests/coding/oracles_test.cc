// Our verdicts against those of implementations that are not ours: 100,000 right and 100,000
// mutated numbers for each algorithm. Where an oracle answers another question than we do, the
// difference is named by a rule; a difference without a rule fails, and so does a rule that
// explains nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "coding/check_digits.h"
#include "coding/code.h"
#include "coding/gs1_keys.h"
#include "coding/iranian_ids.h"
#include "tests/coding/oracle_process.h"
#include "tests/coding/seeded_random.h"

namespace radyab::coding {
namespace {

constexpr std::size_t kRight = 100'000;
constexpr std::size_t kMutated = 100'000;

// A class of numbers on which an oracle differs by definition. `we_take`: what we say of them.
struct Rule {
  const char* name;
  bool we_take;
  std::function<bool(const std::string&)> covers;
};

using Judge = std::function<bool(const std::string&)>;

void Compare(const char* oracle, const std::vector<std::string>& values, const Judge& ours,
             const std::vector<Rule>& rules) {
  std::string problem;
  const auto verdicts = AskOracle(oracle, values, problem);
  ASSERT_TRUE(verdicts) << problem;
  std::map<std::string, int> explained;
  std::size_t right = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool we_take = ours(values[i]);
    right += we_take ? 1 : 0;
    if (we_take == ((*verdicts)[i] == Verdict::kRight)) continue;
    const auto rule = std::find_if(rules.begin(), rules.end(), [&](const Rule& candidate) {
      return candidate.we_take == we_take && candidate.covers(values[i]);
    });
    ASSERT_NE(rule, rules.end()) << oracle << " differs without a rule on \"" << values[i]
                                 << "\": we say " << (we_take ? "right" : "wrong");
    ++explained[rule->name];
  }
  std::printf("%s: %zu values, %zu right by us\n", oracle, values.size(), right);
  for (const Rule& rule : rules) {
    std::printf("  %d differ because %s\n", explained[rule.name], rule.name);
    EXPECT_GT(explained[rule.name], 0) << "a rule that explains nothing: " << rule.name;
  }
  EXPECT_GE(right, kRight);
}

// One of the errors that people and readers make, on digits.
std::string WithError(SeededRandom& random, std::string digits) {
  const std::size_t at = random.Below(digits.size());
  const std::size_t other = random.Below(digits.size());
  switch (random.Below(7)) {
    case 0:
      digits[at] = random.Digit();
      break;
    case 1:
      std::swap(digits[at], digits[other]);
      break;
    case 2:
      digits[at] = random.Digit();
      digits[other] = random.Digit();
      break;
    case 3:
      digits.erase(at, 1);
      break;
    case 4:
      digits.insert(at, 1, random.Digit());
      break;
    case 5:
      digits[at] = static_cast<char>('A' + random.Below(26));
      break;
    default:
      digits = random.Digits(digits.size());
      break;
  }
  return digits;
}

// 100,000 right numbers, 100,000 mutated ones, and `edges` that random numbers seldom meet.
std::vector<std::string> Inputs(SeededRandom& random,
                                const std::function<std::string()>& make_right,
                                std::vector<std::string> edges) {
  std::vector<std::string> values = std::move(edges);
  for (std::size_t i = 0; i < kRight; ++i) values.push_back(make_right());
  for (std::size_t i = 0; i < kMutated; ++i) values.push_back(WithError(random, make_right()));
  return values;
}

bool HoldsLetter(const std::string& value) { return !IsAllDigits(value); }

unsigned Remainder97(const std::string& digits) {
  unsigned remainder = 0;
  for (const char digit : digits)
    remainder = (remainder * 10 + static_cast<unsigned>(digit - '0')) % 97;
  return remainder;
}

std::string RandomCodeDigits(SeededRandom& random) {
  constexpr char kKinds[] = {'1', '2', '7', '8'};
  std::string digits = kKinds[random.Below(4)] + random.Digits(13);
  if (digits.substr(10) == "0000") digits.back() = '1';
  return digits + Mod97CheckPair(digits);
}

// Codes whose pair is 97 apart from the right one: the remainder is still 1.
std::vector<std::string> SecondPairs(SeededRandom& random) {
  std::vector<std::string> values;
  while (values.size() < 300) {
    const std::string right = RandomCodeDigits(random);
    const std::string pair = right.substr(14);
    if (pair == "02") values.push_back(right.substr(0, 14) + "99");
    if (pair == "97") values.push_back(right.substr(0, 14) + "00");
    if (pair == "98") values.push_back(right.substr(0, 14) + "01");
  }
  return values;
}

std::vector<Rule> CodeRules(const char* letter_rule) {
  return {
      {letter_rule, false, HoldsLetter},
      {"a code has 16 digits", false, [](const std::string& value) { return value.size() != 16; }},
      {"the pairs 00, 01 and 99 are no check pairs, though the remainder is 1", false,
       [](const std::string& value) {
         const std::string pair = value.substr(14);
         return Remainder97(value) == 1 && (pair == "00" || pair == "01" || pair == "99");
       }},
      {"the first digit names no kind", false,
       [](const std::string& value) {
         return std::string("1278").find(value[0]) == std::string::npos;
       }},
      {"counter 0000 of an item or service is never issued", false,
       [](const std::string& value) {
         return (value[0] == '1' || value[0] == '8') && value.substr(10, 4) == "0000";
       }},
  };
}

std::vector<std::string> CodeInputs() {
  SeededRandom random;
  auto edges = SecondPairs(random);
  for (const char* body : {"10420000170000", "89999999990000"})
    edges.push_back(body + Mod97CheckPair(body));
  for (char kind = '0'; kind <= '9'; ++kind) {
    const std::string body = kind + random.Digits(12) + "1";
    edges.push_back(body + Mod97CheckPair(body));
  }
  return Inputs(
      random, [&] { return RandomCodeDigits(random); }, std::move(edges));
}

bool WeTakeCode(const std::string& value) { return ParseCode(value).ok(); }

TEST(Oracles, CdigitAgreesOnMod97OfCodes) {
  Compare("cdigit-mod97", CodeInputs(), WeTakeCode, CodeRules("it passes over letters"));
}

TEST(Oracles, Iso7064AgreesOnMod97OfCodes) {
  Compare("iso7064-mod97", CodeInputs(), WeTakeCode,
          CodeRules("it reads letters as the numbers 10 to 35"));
}

TEST(Oracles, CdigitAgreesOnMod97OfAnyLength) {
  SeededRandom random;
  const auto make_right = [&] {
    const std::string digits = random.Digits(1 + random.Below(30));
    return digits + Mod97CheckPair(digits);
  };
  std::vector<std::string> values;
  for (std::size_t i = 0; i < kRight; ++i) values.push_back(make_right());
  for (std::size_t i = 0; i < kMutated; ++i) {
    values.push_back(random.Digits(3 + random.Below(30)));
  }
  Compare("cdigit-mod97", values, HasMod97CheckPair,
          {{"the pairs 00, 01 and 99 are no check pairs, though the remainder is 1", false,
            [](const std::string& value) {
              const std::string pair = value.substr(value.size() - 2);
              return Remainder97(value) == 1 && (pair == "00" || pair == "01" || pair == "99");
            }}});
}

TEST(Oracles, CdigitAgreesOnGs1CheckDigits) {
  SeededRandom random;
  const auto make_right = [&] {
    constexpr std::size_t kBodies[] = {7, 11, 12, 13, 17};
    const std::string digits = random.Digits(kBodies[random.Below(5)]);
    return digits + Gs1CheckDigit(digits);
  };
  const auto ours = [](const std::string& value) {
    return value.size() == 18 ? ParseSscc(value).ok() : ParseGtin(value).ok();
  };
  const auto other_length = [](const std::string& value) {
    constexpr std::size_t kLengths[] = {8, 12, 13, 14, 18};
    return std::find(std::begin(kLengths), std::end(kLengths), value.size()) == std::end(kLengths);
  };
  Compare("cdigit-gs1", Inputs(random, make_right, {}), ours,
          {{"it passes over letters", false, HoldsLetter},
           {"a GTIN has 8, 12, 13 or 14 digits, an SSCC 18", false, other_length}});
}

// The digit that makes nine digits a national id, found by trying all ten: no second writing of the
// formula.
std::string CompleteNationalId(const std::string& nine) {
  for (char digit = '0'; digit <= '9'; ++digit) {
    if (ParseNationalId(nine + digit)) return nine + digit;
  }
  return {};
}

TEST(Oracles, PersianToolsAgreesOnNationalIds) {
  SeededRandom random;
  const auto make_right = [&] {
    for (;;) {
      std::string id = CompleteNationalId(random.Digits(9));
      if (!id.empty()) return id;  // ten equal digits have no right form
    }
  };
  std::vector<std::string> edges;
  for (int i = 0; i < 500; ++i) {
    edges.push_back(CompleteNationalId(random.Digits(3) + "000000"));  // no serial
    edges.push_back(make_right().insert(0, 1, random.Digit()));        // eleven digits
    std::string short_id = CompleteNationalId("00" + random.Digits(7));
    edges.push_back(short_id.substr(1));
    edges.push_back(short_id.substr(2));
  }
  for (char digit = '0'; digit <= '9'; ++digit) edges.push_back(std::string(10, digit));
  std::erase(edges, "");
  const auto padded = [](const std::string& value) {
    return std::string(10 - std::min<std::size_t>(10, value.size()), '0') + value;
  };
  Compare("persian-national", Inputs(random, make_right, std::move(edges)),
          [](const std::string& value) { return ParseNationalId(value).ok(); },
          {{"it refuses the serial 000000 in places 4 to 9", true,
            [&](const std::string& value) { return padded(value).substr(3, 6) == "000000"; }},
           {"it reads the last ten of more than ten digits", false,
            [](const std::string& value) { return value.size() > 10; }}});
}

TEST(Oracles, PersianToolsAgreesOnLegalIds) {
  SeededRandom random;
  const auto complete = [](const std::string& ten) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      if (ParseLegalId(ten + digit)) return ten + digit;
    }
    return std::string();
  };
  const auto make_right = [&] { return complete(random.Digits(10)); };
  std::vector<std::string> edges;
  for (int i = 0; i < 500; ++i) {
    edges.push_back(complete(random.Digits(3) + "000000" + random.Digit()));
    edges.push_back(make_right() + random.Digit());
  }
  Compare("persian-legal", Inputs(random, make_right, std::move(edges)),
          [](const std::string& value) { return ParseLegalId(value).ok(); },
          {{"it refuses the number 000000 in places 4 to 9", true,
            [](const std::string& value) { return value.substr(3, 6) == "000000"; }},
           {"it reads the first eleven of more than eleven digits", false,
            [](const std::string& value) { return value.size() > 11; }}});
}

TEST(Oracles, AMissingOracleIsAProblem) {
  std::string problem;
  EXPECT_FALSE(AskOracle("no-such-oracle", {"1"}, problem));
  EXPECT_NE(problem.find("unknown oracle"), std::string::npos) << problem;
}

}  // namespace
}  // namespace radyab::coding

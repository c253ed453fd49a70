#include "tests/coding/linters/rule_expectations.h"

namespace radyab::coding {
namespace {

constexpr auto kCharacter = RefusalReason::kInvalidCharacter;

TEST(CharacterRules, CsetNumericTakesDigitsAlone) {
  ExpectTaken("csetnumeric", {"", "0", "9876543210"});
  ExpectMarked("csetnumeric", kCharacter, {"|x|", "12|-|3", "99|O|", "1| |2"});
}

TEST(CharacterRules, Cset82TakesItsSetAndNothingElse) {
  ExpectTaken("cset82", {"!\"%&'()*+,-./:;<=>?_", "Az09", ""});
  ExpectMarked("cset82", kCharacter,
               {"A|#|1", "|$|", "|@|x", "a|[|", "a|]|", "|^|", "|`|", "|{|", "|~|", "lot| |7"});
  ExpectMarked("cset82", kCharacter, {"lot|\xD8\xB3|"});  // a letter of two bytes is one character
  ExpectMarked("cset82", RefusalReason::kInvalidUtf8, {"a|\xFF|b"});
}

TEST(CharacterRules, Cset39TakesNoSmallLetters) {
  ExpectTaken("cset39", {"AZ09#-/", ""});
  ExpectMarked("cset39", kCharacter, {"A|b|C", "|_|", "9|.|", "|=|"});
}

TEST(CharacterRules, Cset64WantsPaddingOnlyAtItsEnd) {
  ExpectTaken("cset64", {"", "AbC-_9", "AB=", "A==", "ABCDE=", "ABCD=="});
  ExpectMarked("cset64", kCharacter, {"ABC|=|", "AB|==|", "ABC|===|", "|=|AB", "A|+|B", "A|/|"});
}

TEST(CharacterRules, HasNonDigitWantsOneLetterOrMark) {
  ExpectTaken("hasnondigit", {"A", "12X", "-1"});
  ExpectMarked("hasnondigit", kCharacter, {"||", "|7|", "|0123456789|"});
}

TEST(CharacterRules, HyphenTakesHyphensAlone) {
  ExpectTaken("hyphen", {"-", "--"});
  ExpectMarked("hyphen", kCharacter, {"||", "|+|", "|-1|"});
}

TEST(CharacterRules, PcencWantsWholeEscapes) {
  ExpectTaken("pcenc", {"", "Tehran", "%D8%B1%d9%87", "10%25"});
  ExpectMarked("pcenc", kCharacter, {"100|%|", "a|%1|", "|%G0|1", "x|%0x|yz", "%20|%2Z|"});
}

}  // namespace
}  // namespace radyab::coding

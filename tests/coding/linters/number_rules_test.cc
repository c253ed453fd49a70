#include "tests/coding/linters/rule_expectations.h"

namespace radyab::coding {
namespace {

constexpr auto kRange = RefusalReason::kOutOfRange;
constexpr auto kLength = RefusalReason::kWrongLength;
constexpr auto kCharacter = RefusalReason::kInvalidCharacter;

TEST(NumberRules, ZeroTakesZerosAlone) {
  ExpectTaken("zero", {"0", "0000"});
  ExpectMarked("zero", kRange, {"||", "|9|", "|00001|", "|O|"});
}

TEST(NumberRules, NonZeroWantsMoreThanZeros) {
  ExpectTaken("nonzero", {"5", "0005", "500"});
  ExpectMarked("nonzero", kRange, {"||", "|0|", "|00000|"});
  ExpectMarked("nonzero", kCharacter, {"00|x|"});
}

TEST(NumberRules, NoZeroPrefixMarksTheZero) {
  ExpectTaken("nozeroprefix", {"", "1", "100"});
  ExpectMarked("nozeroprefix", kRange, {"|0|", "|0|1"});
  ExpectMarked("nozeroprefix", kCharacter, {"1|-|"});
}

TEST(NumberRules, WindingAndYesNoTakeFewDigits) {
  ExpectTaken("winding", {"0", "1", "9"});
  ExpectMarked("winding", kRange, {"||", "|2|", "|8|", "|11|", "|x|"});
  ExpectTaken("yesno", {"0", "1"});
  ExpectMarked("yesno", kRange, {"||", "|2|", "|y|", "|00|"});
}

TEST(NumberRules, PieceOfTotalCountsUpToTheTotal) {
  ExpectTaken("pieceoftotal", {"12", "0112", "1212", "001100"});
  ExpectMarked("pieceoftotal", kRange, {"|00|12", "01|00|", "|1312|", "|0|4"});
  ExpectMarked("pieceoftotal", kLength, {"||", "|123|"});
  ExpectMarked("pieceoftotal", kCharacter, {"01|A|2"});
}

TEST(NumberRules, PosInSeqSlashCountsUpToTheEnd) {
  ExpectTaken("posinseqslash", {"1/1", "2/10", "9/10", "10/10"});
  ExpectMarked("posinseqslash", kRange, {"|0|/3", "|02|/3", "1/|03|", "|4/3|", "|10/9|"});
  ExpectMarked("posinseqslash", kCharacter,
               {"||", "|3|", "|/|", "|1/|", "|/3|", "|1/2/3|", "|a/3|", "|1-3|"});
}

TEST(NumberRules, DegreesEndAtTheirPoles) {
  ExpectTaken("latitude", {"0000000000", "1256892000", "1800000000"});
  ExpectMarked("latitude", kRange, {"|1800000001|", "|3600000000|"});
  ExpectTaken("longitude", {"2313890000", "3600000000"});
  ExpectMarked("longitude", kRange, {"|3600000001|", "|9999999999|"});
  for (const char* rule : {"latitude", "longitude"}) {
    ExpectMarked(rule, kLength, {"||", "|125689200|", "|12568920000|"});
    ExpectMarked(rule, kCharacter, {"12568|.|2000"});
  }
}

}  // namespace
}  // namespace radyab::coding

#include "coding/linters/linter.h"

#include <algorithm>

#include "coding/linters/rules.h"

namespace radyab::coding {
namespace {

constexpr Linter kLinters[] = {
    {"couponcode", rules::CouponCode},
    {"couponposoffer", rules::CouponPosOffer},
    {"cset39", rules::Cset39},
    {"cset64", rules::Cset64},
    {"cset82", rules::Cset82},
    {"csetnumeric", rules::CsetNumeric},
    {"csum", rules::Csum},
    {"csumalpha", rules::CsumAlpha},
    {"gcppos1", rules::GcpPos1},
    {"gcppos2", rules::GcpPos2},
    {"hasnondigit", rules::HasNonDigit},
    {"hh", rules::Hh},
    {"hhmi", rules::Hhmi},
    {"hyphen", rules::Hyphen},
    {"iban", rules::Iban},
    {"importeridx", rules::ImporterIdx},
    {"iso3166", rules::Iso3166},
    {"iso3166999", rules::Iso3166999},
    {"iso3166alpha2", rules::Iso3166Alpha2},
    {"iso4217", rules::Iso4217},
    {"iso5218", rules::Iso5218},
    {"latitude", rules::Latitude},
    {"longitude", rules::Longitude},
    {"mediatype", rules::MediaType},
    {"mi", rules::Mi},
    {"nonzero", rules::NonZero},
    {"nozeroprefix", rules::NoZeroPrefix},
    {"packagetype", rules::PackageType},
    {"pcenc", rules::Pcenc},
    {"pieceoftotal", rules::PieceOfTotal},
    {"posinseqslash", rules::PosInSeqSlash},
    {"ss", rules::Ss},
    {"winding", rules::Winding},
    {"yesno", rules::YesNo},
    {"yymmd0", rules::Yymmd0},
    {"yymmdd", rules::Yymmdd},
    {"yyyymmd0", rules::Yyyymmd0},
    {"yyyymmdd", rules::Yyyymmdd},
    {"zero", rules::Zero},
};

}  // namespace

std::span<const Linter> Linters() { return kLinters; }

const Linter* FindLinter(std::string_view name) {
  const auto* found = std::ranges::find(kLinters, name, &Linter::name);
  return found == std::ranges::end(kLinters) ? nullptr : found;
}

}  // namespace radyab::coding

// The rules themselves; coding/linters/linter.h says what a rule is and finds them by name.
#pragma once

#include <optional>
#include <string_view>

#include "coding/linters/linter.h"

namespace radyab::coding::rules {

#define RADYAB_LINT_RULE(Name) \
  std::optional<Fault> Name(std::string_view content, const LintContext& context)

// Character sets: digits; sets 82 and 39 (General Specifications, figures 7.11-1 and 7.11-2);
// base64url with right padding.
RADYAB_LINT_RULE(CsetNumeric);
RADYAB_LINT_RULE(Cset82);
RADYAB_LINT_RULE(Cset39);
RADYAB_LINT_RULE(Cset64);
// At least one character that is no digit; hyphens alone; whole percent escapes.
RADYAB_LINT_RULE(HasNonDigit);
RADYAB_LINT_RULE(Hyphen);
RADYAB_LINT_RULE(Pcenc);

// Check digits: GS1 mod 10; the check character pair (section 7.9.5); IBAN (ISO 13616).
RADYAB_LINT_RULE(Csum);
RADYAB_LINT_RULE(CsumAlpha);
RADYAB_LINT_RULE(Iban);
// A company prefix of four digits at least, from the first or the second place on.
RADYAB_LINT_RULE(GcpPos1);
RADYAB_LINT_RULE(GcpPos2);

// Days (0: the day may be 00), times.
RADYAB_LINT_RULE(Yymmdd);
RADYAB_LINT_RULE(Yymmd0);
RADYAB_LINT_RULE(Yyyymmdd);
RADYAB_LINT_RULE(Yyyymmd0);
RADYAB_LINT_RULE(Hh);
RADYAB_LINT_RULE(Mi);
RADYAB_LINT_RULE(Ss);
RADYAB_LINT_RULE(Hhmi);

// Numbers: zeros alone; not all zeros; no zero in front; 0, 1 or 9; 0 or 1; piece and total; "1/3".
RADYAB_LINT_RULE(Zero);
RADYAB_LINT_RULE(NonZero);
RADYAB_LINT_RULE(NoZeroPrefix);
RADYAB_LINT_RULE(Winding);
RADYAB_LINT_RULE(YesNo);
RADYAB_LINT_RULE(PieceOfTotal);
RADYAB_LINT_RULE(PosInSeqSlash);
// Ten digits: degrees times 10^7, moved by 90 and 180 degrees so that none is negative.
RADYAB_LINT_RULE(Latitude);
RADYAB_LINT_RULE(Longitude);

// Published lists of codes: countries (ISO 3166-1 numeric, the same or 999, two letters),
// currencies (ISO 4217 numeric), biological sex (ISO/IEC 5218), media (AI 7241), packages (AI
// 7041), importer index (AI 7040).
RADYAB_LINT_RULE(Iso3166);
RADYAB_LINT_RULE(Iso3166999);
RADYAB_LINT_RULE(Iso3166Alpha2);
RADYAB_LINT_RULE(Iso4217);
RADYAB_LINT_RULE(Iso5218);
RADYAB_LINT_RULE(MediaType);
RADYAB_LINT_RULE(PackageType);
RADYAB_LINT_RULE(ImporterIdx);

// North American coupons, AIs 8110 and 8112.
RADYAB_LINT_RULE(CouponCode);
RADYAB_LINT_RULE(CouponPosOffer);

#undef RADYAB_LINT_RULE

}  // namespace radyab::coding::rules

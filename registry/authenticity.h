// Numbers under the scratch layers of labels. Each answers once: who uncovers it first learns that
// the goods are genuine, everybody after him that it was asked for before.
//
// A number is kept as a keyed hash alone, and no refusal repeats it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "coding/civil_date.h"
#include "radyab/v1/authenticity.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/page.h"
#include "registry/storage/store.h"

namespace radyab {

inline constexpr std::size_t kNumbersAtOnceMax = 1000;
// Asks that are counted; of further ones nothing is kept, so that nobody fills the store by asking.
inline constexpr int kAsksCountedMax = 1000;

struct RegisteredNumbers {
  std::string object;  // as it was understood
  std::string member;  // whose it is
  std::string item;    // its code
  int fresh = 0;
  int known = 0;  // registered for the same object before
};

// `object`: the code of an active item of the caller's reach, or a lot or unit of it; `numbers`: 1
// to kNumbersAtOnceMax, none twice. All wrong ones are told at once. ALREADY_EXISTS when one is
// registered for another object.
absl::StatusOr<RegisteredNumbers> RegisterAuthenticityNumbers(
    storage::WriteTransaction& transaction, const Environment& environment,
    const access::Caller& caller, std::string_view object, const std::vector<std::string>& numbers);

struct AskedNumber {
  v1::AuthenticityAnswer answer;
  std::string item;      // code of the item that it is printed on
  bool counted = false;  // whether anything was stored
};

// Asks for a number that was uncovered. NOT_FOUND when there is none. Against `today` (UTC) the
// expiry date is held.
absl::StatusOr<AskedNumber> AskAuthenticity(storage::WriteTransaction& transaction,
                                            const Environment& environment, std::string_view number,
                                            coding::CivilDate today);

// What is kept of a number, without asking for it. NOT_FOUND when the caller does not reach it.
absl::StatusOr<v1::AuthenticityNumber> GetAuthenticityNumber(storage::ReadTransaction& transaction,
                                                             const Environment& environment,
                                                             const access::Caller& caller,
                                                             std::string_view number);

struct NumbersAskedAgainFilter {
  std::string member;  // `members/00017`; empty: the caller's
  std::string item;    // a code; empty: every item
};

// Numbers that were asked for more than once, in order of their items' codes.
absl::StatusOr<Page<v1::AuthenticityNumber>> ListNumbersAskedAgain(
    storage::ReadTransaction& transaction, const access::Caller& caller,
    const NumbersAskedAgainFilter& filter, const PageRequest& page);

}  // namespace radyab

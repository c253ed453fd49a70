// The stored form of a case, and how much of it each caller sees.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "radyab/v1/case.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/records/records.pb.h"
#include "registry/storage/store.h"

namespace radyab::cases {

// kSubject: the owner of a subject sees the case without what tells of the complainant, of the
// colleague who works on it, and of other members' goods.
enum class CaseView { kNone, kSubject, kFull };

// A case with its personal part still closed.
struct FoundCase {
  coding::Code code;
  records::CaseRecord record;
  CaseView view = CaseView::kNone;
};

// "cases/2050500017000710".
std::string CaseName(coding::Code code);

CaseView ViewOf(const access::Caller& caller, const records::CaseRecord& record);

// Reads `cases/CODE` or a bare code. INVALID_ARGUMENT (INVALID_CODE) for what is no case code;
// NOT_FOUND for a missing case and for one the caller does not see: the answers are equal.
absl::StatusOr<FoundCase> FindCase(storage::ReadTransaction& transaction,
                                   const access::Caller& caller, std::string_view name);
// The same for a change: also NOT_FOUND for who only owns a subject.
absl::StatusOr<FoundCase> FindCaseToChange(storage::ReadTransaction& transaction,
                                           const access::Caller& caller, std::string_view name);

// The case as `found.view` shows it.
absl::StatusOr<v1::Case> OpenCase(storage::ReadTransaction& transaction,
                                  const Environment& environment, const access::Caller& caller,
                                  const FoundCase& found);

// Seals narrative and contact of `opened` into `record` and keeps the rest of it in the clear.
absl::Status SealCase(storage::WriteTransaction& transaction, const Environment& environment,
                      coding::Code code, const v1::Case& opened, records::CaseRecord& record);
// Stamps the case (etag, update_time) and writes its row.
absl::Status WriteCase(storage::WriteTransaction& transaction, coding::Code code,
                       records::CaseRecord& record);

}  // namespace radyab::cases

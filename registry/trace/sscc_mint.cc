#include "registry/trace/sscc_mint.h"

#include <algorithm>

#include "coding/gs1_keys.h"
#include "registry/catalog/member_registry.h"
#include "registry/fault_list.h"
#include "registry/generation.h"
#include "registry/reason.h"
#include "registry/records/records.pb.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"

namespace radyab::trace {
namespace {

absl::Status CheckRequest(int count, std::string_view extension_digit) {
  FaultList faults;
  if (count < 1) faults.Add("count", std::to_string(count) + "; want at least 1");
  if (count > kSsccsMax) {
    faults.Add("count", std::to_string(count) + "; at most " + std::to_string(kSsccsMax),
               Reason::kLimitExceeded);
  }
  const bool digit =
      extension_digit.size() == 1 && extension_digit[0] >= '0' && extension_digit[0] <= '9';
  if (!extension_digit.empty() && !digit) {
    faults.Add("extension_digit",
               "\"" + std::string(extension_digit.substr(0, 80)) + "\"; want one digit, 0 to 9");
  }
  return faults.status();
}

}  // namespace

absl::StatusOr<std::vector<std::string>> MintSscc(storage::WriteTransaction& transaction,
                                                  const access::Caller& caller,
                                                  std::string_view member, int count,
                                                  std::string_view extension_digit) {
  auto id = catalog::MemberMeant(transaction, caller, member, "member");
  if (!id.ok()) return id.status();
  if (auto status = CheckRequest(count, extension_digit); !status.ok()) return status;
  auto row = catalog::GetMember(transaction, *id);
  if (!row.ok()) return row.status();
  const std::string& prefix = row->gs1_company_prefix();
  if (prefix.empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, Reason::kMissingGs1Prefix,
                  row->name() + " has no GS1 company prefix: SSCCs are made from it",
                  {{"member", row->name()}});
  }
  const char digit = extension_digit.empty() ? '0' : extension_digit[0];
  const std::string key = keyspace::SsccCounter(*id, prefix, digit);
  auto counter = storage::GetRow<records::CounterRecord>(transaction, key);
  if (!counter.ok()) return counter.status();
  records::CounterRecord taken = counter->value_or(records::CounterRecord());
  const auto wanted = static_cast<std::uint64_t>(count);
  auto generation = GenerationOf(transaction);
  if (!generation.ok()) return generation.status();
  const NumberRange range = RangeOfGeneration(*generation, coding::SsccSerialCount(prefix));
  taken.set_last(std::max(taken.last(), range.first - 1));
  const std::uint64_t left = range.last > taken.last() ? range.last - taken.last() : 0;
  if (wanted > left) {
    return Refuse(absl::StatusCode::kResourceExhausted, Reason::kNumbersExhausted,
                  prefix + " with extension digit " + digit + " has " + std::to_string(left) +
                      " SSCCs left, not " + std::to_string(count) +
                      "; take another extension digit",
                  {{"left", std::to_string(left)}});
  }
  std::vector<std::string> minted;
  for (std::uint64_t serial = taken.last(); serial < taken.last() + wanted; ++serial) {
    const auto sscc = coding::MakeSscc(digit, prefix, serial);
    if (!sscc.ok()) return storage::CorruptRecord(keyspace::Member(*id));
    minted.push_back(*sscc);
  }
  taken.set_last(taken.last() + wanted);
  if (auto status = storage::PutRow(transaction, key, taken); !status.ok()) return status;
  return minted;
}

}  // namespace radyab::trace

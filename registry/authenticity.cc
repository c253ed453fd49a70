#include "registry/authenticity.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "coding/iranian_ids.h"
#include "coding/object_words.h"
#include "registry/catalog/catalog_entry.h"
#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "registry/fault_list.h"
#include "registry/page_scan.h"
#include "registry/reason.h"
#include "registry/stamp.h"
#include "registry/storage/authenticity_keys.h"
#include "registry/storage/rows.h"
#include "registry/trace/trace_query.h"

namespace radyab {
namespace {

using coding::ObjectWord;

// The hash under which a number is kept.
absl::StatusOr<std::string> HashOf(const Environment& environment, std::string_view number,
                                   std::string_view field) {
  const auto digits = coding::ParseAuthenticity16(number);
  if (!digits.ok()) {
    // Whatever was sent may be a number but for a slip: it is not repeated, refusals are logged.
    coding::Refusal silent = digits.refusal();
    silent.message = "authenticity16: " + std::string(coding::RefusalReasonName(silent.reason)) +
                     " at place " + std::to_string(silent.at) + ", want 16 digits";
    return RefuseText(field, silent);
  }
  return environment.keyed_hash.Of(access::HashPurpose::kAuthenticityNumber, *digits)
      .substr(0, keyspace::kAuthenticityHashBytes);
}

// What numbers are printed on, with the item that it is or belongs to.
struct Printed {
  std::string object;
  v1::Item item;
};

absl::StatusOr<Printed> ReadPrinted(storage::ReadTransaction& transaction, std::string_view text) {
  const auto word = coding::ParseObjectWord(text);
  if (!word.ok()) return RefuseText("object", word.refusal(), Reason::kInvalidCode);
  if (word->type == ObjectWord::Type::kContainer || word->code->kind() != coding::Kind::kItem) {
    return RefuseField("object", "want the code of an item, or a lot or unit of it");
  }
  auto item = catalog::ReadEntry<v1::Item>(transaction, *word->code);
  if (!item.ok()) return item.status();
  return Printed{coding::WriteObjectWord(*word), *std::move(item)};
}

// The hashes of all numbers, or every fault there is.
absl::StatusOr<std::vector<std::string>> HashesOf(const Environment& environment,
                                                  const std::vector<std::string>& numbers) {
  if (numbers.empty()) return RefuseField("numbers", "missing", Reason::kMissingField);
  if (numbers.size() > kNumbersAtOnceMax) {
    return RefuseField("numbers",
                       std::to_string(numbers.size()) + " given, want at most " +
                           std::to_string(kNumbersAtOnceMax),
                       Reason::kLimitExceeded);
  }
  FaultList faults;
  std::vector<std::string> hashes;
  std::set<std::string> seen;
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    const std::string field = "numbers[" + std::to_string(at) + "]";
    auto hash = HashOf(environment, numbers[at], field);
    faults.AddAll(hash.status());
    if (!hash.ok()) continue;
    if (!seen.insert(*hash).second) faults.Add(field, "stands before it in this call");
    hashes.push_back(*std::move(hash));
  }
  if (!faults.empty()) return faults.status();
  return hashes;
}

absl::StatusOr<std::optional<v1::AuthenticityNumber>> FindNumber(
    storage::ReadTransaction& transaction, std::string_view hash) {
  return storage::GetRow<v1::AuthenticityNumber>(transaction, keyspace::AuthenticityNumber(hash));
}

// The item of a kept number.
absl::StatusOr<coding::Code> ItemOf(const v1::AuthenticityNumber& number, std::string_view hash) {
  const auto word = coding::ParseObjectWord(number.object());
  if (!word.ok() || !word->code) {
    return storage::CorruptRecord(keyspace::AuthenticityNumber(hash));
  }
  return *word->code;
}

// Everything that is told once.
absl::Status TellOfGoods(storage::ReadTransaction& transaction, const v1::AuthenticityNumber& kept,
                         coding::Code code, coding::CivilDate today,
                         v1::AuthenticityAnswer& answer) {
  auto item = catalog::ReadEntry<v1::Item>(transaction, code);
  if (!item.ok()) return item.status();
  auto owner = catalog::ParseMemberName(kept.member(), "member");
  if (!owner.ok()) return owner.status();
  auto member = catalog::GetMember(transaction, *owner);
  if (!member.ok()) return member.status();
  answer.set_object(kept.object());
  *answer.mutable_display_name() = item->display_name();
  *answer.mutable_member_name() = member->display_name();
  if (kept.object().find('/') != std::string::npos) {
    // Who holds the package may know what its member knows of its lot: it is printed beside.
    access::Caller of_member;
    of_member.role = v1::ROLE_MEMBER;
    of_member.member = *owner;
    auto facts = trace::FactsOf(transaction, of_member, kept.object());
    if (!facts.ok()) return facts.status();
    answer.set_expiry_date(facts->expiry_date);
  }
  const v1::Life& life = item->life();
  if (life.state() != v1::LIFE_STATE_ACTIVE) {
    answer.set_unusable_reason(catalog::LifeStateName(life.state()) +
                               (life.reason().empty() ? "" : ": " + life.reason()));
  } else if (!answer.expiry_date().empty() && answer.expiry_date() < coding::WriteIsoDate(today)) {
    answer.set_unusable_reason("expired on " + answer.expiry_date());
  }
  answer.set_usable(answer.unusable_reason().empty());
  return absl::OkStatus();
}

absl::StatusOr<v1::AuthenticityNumber> ReachedNumber(storage::ReadTransaction& transaction,
                                                     const access::Caller& caller,
                                                     std::string_view hash) {
  auto kept = FindNumber(transaction, hash);
  if (!kept.ok()) return kept.status();
  if (!kept->has_value()) return NotFound("authenticity number");
  auto owner = catalog::ParseMemberName((*kept)->member(), "member");
  if (!owner.ok()) return owner.status();
  if (!caller.Reaches(*owner)) return NotFound("authenticity number");
  return **std::move(kept);
}

}  // namespace

absl::StatusOr<RegisteredNumbers> RegisterAuthenticityNumbers(
    storage::WriteTransaction& transaction, const Environment& environment,
    const access::Caller& caller, std::string_view object,
    const std::vector<std::string>& numbers) {
  auto printed = ReadPrinted(transaction, object);
  if (!printed.ok()) return printed.status();
  const v1::Item& item = printed->item;
  auto owner = catalog::ParseMemberName(item.member(), "member");
  if (!owner.ok()) return owner.status();
  if (!caller.Reaches(*owner) || item.generic()) return NotFound(item.name());
  auto hashes = HashesOf(environment, numbers);
  if (!hashes.ok()) return hashes.status();
  const auto code = coding::ParseCode(item.code());
  if (!code.ok()) return storage::CorruptRecord(item.name());
  if (auto status = catalog::RequireActive(*code, item.life()); !status.ok()) return status;

  RegisteredNumbers registered{printed->object, item.member(), item.code()};
  v1::AuthenticityNumber fresh;
  fresh.set_member(item.member());
  fresh.set_object(printed->object);
  *fresh.mutable_create_time() = TimestampOf(transaction.record_time_us());
  std::optional<std::size_t> taken;
  for (std::size_t at = 0; at < hashes->size(); ++at) {
    const std::string& hash = (*hashes)[at];
    auto present = FindNumber(transaction, hash);
    if (!present.ok()) return present.status();
    if (!present->has_value()) {
      ++registered.fresh;
      auto put = storage::PutRow(transaction, keyspace::AuthenticityNumber(hash), fresh);
      if (!put.ok()) return put;
    } else if ((*present)->object() == printed->object) {
      ++registered.known;
    } else if (!taken) {
      taken = at;
    }
  }
  if (taken) {
    const std::string field = "numbers[" + std::to_string(*taken) + "]";
    return Refuse(absl::StatusCode::kAlreadyExists, Reason::kAlreadyExists,
                  field + " is registered for another object", {{"field", field}});
  }
  return registered;
}

absl::StatusOr<AskedNumber> AskAuthenticity(storage::WriteTransaction& transaction,
                                            const Environment& environment, std::string_view number,
                                            coding::CivilDate today) {
  auto hash = HashOf(environment, number, "number");
  if (!hash.ok()) return hash.status();
  auto found = FindNumber(transaction, *hash);
  if (!found.ok()) return found.status();
  if (!found->has_value()) return NotFound("authenticity number");
  v1::AuthenticityNumber& kept = **found;
  auto code = ItemOf(kept, *hash);
  if (!code.ok()) return code.status();

  AskedNumber asked;
  asked.item = code->Digits();
  const bool first = kept.ask_count() == 0;
  const auto now = TimestampOf(transaction.record_time_us());
  asked.counted = kept.ask_count() < kAsksCountedMax;
  if (asked.counted) {
    if (first) *kept.mutable_first_ask_time() = now;
    *kept.mutable_last_ask_time() = now;
    kept.set_ask_count(kept.ask_count() + 1);
    auto put = storage::PutRow(transaction, keyspace::AuthenticityNumber(*hash), kept);
    if (!put.ok()) return put;
  }
  *asked.answer.mutable_first_ask_time() = kept.first_ask_time();
  if (first) {
    asked.answer.set_verdict(v1::AUTHENTICITY_VERDICT_GENUINE);
    auto told = TellOfGoods(transaction, kept, *code, today, asked.answer);
    if (!told.ok()) return told;
    return asked;
  }
  asked.answer.set_verdict(v1::AUTHENTICITY_VERDICT_ASKED_BEFORE);
  if (kept.ask_count() == 2 && asked.counted) {
    auto owner = catalog::ParseMemberName(kept.member(), "member");
    if (!owner.ok()) return owner.status();
    auto marked = storage::PutMark(transaction, keyspace::NumberAskedAgain(*owner, *code, *hash));
    if (!marked.ok()) return marked;
  }
  return asked;
}

absl::StatusOr<v1::AuthenticityNumber> GetAuthenticityNumber(storage::ReadTransaction& transaction,
                                                             const Environment& environment,
                                                             const access::Caller& caller,
                                                             std::string_view number) {
  auto hash = HashOf(environment, number, "number");
  if (!hash.ok()) return hash.status();
  return ReachedNumber(transaction, caller, *hash);
}

absl::StatusOr<Page<v1::AuthenticityNumber>> ListNumbersAskedAgain(
    storage::ReadTransaction& transaction, const access::Caller& caller,
    const NumbersAskedAgainFilter& filter, const PageRequest& page) {
  auto owner = catalog::MemberMeant(transaction, caller, filter.member, "member");
  if (!owner.ok()) return owner.status();
  std::string prefix = keyspace::NumberAskedAgainPrefix(*owner);
  if (!filter.item.empty()) {
    auto code = catalog::ParseEntryName<v1::Item>(filter.item, "item");
    if (!code.ok()) return code.status();
    prefix = keyspace::NumberAskedAgainPrefix(*owner, *code);
  }
  std::vector<std::string> hashes;
  Page<v1::AuthenticityNumber> found;
  std::string last_key;
  auto status = transaction.Scan(
      RangeAfter(prefix, page), storage::Direction::kForward, page.row_count_max + 1,
      [&](std::string_view key, std::string_view) {
        if (hashes.size() == page.row_count_max) {
          found.next = last_key;
          return false;
        }
        hashes.emplace_back(key.substr(key.size() - keyspace::kAuthenticityHashBytes));
        last_key = std::string(key);
        return true;
      });
  if (!status.ok()) return status;
  for (const std::string& hash : hashes) {
    auto kept = FindNumber(transaction, hash);
    if (!kept.ok()) return kept.status();
    if (!kept->has_value()) return storage::CorruptRecord(keyspace::AuthenticityNumber(hash));
    found.rows.push_back(**std::move(kept));
  }
  return found;
}

}  // namespace radyab

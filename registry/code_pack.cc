#include "registry/code_pack.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <memory>
#include <set>
#include <utility>

#include "coding/object_words.h"
#include "registry/access/caller.h"
#include "registry/catalog/alias_registry.h"
#include "registry/catalog/alias_schemes.h"
#include "registry/catalog/alias_value.h"
#include "registry/catalog/item_registry.h"
#include "registry/page.h"
#include "registry/reason.h"
#include "registry/trace/object_key.h"
#include "registry/trace/trace_query.h"

namespace radyab {
namespace {

constexpr std::size_t kRowsOfPage = 500;
constexpr std::size_t kDigestBytes = 32;
constexpr std::size_t kLotsMax = 500;              // of an item in a pack, announced in the proto
constexpr std::size_t kLotsLookedAtMax = 100'000;  // of an item

struct FreeDigest {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// A digest that half works must never look like one that works.
void Require(bool condition) {
  if (!condition) std::abort();
}

// The highest byte first.
std::string BigEndian(std::uint64_t number, int bytes) {
  std::string text;
  for (int at = bytes - 1; at >= 0; --at) text.push_back(static_cast<char>(number >> (8 * at)));
  return text;
}

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new()) {
    Require(context_ != nullptr && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
  }
  void Add(std::string_view bytes) {
    Require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
  }
  std::string End() {
    std::string digest(kDigestBytes, '\0');
    Require(EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(digest.data()),
                               nullptr) == 1);
    return digest;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, FreeDigest> context_;
};

std::uint64_t FirstBytes(std::string_view digest) {
  std::uint64_t number = 0;
  for (int at = 0; at < 8; ++at) number = number << 8 | static_cast<unsigned char>(digest[at]);
  return number;
}

// Parts entries into buckets and tells those that are not held so.
class Buckets {
 public:
  Buckets(const std::vector<HeldBucket>& held,
          absl::FunctionRef<absl::Status(const v1::PackBucket&)> changed)
      : held_(held), changed_(changed) {}

  absl::Status Add(coding::Code code, const v1::PackEntry& entry) {
    const std::uint64_t number = PackBucketNumber(code);
    if (number != bucket_.number()) {
      if (auto status = EndBucket(); !status.ok()) return status;
      bucket_.set_number(number);
    }
    bucket_.add_entries(entry.SerializeAsString());
    ++sums_.entry_count;
    return absl::OkStatus();
  }

  absl::StatusOr<PackSums> End() {
    if (auto status = EndBucket(); !status.ok()) return status;
    if (auto status = TellGone(UINT64_MAX); !status.ok()) return status;
    sums_.digest = all_.End();
    return std::move(sums_);
  }

 private:
  absl::Status EndBucket() {
    if (bucket_.entries().empty()) return absl::OkStatus();
    const std::string digest = PackBucketDigest(bucket_);
    all_.Add(BigEndian(bucket_.number(), 8));
    all_.Add(digest);
    if (auto status = TellGone(bucket_.number()); !status.ok()) return status;
    const bool held = next_ < held_.size() && held_[next_].number == bucket_.number();
    const bool same = held && held_[next_].digest == FirstBytes(digest);
    if (held) ++next_;
    auto status = same ? absl::OkStatus() : changed_(bucket_);
    bucket_.Clear();
    return status;
  }

  // Those that are held and lie before `number`.
  absl::Status TellGone(std::uint64_t number) {
    for (; next_ < held_.size() && held_[next_].number < number; ++next_) {
      v1::PackBucket gone;
      gone.set_number(held_[next_].number);
      if (auto status = changed_(gone); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  const std::vector<HeldBucket>& held_;
  absl::FunctionRef<absl::Status(const v1::PackBucket&)> changed_;
  std::size_t next_ = 0;  // of held_
  v1::PackBucket bucket_;
  Sha256 all_;
  PackSums sums_;
};

// What changes without a change of the answer stays out, so that it does not make a bucket new.
template <class Entry>
Entry Trimmed(Entry entry) {
  entry.clear_attributes();
  entry.clear_class_versions();
  entry.clear_create_time();
  entry.clear_update_time();
  entry.clear_etag();
  entry.mutable_life()->clear_predecessor_steps();
  return entry;
}

// The numbers that lead to a code when the member asks. What it bears is listed first, and of each
// asked where it leads: a GTIN that an item bears leads to its generic item, also when it ended.
// Numbers of single pieces, of which there may be very many, lie behind all others.
absl::Status AddAliases(storage::ReadTransaction& transaction, const access::Caller& caller,
                        coding::Code code, v1::PackEntry& entry) {
  access::Caller all;
  all.role = v1::ROLE_ADMIN;
  std::set<std::pair<int, std::string>> asked;
  PageRequest page{kRowsOfPage, ""};
  bool at_pieces = false;
  do {
    auto aliases = catalog::ListAliases(transaction, all, code.Digits(), page);
    if (!aliases.ok()) return aliases.status();
    for (const v1::Alias& alias : aliases->rows) {
      at_pieces = catalog::NamesPieces(alias.scheme());
      if (at_pieces) break;
      if (!asked.emplace(alias.scheme(), alias.value()).second) continue;
      auto found = catalog::FindAliasFor(transaction, caller, alias.scheme(), alias.value());
      if (!found.ok()) return found.status();
      if (!found->has_value() || (*found)->code() != code.number()) continue;
      *entry.add_aliases() = catalog::Shown(std::move(*(*found)->mutable_alias()));
    }
    page.after = std::move(aliases->next);
  } while (!page.after.empty() && !at_pieces);
  return absl::OkStatus();
}

// Lots that the member may see and that have an expiry date: the latest ones.
absl::Status AddLots(storage::ReadTransaction& transaction, const access::Caller& caller,
                     coding::Code code, v1::PackEntry& entry) {
  std::vector<std::string> words;
  const std::string prefix =
      keyspace::Object(trace::WriteObjectKey(coding::ObjectWord::ForLot(code, "")));
  auto status = transaction.Scan(
      {prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward, kLotsLookedAtMax,
      [&](std::string_view key, std::string_view) {
        words.push_back(
            coding::WriteObjectWord(coding::ObjectWord::ForLot(code, key.substr(prefix.size()))));
        return true;
      });
  if (!status.ok()) return status;
  std::vector<std::pair<std::string, std::string>> lots;  // expiry date, lot
  for (const std::string& word : words) {
    auto facts = trace::FactsOf(transaction, caller, word);
    if (!facts.ok()) return facts.status();
    if (!facts->known || facts->expiry_date.empty()) continue;
    lots.emplace_back(facts->expiry_date, coding::ParseObjectWord(word)->text);
  }
  if (lots.size() > kLotsMax) {
    std::ranges::sort(lots, std::greater());
    lots.resize(kLotsMax);
  }
  std::ranges::sort(lots, {}, &std::pair<std::string, std::string>::second);
  for (auto& [expiry_date, lot] : lots) {
    v1::PackLot& added = *entry.add_lots();
    added.set_lot(std::move(lot));
    added.set_expiry_date(std::move(expiry_date));
  }
  return absl::OkStatus();
}

template <class Entry>
absl::Status AddEntries(storage::ReadTransaction& transaction, const access::Caller& caller,
                        Buckets& buckets,
                        absl::FunctionRef<absl::StatusOr<Page<Entry>>(const PageRequest&)> list,
                        absl::FunctionRef<void(const Entry&, v1::PackEntry&)> put) {
  PageRequest page{kRowsOfPage, ""};
  do {
    auto rows = list(page);
    if (!rows.ok()) return rows.status();
    for (const Entry& row : rows->rows) {
      const auto code = coding::ParseCode(row.code());
      if (!code.ok()) return RefuseText("code", code.refusal(), Reason::kCorruptRecord);
      v1::PackEntry entry;
      put(row, entry);
      auto status = AddAliases(transaction, caller, *code, entry);
      if (status.ok() && entry.has_item()) status = AddLots(transaction, caller, *code, entry);
      if (status.ok()) status = buckets.Add(*code, entry);
      if (!status.ok()) return status;
    }
    page.after = std::move(rows->next);
  } while (!page.after.empty());
  return absl::OkStatus();
}

}  // namespace

std::uint64_t PackBucketNumber(coding::Code code) {
  constexpr std::uint64_t kBlocks = 100'000, kTensOfCounters = 1'000;
  const auto kind = static_cast<std::uint64_t>(code.Digits()[0] - '0');
  return (kind * kBlocks + code.block()) * kTensOfCounters + code.counter() / 10;
}

std::string PackBucketDigest(const v1::PackBucket& bucket) {
  Sha256 digest;
  for (const std::string& entry : bucket.entries()) {
    digest.Add(BigEndian(entry.size(), 4));
    digest.Add(entry);
  }
  return digest.End();
}

absl::StatusOr<PackSums> WritePack(storage::ReadTransaction& transaction, MemberId member,
                                   const std::vector<HeldBucket>& held,
                                   absl::FunctionRef<absl::Status(const v1::PackBucket&)> changed) {
  // Whoever fetches it, the pack shows what the least of the member's own keys would be shown.
  access::Caller caller;
  caller.role = v1::ROLE_WAREHOUSE;
  caller.member = member;
  Buckets buckets(held, changed);
  auto status = AddEntries<v1::Item>(
      transaction, caller, buckets,
      [&](const PageRequest& page) { return catalog::ListItems(transaction, {}, page); },
      [](const v1::Item& item, v1::PackEntry& entry) { *entry.mutable_item() = Trimmed(item); });
  if (!status.ok()) return status;
  status = AddEntries<v1::Service>(
      transaction, caller, buckets,
      [&](const PageRequest& page) { return catalog::ListServices(transaction, {}, page); },
      [](const v1::Service& service, v1::PackEntry& entry) {
        *entry.mutable_service() = Trimmed(service);
      });
  if (!status.ok()) return status;
  return buckets.End();
}

}  // namespace radyab

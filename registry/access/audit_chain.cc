#include "registry/access/audit_chain.h"

#include <openssl/evp.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"

namespace radyab::access {
namespace {

constexpr std::string_view kLabel = "radyab audit seal\n";

// Without memory for a hash nothing sound can follow.
void Must(bool done) {
  if (!done) std::abort();
}

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// SHA-256, found once: looking it up costs as much as hashing a row.
const EVP_MD* Sha256() {
  static const EVP_MD* const found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  Must(found != nullptr);
  return found;
}

class Sum {
 public:
  void Begin() { Must(EVP_DigestInit_ex2(context_.get(), Sha256(), nullptr) == 1); }
  void Add(std::string_view bytes) {
    Must(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
  }
  std::string Finish() {
    std::array<unsigned char, kSealHashBytes> sum;
    Must(EVP_DigestFinal_ex(context_.get(), sum.data(), nullptr) == 1);
    return {sum.begin(), sum.end()};
  }

 private:
  std::unique_ptr<EVP_MD_CTX, FreeContext> context_{EVP_MD_CTX_new()};
};

std::string BigEndian(std::uint64_t number) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(number >> shift));
  return bytes;
}

// Writes down in `seal` which row it is, for whoever looks for the one that is wrong.
void Note(const SealedRow& row, records::AuditSealRecord& seal) {
  seal.add_steps(row.sequence - seal.last_sequence());
  seal.add_numbers(row.number);
  seal.mutable_digests()->append(row.digest);
  seal.set_last_sequence(row.sequence);
  seal.set_last_number(row.number);
}

// The next seal, over at most kSealRowsMax rows; nothing when there is no row.
absl::StatusOr<std::optional<records::AuditSealRecord>> NextSeal(
    storage::ReadTransaction& transaction, const Environment& environment,
    const records::AuditSealRecord& last) {
  records::AuditSealRecord seal;
  seal.set_number(last.number() + 1);
  seal.set_last_sequence(last.last_sequence());
  SealHash hash(last.hash(), seal.number());
  const auto status = transaction.Scan(RowsBehind(last, transaction.commit_sequence()),
                                       storage::Direction::kForward, kSealRowsMax,
                                       [&](std::string_view key, std::string_view value) {
                                         Note(hash.Add(key, value), seal);
                                         return true;
                                       });
  if (!status.ok()) return status;
  if (seal.steps().empty()) return std::optional<records::AuditSealRecord>();
  seal.set_hash(hash.Finish());
  seal.set_mark(environment.keyed_hash.Of(HashPurpose::kAuditSeal, seal.hash()));
  return seal;
}

}  // namespace

struct SealHash::Context {
  Sum chain;
  Sum row;
};

SealHash::SealHash(std::string_view before, std::uint64_t number) : context_(new Context) {
  context_->chain.Begin();
  context_->chain.Add(kLabel);
  context_->chain.Add(before.empty() ? std::string(kSealHashBytes, '\0') : std::string(before));
  context_->chain.Add(BigEndian(number));
}

SealHash::~SealHash() { delete context_; }

SealedRow SealHash::Add(std::string_view key, std::string_view value) {
  context_->row.Begin();
  context_->row.Add(value);
  const std::string sum = context_->row.Finish();
  context_->chain.Add(key);
  context_->chain.Add(sum);
  storage::OrderedKeyReader reader(key);
  reader.U8();
  SealedRow row;
  row.sequence = reader.U64();
  row.number = reader.U32();
  row.digest = sum.substr(0, kSealDigestBytes);
  return row;
}

std::string SealHash::Finish() { return context_->chain.Finish(); }

absl::StatusOr<records::AuditSealRecord> LastSeal(storage::ReadTransaction& transaction) {
  const std::string prefix = keyspace::AuditSealPrefix();
  records::AuditSealRecord last;
  auto status = storage::ScanRows<records::AuditSealRecord>(
      transaction, {prefix, storage::PrefixEnd(prefix)}, storage::Direction::kBackward, 1,
      [&](std::string_view, records::AuditSealRecord row) {
        last = std::move(row);
        return false;
      });
  if (!status.ok()) return status;
  return last;
}

storage::KeyRange RowsBehind(const records::AuditSealRecord& seal, std::uint64_t last_sequence) {
  const std::string first = seal.number() == 0
                                ? keyspace::AuditPrefix()
                                : keyspace::Audit(seal.last_sequence(), seal.last_number()) + '\0';
  return {first, keyspace::Audit(last_sequence, UINT32_MAX) + '\0'};
}

absl::StatusOr<std::vector<records::AuditSealRecord>> NextSeals(
    storage::ReadTransaction& transaction, const Environment& environment,
    const records::AuditSealRecord& last) {
  std::vector<records::AuditSealRecord> seals;
  while (seals.size() < kSealsPerRoundMax) {
    auto next = NextSeal(transaction, environment, seals.empty() ? last : seals.back());
    if (!next.ok()) return next.status();
    if (!next->has_value()) break;
    const bool more = static_cast<std::size_t>((*next)->steps_size()) == kSealRowsMax;
    seals.push_back(**std::move(next));
    if (!more) break;
  }
  return seals;
}

absl::StatusOr<std::size_t> SealAudit(storage::Store& store, const Environment& environment) {
  std::vector<records::AuditSealRecord> seals;
  std::uint64_t last_number = 0;
  auto status = store.Read([&](storage::ReadTransaction& transaction) {
    auto last = LastSeal(transaction);
    if (!last.ok()) return last.status();
    last_number = last->number();
    auto next = NextSeals(transaction, environment, *last);
    if (next.ok()) seals = *std::move(next);
    return next.status();
  });
  if (!status.ok() || seals.empty()) return status.ok() ? absl::StatusOr<std::size_t>(0) : status;
  status = store.Write([&](storage::WriteTransaction& transaction) {
    auto last = LastSeal(transaction);
    if (!last.ok()) return last.status();
    if (last->number() != last_number) {
      return Refuse(absl::StatusCode::kAborted, Reason::kStaleEtag,
                    "another sealed the audit trail meanwhile");
    }
    for (const records::AuditSealRecord& seal : seals) {
      auto put = storage::PutRow(transaction, keyspace::AuditSeal(seal.number()), seal);
      if (!put.ok()) return put;
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  std::size_t row_count = 0;
  for (const auto& seal : seals) row_count += static_cast<std::size_t>(seal.steps_size());
  return row_count;
}

}  // namespace radyab::access

#include "registry/access/request_log.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>
#include <vector>

#include "coding/utf8_reader.h"
#include "registry/reason.h"
#include "registry/records/records.pb.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"

namespace radyab::access {
namespace {

using storage::GetRow;
using storage::PutRow;

// So much of an id's hash stands in keys, and of a request's digest in its row: nobody finds two
// requests that have them in common.
constexpr std::size_t kHashBytes = 16;

// Which answer: whose request_id, as a hash, and until when it is kept.
struct KeptRequest {
  std::int64_t expire_us = 0;
  std::uint64_t key_id = 0;
  std::string id;
};

// Row 0 holds digest, nonce and the first part, the others only their part. All hashes are of one
// length, so no part's key is the key of another request.
std::string PartKey(std::uint64_t key_id, std::string_view id, std::size_t part) {
  if (part == 0) return keyspace::Request(key_id, id);
  return keyspace::Request(key_id, std::string(id) + '\n' + std::to_string(part));
}

std::string_view KeptDigest(const ChangeRequest& request) {
  return std::string_view(request.digest).substr(0, kHashBytes);
}

// Never the same for two different answers: it is made of the answer itself and its commit.
std::string NonceOf(const storage::WriteTransaction& transaction, const Environment& environment,
                    std::string_view place, std::string_view answer) {
  std::string text = "nonce\n" + std::to_string(transaction.commit_sequence()) + '\n' +
                     std::to_string(place.size()) + '\n';
  text.append(place).append(answer);
  return environment.keyed_hash.Of(HashPurpose::kRequestDigest, text).substr(0, kNonceBytes);
}

absl::Status DeleteAnswer(storage::WriteTransaction& transaction, const KeptRequest& kept) {
  for (std::size_t part = 0; part < kAnswerPartsMax; ++part) {
    const std::string key = PartKey(kept.key_id, kept.id, part);
    auto row = transaction.Get(key);
    if (!row.ok()) return row.status();
    if (!row->has_value()) break;
    if (auto status = transaction.Delete(key); !status.ok()) return status;
  }
  return transaction.Delete(keyspace::RequestExpiry(kept.expire_us, kept.key_id, kept.id));
}

// The kept answer in full: the parts one after the other, opened.
absl::StatusOr<std::string> OpenAnswer(storage::ReadTransaction& transaction,
                                       const Environment& environment, const ChangeRequest& request,
                                       std::string_view id, const records::RequestRecord& first) {
  records::Sealed sealed = first.answer();
  for (std::size_t part = 1; part < kAnswerPartsMax; ++part) {
    auto row =
        GetRow<records::RequestRecord>(transaction, PartKey(request.caller.key_id, id, part));
    if (!row.ok()) return row.status();
    if (!row->has_value()) break;
    sealed.mutable_ciphertext()->append((*row)->answer().ciphertext());
  }
  return environment.sealer.Open(sealed, PartKey(request.caller.key_id, id, 0));
}

}  // namespace

std::string RequestDigest(const Environment& environment, std::string_view method,
                          std::string_view body) {
  std::string text = "digest\n";
  text.append(method).append("\n").append(body);
  return environment.keyed_hash.Of(HashPurpose::kRequestDigest, text);
}

std::string RequestIdHash(std::string_view request_id) {
  // Looked up once: that costs as much as a hash.
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  if (EVP_Digest(request_id.data(), request_id.size(), hash.data(), nullptr, sha256, nullptr) !=
      1) {
    std::abort();  // without a hash two requests would be one
  }
  return std::string(hash.begin(), hash.begin() + kHashBytes);
}

absl::Status CheckRequestId(std::string_view request_id) {
  if (!coding::IsValidUtf8(request_id)) {
    return RefuseField("request_id", "not valid UTF-8 text");
  }
  const std::size_t characters = coding::CountCharacters(request_id, request_id.size());
  if (characters > kRequestIdCharactersMax) {
    return RefuseField("request_id", std::to_string(characters) + " characters, want at most " +
                                         std::to_string(kRequestIdCharactersMax));
  }
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (std::ranges::any_of(request_id, control)) {
    return RefuseField("request_id", "holds a control character, want printable text");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<std::string>> KeptAnswer(storage::WriteTransaction& transaction,
                                                      const Environment& environment,
                                                      const ChangeRequest& request,
                                                      std::string_view id) {
  const std::string key = PartKey(request.caller.key_id, id, 0);
  auto row = GetRow<records::RequestRecord>(transaction, key);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return std::optional<std::string>();
  if ((*row)->expire_us() <= transaction.record_time_us()) {
    auto status =
        DeleteAnswer(transaction, {(*row)->expire_us(), request.caller.key_id, std::string(id)});
    if (!status.ok()) return status;
    return std::optional<std::string>();
  }
  if (!EqualInConstantTime((*row)->digest(), KeptDigest(request))) {
    return Refuse(absl::StatusCode::kAlreadyExists, Reason::kRequestIdReused,
                  "request_id \"" + request.request_id +
                      "\" was used with another request; take a new one for each new request",
                  {{"request_id", request.request_id}});
  }
  auto answer = OpenAnswer(transaction, environment, request, id, **row);
  if (!answer.ok()) return answer.status();
  return std::optional<std::string>(std::move(*answer));
}

absl::Status KeepAnswer(storage::WriteTransaction& transaction, const Environment& environment,
                        const ChangeRequest& request, std::string_view id,
                        std::string_view answer) {
  const std::string place = PartKey(request.caller.key_id, id, 0);
  const std::string nonce = NonceOf(transaction, environment, place, answer);
  const records::Sealed sealed = environment.sealer.Seal(answer, nonce, place);
  const std::string& bytes = sealed.ciphertext();
  if (bytes.size() > kAnswerPartBytes * kAnswerPartsMax) {
    return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded,
                  "the answer has " + std::to_string(bytes.size()) +
                      " bytes, too many to be kept for a retry; ask for less at once");
  }
  records::RequestRecord record;
  record.set_digest(std::string(KeptDigest(request)));
  record.set_expire_us(transaction.record_time_us() + kAnswerKeptUs);
  record.mutable_answer()->set_nonce(nonce);
  for (std::size_t part = 0; part == 0 || part * kAnswerPartBytes < bytes.size(); ++part) {
    record.mutable_answer()->set_ciphertext(
        bytes.substr(part * kAnswerPartBytes, kAnswerPartBytes));
    auto status = PutRow(transaction, PartKey(request.caller.key_id, id, part), record);
    if (!status.ok()) return status;
    if (part == 0) record.clear_digest();
  }
  return storage::PutMark(transaction,
                          keyspace::RequestExpiry(record.expire_us(), request.caller.key_id, id));
}

absl::Status SweepExpiredAnswers(storage::WriteTransaction& transaction) {
  const storage::KeyRange range = {keyspace::RequestExpiryPrefix(),
                                   keyspace::RequestExpiry(transaction.record_time_us(), 0, "")};
  std::vector<KeptRequest> expired;
  std::vector<std::string> unreadable;  // they lead to no answer, and left alone they stay in front
  auto status = transaction.Scan(range, storage::Direction::kForward, kExpiredPerSweep,
                                 [&](std::string_view key, std::string_view) {
                                   storage::OrderedKeyReader reader(key);
                                   reader.U8();
                                   KeptRequest kept;
                                   kept.expire_us = static_cast<std::int64_t>(reader.U64());
                                   kept.key_id = reader.U64();
                                   kept.id = reader.Text();
                                   if (reader.ok()) {
                                     expired.push_back(std::move(kept));
                                   } else {
                                     unreadable.emplace_back(key);
                                   }
                                   return true;
                                 });
  for (const KeptRequest& kept : expired) {
    if (status.ok()) status = DeleteAnswer(transaction, kept);
  }
  for (const std::string& key : unreadable) {
    if (status.ok()) status = transaction.Delete(key);
  }
  return status;
}

}  // namespace radyab::access

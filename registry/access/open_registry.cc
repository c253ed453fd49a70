#include "registry/access/open_registry.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "registry/access/durable_file.h"
#include "registry/access/key_registry.h"
#include "registry/access/sealed_part.h"
#include "registry/access/sealer.h"
#include "registry/catalog/member_registry.h"
#include "registry/records/records.pb.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/open_store.h"
#include "registry/storage/rows.h"
#include "registry/storage/store_upkeep.h"

namespace radyab::access {
namespace {

constexpr char kAdminKeyFile[] = "admin.key";
constexpr std::string_view kPermutation = "permutation";
constexpr std::string_view kSecretsMark = "secrets";

// The permutation key of a store that has its rows; nothing for a new store.
absl::StatusOr<std::optional<SecretKey>> PermutationKey(storage::Store& store) {
  std::optional<SecretKey> key;
  auto status = store.Read([&](storage::ReadTransaction& transaction) {
    const std::string place = keyspace::Meta(kPermutation);
    auto row = storage::GetRow<records::MetaRecord>(transaction, place);
    if (!row.ok()) return row.status();
    if (!row->has_value()) return absl::OkStatus();
    const std::string& secret = (*row)->secret();
    key.emplace();
    if (secret.size() != key->size()) return storage::CorruptRecord(place);
    std::copy(secret.begin(), secret.end(), key->begin());
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return key;
}

std::unique_ptr<const Environment> EnvironmentOf(const SecretKey& permutation_key,
                                                 const Secrets& secrets,
                                                 const RegistryPlace& place) {
  Environment environment{coding::SerialPermutation(permutation_key), KeyedHash(secrets.hash_key),
                          Sealer(secrets.seal_key)};
  environment.reserved_per_member_max = place.reserved_per_member_max;
  return std::make_unique<const Environment>(std::move(environment));
}

absl::Status PutPermutationKey(storage::WriteTransaction& transaction, const SecretKey& key) {
  records::MetaRecord record;
  record.set_secret(std::string(key.begin(), key.end()));
  return storage::PutRow(transaction, keyspace::Meta(kPermutation), record);
}

// What only the right secrets can make: a hash with the one and an empty text sealed with the
// other.
std::string MarkOf(const Environment& environment) {
  const std::string hash = environment.keyed_hash.Of(HashPurpose::kRequestDigest, "mark\n");
  return hash +
         environment.sealer.Seal("", hash.substr(0, kNonceBytes), kSecretsMark).SerializeAsString();
}

absl::Status PutSecretsMark(storage::WriteTransaction& transaction,
                            const Environment& environment) {
  records::MetaRecord record;
  record.set_secret(MarkOf(environment));
  return storage::PutRow(transaction, keyspace::Meta(kSecretsMark), record);
}

absl::Status CheckSecrets(storage::Store& store, const Environment& environment,
                          const std::string& where) {
  return store.Read([&](storage::ReadTransaction& transaction) {
    auto row = storage::GetRow<records::MetaRecord>(transaction, keyspace::Meta(kSecretsMark));
    if (!row.ok()) return row.status();
    if (row->has_value() && (*row)->secret() == MarkOf(environment)) return absl::OkStatus();
    return absl::FailedPreconditionError(where +
                                         ": these keys belong to another store; put back its own");
  });
}

v1::Key FirstAdminKey() {
  v1::Key key;
  key.set_role(v1::ROLE_ADMIN);
  key.set_display_name("first admin key (admin.key)");
  return key;
}

absl::StatusOr<OpenedRegistry> MakeNew(const RegistryPlace& place,
                                       std::unique_ptr<storage::Store> store) {
  auto secrets = MakeMissingSecrets(place.folder);
  if (!secrets.ok()) return secrets.status();
  const SecretKey permutation_key = RandomKey();
  OpenedRegistry opened{std::move(store), EnvironmentOf(permutation_key, *secrets, place), true};
  // The secret is worth nothing until the rows are there; then its file is there too.
  const std::string fresh = RandomBytes(kSecretBytes);
  auto written = WriteDurably(place.folder / kAdminKeyFile, WriteSecret(fresh) + "\n");
  if (!written.ok()) return written;
  auto secret = MakeRegistryRows(*opened.store, *opened.environment, permutation_key, fresh);
  if (!secret.ok()) return secret.status();
  if (!secret->has_value()) {
    return absl::FailedPreconditionError(place.folder.string() +
                                         ": somebody else made this registry meanwhile");
  }
  return opened;
}

}  // namespace

absl::Status OpenedRegistry::Close() {
  indexer.reset();
  sealer.reset();
  if (store == nullptr) return absl::OkStatus();
  storage::StoreUpkeep* upkeep = storage::UpkeepOf(*store);
  const absl::Status closed = upkeep == nullptr ? absl::OkStatus() : upkeep->Close();
  store.reset();
  return closed;
}

absl::StatusOr<std::optional<std::string>> MakeRegistryRows(storage::Store& store,
                                                            const Environment& environment,
                                                            const SecretKey& permutation_key,
                                                            std::string_view fresh_admin_secret) {
  const std::string fresh_key = RandomBytes(kFreshKeyBytes);
  bool made_them = false;
  auto status = store.Write([&](storage::WriteTransaction& transaction) {
    auto row = transaction.Get(keyspace::Meta(kPermutation));
    if (!row.ok()) return row.status();
    made_them = !row->has_value();
    if (!made_them) return absl::OkStatus();
    auto made = PutPermutationKey(transaction, permutation_key);
    if (made.ok()) made = PutSecretsMark(transaction, environment);
    if (made.ok()) made = catalog::CreateRegistryMember(transaction, environment, fresh_key);
    if (!made.ok()) return made;
    return CreateKey(transaction, environment, FirstAdminKey(), fresh_admin_secret).status();
  });
  if (!status.ok()) return status;
  if (!made_them) return std::optional<std::string>();
  return std::optional<std::string>(WriteSecret(fresh_admin_secret));
}

absl::StatusOr<OpenedRegistry> OpenRegistry(const RegistryPlace& place,
                                            const storage::StoreOptions& options) {
  const std::string folder_url = "lmdb:" + place.folder.string();
  if (auto status = MakePrivateFolder(place.folder); !status.ok()) return status;
  auto store = storage::OpenStore(place.store_url.empty() ? folder_url : place.store_url, options);
  if (!store.ok()) return store.status();
  auto permutation_key = PermutationKey(**store);
  if (!permutation_key.ok()) return permutation_key.status();
  if (!permutation_key->has_value()) return MakeNew(place, *std::move(store));
  auto secrets = ReadSecrets(place.folder);
  if (!secrets.ok()) return secrets.status();
  const std::string where = (place.folder / "secrets").string();
  if (!secrets->has_value()) {
    return absl::FailedPreconditionError(
        where +
        ": the keys of this store are missing; put back hash.key and seal.key, nothing can be "
        "read without them");
  }
  OpenedRegistry opened{*std::move(store), EnvironmentOf(**permutation_key, **secrets, place),
                        false};
  if (auto status = CheckSecrets(*opened.store, *opened.environment, where); !status.ok()) {
    return status;
  }
  return opened;
}

}  // namespace radyab::access

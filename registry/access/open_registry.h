// Opens a registry: the store, the secrets beside it, and on the first start everything a new one
// begins with.
//
//   FOLDER/           0700
//     secrets/        0700, see secrets.h
//     admin.key       0600: the secret of the first admin key, one line
//     data.mdb …      the store's own files (registry/storage/data_folder.h)
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "registry/access/audit_sealer.h"
#include "registry/access/secrets.h"
#include "registry/environment.h"
#include "registry/search/name_indexer.h"
#include "registry/storage/store.h"
#include "registry/storage/store_options.h"

namespace radyab::access {

// Where a registry is. An empty `store_url` means `lmdb:FOLDER`.
struct RegistryPlace {
  std::filesystem::path folder;
  std::string store_url;
  std::int64_t reserved_per_member_max = kReservedPerMemberDefault;
};

// A registry that can be used.
struct OpenedRegistry {
  std::unique_ptr<storage::Store> store;
  std::unique_ptr<const Environment> environment;
  bool created = false;  // by this call
  // Ends before its store; start it with StartSealing.
  std::unique_ptr<AuditSealer> sealer = nullptr;

  // Seals the audit trail from now on. `on_fault`: see AuditSealer.
  void StartSealing(AuditSealer::OnFault on_fault) {
    sealer = std::make_unique<AuditSealer>(*store, *environment, std::move(on_fault));
  }

  // Ends before its store; start it with StartIndexing.
  std::unique_ptr<search::NameIndexer> indexer = nullptr;

  // Carries names into the search index from now on. `on_fault`: see NameIndexer.
  void StartIndexing(search::NameIndexer::OnFault on_fault) {
    indexer = std::make_unique<search::NameIndexer>(*store, *environment, std::move(on_fault));
  }

  // Ends whoever works on the store, then the store itself: what waits is committed and answered,
  // the log is folded. Nobody else may use the registry any more. STORE_FAILED when the store
  // failed, then or before: what was acknowledged is kept in the log. Without it the destructor
  // does the same and tells nothing.
  absl::Status Close();
};

// FAILED_PRECONDITION with plain words for whoever starts the server: the folder is in use, the
// secrets of a store that has rows are missing, a file cannot be written …
//
// A crash while a new registry is made locks nobody out: secrets and admin.key are durable before
// the one transaction that makes the rows, and until that transaction the next start begins anew.
absl::StatusOr<OpenedRegistry> OpenRegistry(const RegistryPlace& place,
                                            const storage::StoreOptions& options);

// The rows of a new registry, in one transaction: its member 0, the permutation key and an admin
// key with this secret (kSecretBytes random bytes). Answers
// the admin key's secret as it is shown; nothing, and nothing is changed, for a store that has
// them.
absl::StatusOr<std::optional<std::string>> MakeRegistryRows(storage::Store& store,
                                                            const Environment& environment,
                                                            const SecretKey& permutation_key,
                                                            std::string_view fresh_admin_secret);

}  // namespace radyab::access

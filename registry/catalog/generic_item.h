// Generic items: what identical goods of several suppliers have in common. A GTIN belongs to its
// generic item for ever; the suppliers' items that bear it are linked to that.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "coding/code.h"
#include "radyab/v1/catalog.pb.h"
#include "registry/catalog/alias_value.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

// Supplier items of one generic item; one more is refused with LIMIT_EXCEEDED. So many are looked
// at when a GTIN is added or ended.
inline constexpr std::size_t kSupplierItemsOfGenericMax = 10'000;

// Lets `item` bear the GTIN: finds or makes the generic item and links the two. ALREADY_EXISTS when
// another item of the same member bears it, or when the item belongs to another generic item.
absl::Status LinkGtin(storage::WriteTransaction& transaction, coding::Code item,
                      const AliasKey& gtin, const v1::Alias& alias);
// The same for a supplier's item that is being registered and is as `row` says: brings `row` up to
// date and puts it. For its first GTIN the item need not have been put before.
absl::Status LinkNewItem(storage::WriteTransaction& transaction, coding::Code item, v1::Item& row,
                         const AliasKey& gtin, const v1::Alias& alias);
// The item no longer bears the GTIN. When no item bears it any more the alias ends, and the generic
// item keeps it for ever. Of a generic item itself it cannot be taken while a supplier's item bears
// it (INVALID_FIELD).
absl::Status UnlinkGtin(storage::WriteTransaction& transaction, coding::Code item,
                        const AliasKey& gtin);
// When `from` is merged into `to`: `to` bears the GTIN instead. It stays with `from` when the two
// belong to different generic items, or when one of them is a generic item itself.
absl::Status MoveGtin(storage::WriteTransaction& transaction, coding::Code from, coding::Code to,
                      const AliasKey& gtin, const v1::Alias& alias);
// The items linked to a generic item, at most `count_max`, in order of code.
absl::StatusOr<std::vector<coding::Code>> SupplierItemsOf(storage::ReadTransaction& transaction,
                                                          coding::Code generic,
                                                          std::size_t count_max);

}  // namespace radyab::catalog

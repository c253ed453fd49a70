#include "registry/upkeep/row_check.h"

#include "registry/storage/key_families.h"
#include "registry/storage/own_rows.h"
#include "registry/upkeep/row_context.h"

namespace radyab::upkeep {

absl::Status CheckRow(storage::ReadTransaction& transaction, std::string_view key,
                      std::string_view value, const RowFault& tell) {
  const keyspace::KeyFamily* family = keyspace::FamilyOf(key);
  if (family == nullptr) {
    tell("its key is of no family");
    return absl::OkStatus();
  }
  if (!keyspace::FitsFamily(key, *family)) {
    tell("its key does not have the parts of its family");
    return absl::OkStatus();
  }
  const auto payload = storage::DecodeRecord(key, value);
  if (!payload.ok()) {
    tell("its checksum does not agree");
    return absl::OkStatus();
  }
  RowContext row{transaction, key, *payload, tell};
  switch (family->number >> 4) {
    case 0x1:
    case 0x2:
      CheckCatalogRow(row);
      break;
    case 0x3:
      CheckPartyRow(row);
      break;
    case 0x4:
      CheckTraceRow(row);
      break;
    case 0x5:
      CheckCaseRow(row);
      break;
    default:
      CheckAccessRow(row);
  }
  return row.fault;
}

}  // namespace radyab::upkeep

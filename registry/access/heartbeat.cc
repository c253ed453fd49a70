#include "registry/access/heartbeat.h"

#include <string>

#include "registry/records/records.pb.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"

namespace radyab::access {
namespace {

// Rows of an ordinary change. A store that has room for one row and for no change of anybody is
// full.
constexpr int kOrdinaryRows = 12;

}  // namespace

absl::Status WriteHeartbeat(storage::WriteTransaction& transaction) {
  records::MetaRecord record;
  record.set_time_us(transaction.record_time_us());
  auto status = storage::PutRow(transaction, keyspace::Meta("heartbeat"), record);
  // Rows that are never there: taking them away asks for room, and uses none.
  for (int row = 1; status.ok() && row < kOrdinaryRows; ++row) {
    status = transaction.Delete(keyspace::Meta("heartbeat " + std::to_string(row)));
  }
  return status;
}

}  // namespace radyab::access

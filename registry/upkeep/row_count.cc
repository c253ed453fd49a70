#include "registry/upkeep/row_count.h"

#include <string>

#include "registry/storage/key_families.h"

namespace radyab::upkeep {
namespace {

// Rows of one snapshot: some milliseconds, so that no page waits long for its next use.
constexpr std::size_t kRowsOfSnapshot = 4'000;

}  // namespace

google::protobuf::RepeatedPtrField<v1::FamilyCount> RowCount::Families() const {
  google::protobuf::RepeatedPtrField<v1::FamilyCount> counts;
  std::uint64_t known = 0;
  const auto add = [&](std::string_view name, std::uint64_t count) {
    if (count == 0) return;
    v1::FamilyCount& family = *counts.Add();
    family.set_family(std::string(name));
    family.set_row_count(static_cast<std::int64_t>(count));
  };
  for (const keyspace::KeyFamily& family : keyspace::KeyFamilies()) {
    add(family.name, families_[family.number]);
    known += families_[family.number];
  }
  add("unknown", total_ - known);
  return counts;
}

absl::Status WalkRows(storage::Store& store,
                      absl::FunctionRef<absl::Status(storage::ReadTransaction&,
                                                     std::string_view key, std::string_view value)>
                          visit,
                      Progress progress) {
  std::string next;
  std::uint64_t total = 0;
  for (bool more = true; more;) {
    more = false;
    auto status = store.Read([&](storage::ReadTransaction& transaction) {
      std::size_t left = kRowsOfSnapshot;
      absl::Status visited;
      auto scanned =
          transaction.Scan({next, ""}, storage::Direction::kForward, storage::kNoRowLimit,
                           [&](std::string_view key, std::string_view value) {
                             if (left == 0) {
                               next = key;
                               more = true;
                               return false;
                             }
                             --left;
                             ++total;
                             visited = visit(transaction, key, value);
                             return visited.ok();
                           });
      return visited.ok() ? scanned : visited;
    });
    if (status.ok()) status = progress(total);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<RowCount> CountRows(storage::Store& store, Progress progress) {
  RowCount count;
  auto status = WalkRows(
      store,
      [&](storage::ReadTransaction&, std::string_view key, std::string_view) {
        count.Add(key);
        return absl::OkStatus();
      },
      progress);
  if (!status.ok()) return status;
  return count;
}

}  // namespace radyab::upkeep

// Rows counted by family.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "radyab/v1/maintenance.pb.h"
#include "registry/storage/store.h"

namespace radyab::upkeep {

// A plain value.
class RowCount {
 public:
  void Add(std::string_view key) {
    ++total_;
    if (!key.empty()) ++families_[static_cast<unsigned char>(key[0])];
  }
  std::uint64_t total() const { return total_; }
  // Those that have rows, in the order of their keys. Keys of no family count as "unknown".
  google::protobuf::RepeatedPtrField<v1::FamilyCount> Families() const;

 private:
  std::uint64_t total_ = 0;
  std::array<std::uint64_t, 256> families_ = {};
};

// Asked now and then how far it is; not OK ends the work with that status.
using Progress = absl::FunctionRef<absl::Status(std::uint64_t row_count)>;

// Walks all rows, a short snapshot for some thousands of them: `visit` sees each once, in order, on
// the snapshot it is of, and rows that change meanwhile before or after their change.
absl::Status WalkRows(storage::Store& store,
                      absl::FunctionRef<absl::Status(storage::ReadTransaction&,
                                                     std::string_view key, std::string_view value)>
                          visit,
                      Progress progress);

absl::StatusOr<RowCount> CountRows(storage::Store& store, Progress progress);

}  // namespace radyab::upkeep

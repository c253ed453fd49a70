// The store of the tests that run one short script again and again, with another fault each time.
#pragma once

#include <chrono>

#include "registry/storage/store_options.h"

namespace radyab::crash {

// Small segments and many folds, so that every kind of call comes often.
inline storage::StoreOptions ScriptOptions() {
  storage::StoreOptions options;
  options.log_segment_bytes = 8 << 10;
  options.fold.age = std::chrono::hours(1);
  options.fold.row_count = 40;
  options.fold.commit_row_count = 25;
  return options;
}

}  // namespace radyab::crash

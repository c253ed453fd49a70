// What is inside a container, at any depth.
#pragma once

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "coding/object_words.h"
#include "registry/storage/store.h"

namespace radyab::trace {

// One thing inside.
struct ContentLine {
  coding::ObjectWord::Type type;
  std::string key;
};

// Visits everything inside, each container before what is in it; a visitor that fails ends it.
// Reads one row a line. RESOURCE_EXHAUSTED (LIMIT_EXCEEDED) above kTraceUnitsMax lines.
absl::Status VisitContents(storage::ReadTransaction& transaction, const std::string& container,
                           absl::FunctionRef<absl::Status(const ContentLine&)> visit);

}  // namespace radyab::trace

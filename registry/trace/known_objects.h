// Whether a caller may know of an object at all. One that he may not know answers like one that was
// never there.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "coding/object_words.h"
#include "registry/storage/store.h"
#include "registry/trace/viewer.h"

namespace radyab::trace {

// An object as a caller named it.
struct NamedObject {
  coding::ObjectWord word;
  std::string name;  // canonical
  std::string key;
};

// How far the search for a member's tie to an object goes: so many index rows, then so many steps
// of its history (StepBudget). Who once carried a thing unopened inside a container, and whose turn
// lies further back, is answered NOT_FOUND.
inline constexpr int kTieStepsMax = 10'000;
inline constexpr int kQuickTieStepsMax = 1'000;  // where an answer must be quick

// Reads an object word; INVALID_ARGUMENT naming `field` for anything but a lot, unit or container
// of an item.
absl::StatusOr<NamedObject> ReadNamedObject(std::string_view text, std::string_view field);

// True when the caller's member owns the item (of a container: packed it first), has an event of
// the object or of a container while the object was inside; of a lot, also when that holds for one
// of its units. By index rows only.
absl::StatusOr<bool> KnowsByIndex(storage::ReadTransaction& transaction, Viewer& viewer,
                                  const NamedObject& object, int steps_max);

// The object for a question about it: NOT_FOUND unless the caller knows it, by index or by history.
absl::StatusOr<NamedObject> ObjectAsked(storage::ReadTransaction& transaction, Viewer& viewer,
                                        std::string_view text, std::string_view field);

}  // namespace radyab::trace

// What can have happened to a text between the label and us, each undone by one function.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coding/scan_payload.h"

namespace radyab::coding {

// One kind of fault. `undo` answers the texts that may have been meant, the likeliest first; none
// when the fault is not in the text. Pure; any thread.
struct RepairKind {
  std::string_view name;  // as in Repair
  std::string_view why;
  std::vector<std::string> (*undo)(std::string_view text) = nullptr;
};

// All kinds but lost separators (element_splits.h), in the order in which they are undone: what
// happened last on the way comes first.
std::span<const RepairKind> RepairKinds();

// The text with GS for what nobody writes into a value: "<GS>", "{FNC1}", "␝" … None when it holds
// none of them.
std::vector<std::string> UndoNamedSeparators(std::string_view text);

}  // namespace radyab::coding

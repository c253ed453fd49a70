// The checks of an event's parts, for event_draft.cc.
#pragma once

#include <string_view>

#include "registry/fault_list.h"
#include "registry/trace/event_draft.h"

namespace radyab::trace {

// Reads the objects of `wanted` into the draft; `draft.event.kind` and the container are set.
void ReadObjects(const v1::Event& wanted, EventDraft& draft, FaultList& faults);

// At most `characters_max` characters of UTF-8 without control characters.
void CheckText(std::string_view text, std::string_view field, std::size_t characters_max,
               FaultList& faults);

}  // namespace radyab::trace

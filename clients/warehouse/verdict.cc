#include "clients/warehouse/verdict.h"

#include <array>
#include <cstddef>

namespace radyab::warehouse {
namespace {

constexpr std::array<std::string_view, 39> kVerdictWords = {"counted",
                                                            "unexpected",
                                                            "double",
                                                            "wrong_lot",
                                                            "wrong_expiry",
                                                            "blocked",
                                                            "expired",
                                                            "too_many",
                                                            "unknown",
                                                            "malformed",
                                                            "ambiguous",
                                                            "no_lot",
                                                            "not_goods",
                                                            "not_begun",
                                                            "party_wanted",
                                                            "container_wanted",
                                                            "not_counted",
                                                            "unit_differs",
                                                            "full",
                                                            "begun",
                                                            "party_set",
                                                            "party_refused",
                                                            "container_set",
                                                            "times_set",
                                                            "times_refused",
                                                            "undone",
                                                            "nothing_to_undo",
                                                            "accepted",
                                                            "accept_refused",
                                                            "remove_next",
                                                            "removed",
                                                            "container_next",
                                                            "bad_command",
                                                            "command_refused",
                                                            "finishing",
                                                            "nothing_counted",
                                                            "missing",
                                                            "event_refused",
                                                            "event_recorded"};
static_assert(static_cast<std::size_t>(VerdictKind::kEventRecorded) + 1 == kVerdictWords.size());

}  // namespace

std::string_view VerdictWord(VerdictKind kind) {
  return kVerdictWords[static_cast<std::size_t>(kind)];
}

bool IsFault(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::kCounted:
    case VerdictKind::kBegun:
    case VerdictKind::kPartySet:
    case VerdictKind::kContainerSet:
    case VerdictKind::kTimesSet:
    case VerdictKind::kUndone:
    case VerdictKind::kAccepted:
    case VerdictKind::kRemoveNext:
    case VerdictKind::kRemoved:
    case VerdictKind::kContainerNext:
    case VerdictKind::kFinishing:
    case VerdictKind::kEventRecorded:
      return false;
    default:
      return true;
  }
}

}  // namespace radyab::warehouse

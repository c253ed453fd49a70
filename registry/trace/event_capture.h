// Takes custody events: checks them against what stands and moves the goods.
#pragma once

#include "absl/status/statusor.h"
#include "radyab/v1/trace.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab::trace {

inline constexpr std::size_t kEventObjectsMax = 1000;
inline constexpr int kContainerDepthMax = 10;

// The stored event and whether it was there before.
struct Captured {
  v1::Event event;
  bool duplicate = false;
};

absl::StatusOr<Captured> CaptureEvent(storage::WriteTransaction& transaction,
                                      const Environment& environment, const access::Caller& caller,
                                      const v1::Event& wanted);

}  // namespace radyab::trace

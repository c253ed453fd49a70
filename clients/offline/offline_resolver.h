// What a scanned text leads to, by the code pack alone.
#pragma once

#include <cstdint>
#include <string_view>

#include "clients/offline/pack_store.h"
#include "coding/civil_date.h"
#include "radyab/v1/resolution.pb.h"

namespace radyab::offline {

// When the question is asked.
struct AskedAt {
  coding::CivilDate today;  // UTC; against it expiry dates are held
  std::int64_t now_us = 0;  // against it the pack's own end is held
};

// Now, by the clock of this machine.
AskedAt AskedNow();

// Any thread.
class OfflineResolver {
 public:
  // `pack`: outlives it.
  explicit OfflineResolver(const PackStore& pack) : pack_(pack) {}

  // The answer that the server gives in BatchResolve, as far as the pack knows: of items and
  // services without attributes, times and etag. A text that leads nowhere has a `refusal`; that of
  // one the server might know (a party, a case, a container, a reserved code, one registered since)
  // has the reason NOT_IN_PACK. The expiry date is that of the text. Refuses with NO_PACK,
  // PACK_EXPIRED, OFFLINE_DAMAGED.
  Answer<v1::Resolution> Resolve(std::string_view text, const AskedAt& asked) const;

 private:
  const PackStore& pack_;
};

}  // namespace radyab::offline

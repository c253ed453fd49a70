#include "registry/access/caller_shown.h"

#include <algorithm>

#include "registry/access/key_registry.h"

namespace radyab::access {

absl::StatusOr<Caller> CallerShown(storage::ReadTransaction& transaction,
                                   const Environment& environment, const Shown& shown,
                                   std::int64_t now_us) {
  Caller bearer;
  if (shown.certificate) {
    auto known = CallerOfCertificate(transaction, *shown.certificate);
    if (!known.ok()) return known.status();
    bearer = *std::move(known);
  }
  if (shown.secret.empty()) return bearer;
  auto caller = CallerOf(transaction, environment, shown.secret, now_us);
  if (!caller.ok()) return caller.status();
  const bool named = !bearer.certificate_name.empty();
  if (named && (bearer.role != caller->role || bearer.member != caller->member)) {
    return BadCertificate("its name " + bearer.certificate_name +
                          " and the API key are of another role or member; send one of the two");
  }
  caller->certificate = bearer.certificate;
  caller->valid_until_us = std::min(caller->valid_until_us, bearer.valid_until_us);
  return caller;
}

}  // namespace radyab::access

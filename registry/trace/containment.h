// Where a thing is when it may be inside containers: the outermost one decides.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "registry/records/records.pb.h"
#include "registry/storage/store.h"
#include "registry/trace/viewer.h"

namespace radyab::trace {

// The standing of a unit or container now.
struct Standing {
  Whereabouts where;
  std::string container;  // object key of the outermost container around it; empty: none
  std::string place;
  std::uint64_t event = 0;  // the last event that changed it or a container around it
  std::int64_t since_us = 0;
};

// Climbs from container to container and remembers the containers it saw. Lives within one
// transaction; one thread.
class Containment {
 public:
  explicit Containment(storage::ReadTransaction& transaction) : transaction_(transaction) {}
  // Of the thing whose record this is.
  absl::StatusOr<Standing> Of(const records::ObjectRecord& record);
  // Of something inside the container `key`: `container` is the outermost, maybe `key` itself.
  absl::StatusOr<Standing> Inside(const std::string& key);

 private:
  absl::StatusOr<Standing> Climb(const std::string& key, int levels_left);

  storage::ReadTransaction& transaction_;
  std::map<std::string, Standing> seen_;
};

}  // namespace radyab::trace

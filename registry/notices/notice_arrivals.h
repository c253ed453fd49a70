// What of a notice has arrived, as the events say.
//
// An arrival is a RECEIVE from the sender by the receiver, a DELIVER to the customer, or, on the
// paper of a supplier, a COMMISSION that names him. It counts for the object it names, once: first
// for the notice whose number its reference is, then for the notices between the same two parties
// in the order in which they were recorded, each until it has all. What is inside a container
// arrives with it. A bare code gets what no notice between the two announces by lot or serial.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "registry/notices/notice_row.h"
#include "registry/storage/store.h"

namespace radyab::notices {

struct ArrivedLines {
  int received = 0;     // all of it came
  int outstanding = 0;  // something is missing
};

// Sets `received` and `outstanding` of every line. Reads an index row or two a line and each event
// once; for a bare code the index of all goods of the item that the receiver ever had.
// LIMIT_EXCEEDED above kArrivalRowsMax rows.
absl::StatusOr<ArrivedLines> AddArrivals(storage::ReadTransaction& transaction,
                                         const FoundNotice& notice,
                                         std::vector<v1::ShippingNoticeLine>& lines);

}  // namespace radyab::notices

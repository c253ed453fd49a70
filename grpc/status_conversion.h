// From a status of ours to what the wire carries: the one place where that is done.
//
// A refusal with a Reason becomes its canonical code, its message and, in
// `grpc-status-details-bin`, a google.rpc.Status with ErrorInfo, BadRequest for the fields at fault
// and RetryInfo when trying again helps. A status without a Reason is a bug of ours: it is logged
// in full and sent as INTERNAL without its text.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/support/status.h"
#include "radyab/v1/import.pb.h"
#include "registry/reason.h"

namespace radyab::rpc {

inline constexpr std::size_t kFieldViolationsMax = 20;
// Message and details travel in headers, and clients refuse headers of more than 8 KiB in all. What
// counts is the encoded form: percent signs make three bytes of each that is no ASCII letter of the
// message, base64 makes four of three of the details.
inline constexpr std::size_t kEncodedBytesMax = 7'680;
inline constexpr std::size_t kMessageEncodedBytesMax = 1'800;
inline constexpr std::size_t kDetailsBytesMax = 4'096;
static_assert(kMessageEncodedBytesMax + (kDetailsBytesMax + 2) / 3 * 4 <= kEncodedBytesMax);
// What RetryInfo says where the refusal does not know better (kRetryAfterMsName), and at most.
inline constexpr int kRetryDelayMs = 100;
inline constexpr int kRetryDelayMsMax = 60'000;

// `request` is the type of the request, or null: field paths of a refusal are completed to paths of
// the request
// ("display_name.fa" of a CreateItemRequest is "item.display_name.fa").
grpc::Status ToGrpcStatus(const absl::Status& status, const google::protobuf::Descriptor* request);

// The faults of one row of an import, at most kFieldViolationsMax.
std::vector<v1::RowFault> ToRowFaults(const absl::Status& status,
                                      const google::protobuf::Descriptor* row);

// The path of `field` in a message of type `request`: as it is when it begins with a field of the
// request, else below the one message of the request that has it.
std::string PlaceInRequest(std::string_view field, const google::protobuf::Descriptor* request);

// Whether the store or we are at fault, not this one request: an import ends with it, where a
// refusal would only be the verdict of its row.
bool IsStoreFault(const absl::Status& status);

}  // namespace radyab::rpc

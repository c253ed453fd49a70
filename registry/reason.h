// Why the registry refused: one list of reasons, carried inside absl::Status from the layer that
// knows.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "coding/refusal.h"

namespace radyab {

// Sent to clients as google.rpc.ErrorInfo.reason (`ReasonName`), documented in docs/errors.md. New
// ones are added at the end.
enum class Reason {
  // What the caller sent.
  kInvalidField,      // a field's value breaks its rule (with a field fault)
  kInvalidCode,       // a text that is no code of ours
  kMissingField,      // a field that must be given
  kUnknownField,      // an update mask path that names no field that may be changed
  kInvalidPageToken,  // a page token that is broken or of another list
  kMessageTooLarge,   // above the announced limit
  // Who asks.
  kNoKey,           // an API key is needed and none was given
  kWrongKey,        // a key that opens nothing, or a revoked one
  kRoleNotAllowed,  // the key's role may not call this method
  // What stands.
  kNotFound,           // missing, or not the caller's to see: both answer the same
  kAlreadyExists,      // the name, alias or number is taken
  kRequestIdReused,    // the request_id was used with another body
  kStaleEtag,          // somebody changed the resource meanwhile
  kUnknownClass,       // no such class
  kMissingAttribute,   // an attribute the class requires
  kUnknownAttribute,   // an attribute the class does not have
  kWrongAttribute,     // an attribute's value, unit or type is not what the class wants
  kIllegalTransition,  // a life or case state that cannot follow the present one
  kInvalidSuccessor,   // a successor that is missing, itself, not active, of another kind, or too
                       // far
  kNotActive,          // the code is suspended, retired, merged, duplicate or annulled
  kMissingGs1Prefix,   // the member has no GS1 company prefix
  kNumbersExhausted,   // no block, counter or SSCC serial is left
  kImpossibleMove,     // goods that are not there, are inside something, or belong to another
  // The store.
  kWriteQueueFull,  // too many changes wait; try again later
  kStoreFull,       // the soft limit of the data file is reached
  kStoreClosed,     // the server is going down
  kStoreFailed,     // the disk refused; the server stops
  kCorruptRecord,   // a checksum or structure does not agree
  kLimitExceeded,   // a named, announced limit (rows of a call, entries of a list …)
  kLogHole,         // the log lost a change it had acknowledged
  // The server.
  kTooManyCalls,    // as many reads or imports run as are taken at a time; try again later
  kDeadlinePassed,  // the call's deadline passed before its change began: nothing was done
  kCallCancelled,   // the caller went away before his change began: nothing was done
  // Who asks, by the certificate of the connection.
  kBadCertificate,  // expired, denied, of another authority, misnamed, or at odds with the key
  // What stands, further.
  kNotReserved,             // a code that is not, or no longer, reserved for this member
  kConflictingIdentifiers,  // two parties to be merged bear identifiers that one cannot both have
  kSimilarExists,           // an item like it stands, and the caller asked for a refusal
  kNotMerged,               // a merge to be taken back that does not stand
};

// Stable upper-case name, for example "STALE_ETAG".
std::string_view ReasonName(Reason reason);

// In the metadata of refusals that time mends: how long to wait before trying again, milliseconds.
inline constexpr char kRetryAfterMsName[] = "retry_after_ms";

// One field of the request that broke its rule. `field` is the path in the request
// ("item.attributes[2].unit").
struct FieldFault {
  std::string field;
  std::string description;
};

// What a Status of ours carries beside its code and message.
struct ReasonDetail {
  Reason reason = Reason::kInvalidField;
  std::map<std::string, std::string> metadata;  // never personal values
  std::vector<FieldFault> fields;
};

// A refusal with its reason. `message` names value, place and what was wanted.
absl::Status Refuse(absl::StatusCode code, Reason reason, std::string_view message,
                    std::map<std::string, std::string> metadata = {});
// INVALID_ARGUMENT for one field. `reason` defaults to kInvalidField.
absl::Status RefuseField(std::string_view field, std::string_view description,
                         Reason reason = Reason::kInvalidField);
// INVALID_ARGUMENT for several fields at once; `faults` is not empty. Reason and metadata are those
// of the first.
absl::Status RefuseFields(std::vector<FieldFault> faults, Reason reason = Reason::kInvalidField,
                          std::map<std::string, std::string> metadata = {});
// INVALID_ARGUMENT for a text that coding refused: field, place, length and coding reason go along
// (metadata keys: "refusal", "at", "length").
absl::Status RefuseText(std::string_view field, const coding::Refusal& refusal,
                        Reason reason = Reason::kInvalidField);
// NOT_FOUND, the same for a missing and a foreign thing. `resource` as the caller named it.
absl::Status NotFound(std::string_view resource);

// The detail, or nothing when the status bears none (then it is our bug).
std::optional<ReasonDetail> ReasonOf(const absl::Status& status);

// The same refusal one level down: puts `prefix` before every field path ("item." +
// "aliases[0].value").
absl::Status WithFieldPrefix(const absl::Status& status, std::string_view prefix);
// The same refusal with one fact more for programs.
absl::Status WithMetadata(const absl::Status& status, const std::string& name,
                          std::string_view value);

}  // namespace radyab

#include "registry/reason.h"

#include <array>
#include <utility>

#include "absl/strings/cord.h"
#include "coding/absl_text.h"
#include "registry/storage/ordered_key.h"

namespace radyab {
namespace {

constexpr char kPayloadUrl[] = "radyab.reason";

struct ReasonRow {
  Reason reason;
  std::string_view name;
};

constexpr std::array kReasons = {
    ReasonRow{Reason::kInvalidField, "INVALID_FIELD"},
    ReasonRow{Reason::kInvalidCode, "INVALID_CODE"},
    ReasonRow{Reason::kMissingField, "MISSING_FIELD"},
    ReasonRow{Reason::kUnknownField, "UNKNOWN_FIELD"},
    ReasonRow{Reason::kInvalidPageToken, "INVALID_PAGE_TOKEN"},
    ReasonRow{Reason::kMessageTooLarge, "MESSAGE_TOO_LARGE"},
    ReasonRow{Reason::kNoKey, "NO_KEY"},
    ReasonRow{Reason::kWrongKey, "WRONG_KEY"},
    ReasonRow{Reason::kRoleNotAllowed, "ROLE_NOT_ALLOWED"},
    ReasonRow{Reason::kNotFound, "NOT_FOUND"},
    ReasonRow{Reason::kAlreadyExists, "ALREADY_EXISTS"},
    ReasonRow{Reason::kRequestIdReused, "REQUEST_ID_REUSED"},
    ReasonRow{Reason::kStaleEtag, "STALE_ETAG"},
    ReasonRow{Reason::kUnknownClass, "UNKNOWN_CLASS"},
    ReasonRow{Reason::kMissingAttribute, "MISSING_ATTRIBUTE"},
    ReasonRow{Reason::kUnknownAttribute, "UNKNOWN_ATTRIBUTE"},
    ReasonRow{Reason::kWrongAttribute, "WRONG_ATTRIBUTE"},
    ReasonRow{Reason::kIllegalTransition, "ILLEGAL_TRANSITION"},
    ReasonRow{Reason::kInvalidSuccessor, "INVALID_SUCCESSOR"},
    ReasonRow{Reason::kNotActive, "NOT_ACTIVE"},
    ReasonRow{Reason::kMissingGs1Prefix, "MISSING_GS1_PREFIX"},
    ReasonRow{Reason::kNumbersExhausted, "NUMBERS_EXHAUSTED"},
    ReasonRow{Reason::kImpossibleMove, "IMPOSSIBLE_MOVE"},
    ReasonRow{Reason::kWriteQueueFull, "WRITE_QUEUE_FULL"},
    ReasonRow{Reason::kStoreFull, "STORE_FULL"},
    ReasonRow{Reason::kStoreClosed, "STORE_CLOSED"},
    ReasonRow{Reason::kStoreFailed, "STORE_FAILED"},
    ReasonRow{Reason::kCorruptRecord, "CORRUPT_RECORD"},
    ReasonRow{Reason::kLimitExceeded, "LIMIT_EXCEEDED"},
    ReasonRow{Reason::kLogHole, "LOG_HOLE"},
    ReasonRow{Reason::kTooManyCalls, "TOO_MANY_CALLS"},
    ReasonRow{Reason::kDeadlinePassed, "DEADLINE_PASSED"},
    ReasonRow{Reason::kCallCancelled, "CALL_CANCELLED"},
    ReasonRow{Reason::kBadCertificate, "BAD_CERTIFICATE"},
    ReasonRow{Reason::kNotReserved, "NOT_RESERVED"},
    ReasonRow{Reason::kConflictingIdentifiers, "CONFLICTING_IDENTIFIERS"},
    ReasonRow{Reason::kSimilarExists, "SIMILAR_EXISTS"},
    ReasonRow{Reason::kNotMerged, "NOT_MERGED"},
};

// The detail as length-escaped texts: reason, count and pairs of metadata, count and pairs of
// fields.
std::string Pack(const ReasonDetail& detail) {
  storage::OrderedKey packed(static_cast<std::uint8_t>(detail.reason));
  packed.U32(static_cast<std::uint32_t>(detail.metadata.size()));
  for (const auto& [name, value] : detail.metadata) packed.Text(name).Text(value);
  packed.U32(static_cast<std::uint32_t>(detail.fields.size()));
  for (const FieldFault& fault : detail.fields) packed.Text(fault.field).Text(fault.description);
  return packed;
}

ReasonDetail Unpack(std::string_view packed) {
  storage::OrderedKeyReader reader(packed);
  ReasonDetail detail;
  detail.reason = static_cast<Reason>(reader.U8());
  for (std::uint32_t left = reader.U32(); left > 0 && reader.ok(); --left) {
    std::string name = reader.Text();
    detail.metadata[name] = reader.Text();
  }
  for (std::uint32_t left = reader.U32(); left > 0 && reader.ok(); --left) {
    std::string field = reader.Text();
    detail.fields.push_back({std::move(field), reader.Text()});
  }
  return detail;
}

absl::Status WithDetail(absl::StatusCode code, std::string_view message,
                        const ReasonDetail& detail) {
  absl::Status status(code, AbslText(message));
  status.SetPayload(kPayloadUrl, absl::Cord(Pack(detail)));
  return status;
}

std::string Joined(const std::vector<FieldFault>& faults) {
  std::string text;
  for (const FieldFault& fault : faults) {
    if (!text.empty()) text += "; ";
    text += fault.field + ": " + fault.description;
  }
  return text;
}

}  // namespace

std::string_view ReasonName(Reason reason) {
  for (const ReasonRow& row : kReasons) {
    if (row.reason == reason) return row.name;
  }
  return "REASON_UNKNOWN";
}

absl::Status Refuse(absl::StatusCode code, Reason reason, std::string_view message,
                    std::map<std::string, std::string> metadata) {
  return WithDetail(code, message, {reason, std::move(metadata), {}});
}

absl::Status RefuseField(std::string_view field, std::string_view description, Reason reason) {
  const FieldFault fault{std::string(field), std::string(description)};
  return WithDetail(absl::StatusCode::kInvalidArgument, Joined({fault}), {reason, {}, {fault}});
}

absl::Status RefuseFields(std::vector<FieldFault> faults, Reason reason,
                          std::map<std::string, std::string> metadata) {
  const std::string message = Joined(faults);
  return WithDetail(absl::StatusCode::kInvalidArgument, message,
                    {reason, std::move(metadata), std::move(faults)});
}

absl::Status RefuseText(std::string_view field, const coding::Refusal& refusal, Reason reason) {
  ReasonDetail detail{reason,
                      {{"refusal", std::string(coding::RefusalReasonName(refusal.reason))},
                       {"at", std::to_string(refusal.at)},
                       {"length", std::to_string(refusal.length)}},
                      {{std::string(field), refusal.message}}};
  return WithDetail(absl::StatusCode::kInvalidArgument, Joined(detail.fields), detail);
}

absl::Status NotFound(std::string_view resource) {
  return Refuse(absl::StatusCode::kNotFound, Reason::kNotFound,
                std::string(resource) + ": not found");
}

std::optional<ReasonDetail> ReasonOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayloadUrl);
  if (!payload.has_value()) return std::nullopt;
  return Unpack(std::string(*payload));
}

absl::Status WithFieldPrefix(const absl::Status& status, std::string_view prefix) {
  auto detail = ReasonOf(status);
  if (!detail || detail->fields.empty()) return status;
  for (FieldFault& fault : detail->fields) fault.field.insert(0, prefix);
  return WithDetail(status.code(), Joined(detail->fields), *detail);
}

absl::Status WithMetadata(const absl::Status& status, const std::string& name,
                          std::string_view value) {
  auto detail = ReasonOf(status);
  if (!detail) return status;
  detail->metadata[name] = std::string(value);
  return WithDetail(status.code(), StdText(status.message()), *detail);
}

}  // namespace radyab

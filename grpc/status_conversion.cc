#include "grpc/status_conversion.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include "coding/absl_text.h"
#include "coding/utf8_reader.h"
#include "google/protobuf/any.pb.h"
#include "grpc/event_log.h"
#include "radyab/error/v1/error_details.pb.h"

namespace radyab::rpc {
namespace {

constexpr std::string_view kTypeUrl = "type.googleapis.com/google.rpc.";
constexpr std::string_view kDomain = "radyab";
constexpr std::size_t kMessageBytesShown = 700;
constexpr std::size_t kDescriptionBytesShown = 300;
constexpr std::size_t kMetadataBytesShown = 200;

// The bytes of a text in the header grpc-message (percent-encoded, gRPC over HTTP/2).
std::size_t EncodedBytes(std::string_view text) {
  return text.size() + 2 * static_cast<std::size_t>(std::ranges::count_if(
                               text, [](char c) { return c < ' ' || c > '~' || c == '%'; }));
}

// At most `bytes_max` bytes, encoded at most `encoded_max`, and the three of the mark that more was
// there; whole characters only, and nothing that is not UTF-8.
std::string Shown(std::string_view text, std::size_t bytes_max,
                  std::size_t encoded_max = std::numeric_limits<std::size_t>::max()) {
  std::string shown;
  std::size_t encoded = 0;
  for (std::size_t at = 0; at < text.size();) {
    const coding::Utf8Character character = coding::ReadUtf8(text, at);
    encoded += EncodedBytes(text.substr(at, character.bytes));
    if (shown.size() + character.bytes > bytes_max || encoded > encoded_max) return shown + "…";
    if (character.valid) {
      shown.append(text.substr(at, character.bytes));
    } else {
      shown += '?';
    }
    at += character.bytes;
  }
  return shown;
}

template <class Detail>
void AddDetail(error::v1::Status& status, std::string_view name, const Detail& detail) {
  google::protobuf::Any& any = *status.add_details();
  any.set_type_url(std::string(kTypeUrl) + std::string(name));
  any.set_value(detail.SerializeAsString());
}

std::string MessageOf(const absl::Status& status, const ReasonDetail& detail,
                      const google::protobuf::Descriptor* request) {
  constexpr std::size_t kEncodedShown = kMessageEncodedBytesMax - 9;  // without the mark
  if (detail.fields.empty()) {
    return Shown(StdText(status.message()), kMessageBytesShown, kEncodedShown);
  }
  std::string text;
  for (const FieldFault& fault : detail.fields) {
    if (!text.empty()) text += "; ";
    text += PlaceInRequest(fault.field, request) + ": " + fault.description;
  }
  return Shown(text, kMessageBytesShown, kEncodedShown);
}

// The faults that fit into `bytes_max`, the first one in any case.
error::v1::BadRequest ViolationsOf(const ReasonDetail& detail,
                                   const google::protobuf::Descriptor* request,
                                   std::size_t bytes_max) {
  constexpr std::size_t kBytesAround = 12;  // tags and lengths of one violation
  error::v1::BadRequest bad_request;
  std::size_t bytes = 0;
  for (const FieldFault& fault : detail.fields) {
    const std::string field = Shown(PlaceInRequest(fault.field, request), kMetadataBytesShown);
    const std::string description = Shown(fault.description, kDescriptionBytesShown);
    bytes += field.size() + description.size() + kBytesAround;
    const auto count = static_cast<std::size_t>(bad_request.field_violations_size());
    if (count > 0 && (count == kFieldViolationsMax || bytes > bytes_max)) break;
    auto* violation = bad_request.add_field_violations();
    violation->set_field(field);
    violation->set_description(description);
  }
  return bad_request;
}

error::v1::ErrorInfo InfoOf(const ReasonDetail& detail) {
  error::v1::ErrorInfo info;
  info.set_reason(std::string(ReasonName(detail.reason)));
  info.set_domain(std::string(kDomain));
  constexpr std::size_t kBytesAround = 8;  // tags and lengths of one entry
  std::size_t bytes = 0;
  for (const auto& [name, value] : detail.metadata) {
    const std::string shown = Shown(value, kMetadataBytesShown);
    bytes += name.size() + shown.size() + kBytesAround;
    if (bytes > kDetailsBytesMax / 4) break;
    (*info.mutable_metadata())[name] = shown;
  }
  return info;
}

bool MayBeTriedAgain(Reason reason) {
  return reason == Reason::kWriteQueueFull || reason == Reason::kStoreClosed ||
         reason == Reason::kTooManyCalls;
}

error::v1::RetryInfo RetryOf(const ReasonDetail& detail) {
  int delay_ms = kRetryDelayMs;
  if (const auto found = detail.metadata.find(kRetryAfterMsName); found != detail.metadata.end()) {
    const std::string& text = found->second;
    std::from_chars(text.data(), text.data() + text.size(), delay_ms);
  }
  delay_ms = std::clamp(delay_ms, 0, kRetryDelayMsMax);
  error::v1::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(delay_ms / 1000);
  retry.mutable_retry_delay()->set_nanos(delay_ms % 1000 * 1'000'000);
  return retry;
}

// Nothing a client sent is at fault: a record that does not agree, a disk, a bug.
bool IsOurFault(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kDataLoss;
}

grpc::StatusCode GrpcCode(absl::StatusCode code) { return static_cast<grpc::StatusCode>(code); }

void Log(const absl::Status& status, std::string_view what) {
  LogEvent(spdlog::level::err, "fault", {{"what", what}, {"message", status.ToString()}});
}

}  // namespace

std::string PlaceInRequest(std::string_view field, const google::protobuf::Descriptor* request) {
  if (request == nullptr || field.empty()) return std::string(field);
  const std::string first(field.substr(0, field.find_first_of(".[")));
  if (request->FindFieldByName(first) != nullptr) return std::string(field);
  for (int index = 0; index < request->field_count(); ++index) {
    const google::protobuf::FieldDescriptor& part = *request->field(index);
    if (part.message_type() == nullptr || part.is_repeated()) continue;
    if (part.message_type()->FindFieldByName(first) != nullptr) {
      return part.name() + "." + std::string(field);
    }
  }
  return std::string(field);
}

grpc::Status ToGrpcStatus(const absl::Status& status, const google::protobuf::Descriptor* request) {
  if (status.ok()) return grpc::Status::OK;
  const std::optional<ReasonDetail> detail = ReasonOf(status);
  if (!detail) {
    Log(status, "a status without a reason");
    return {grpc::StatusCode::INTERNAL, "internal error; the server's log has the details"};
  }
  if (IsOurFault(status.code())) Log(status, ReasonName(detail->reason));
  const std::string message = MessageOf(status, *detail, request);
  error::v1::Status wire;
  wire.set_code(static_cast<int>(status.code()));
  wire.set_message(message);
  AddDetail(wire, "ErrorInfo", InfoOf(*detail));
  if (!detail->fields.empty()) {
    constexpr std::size_t kBytesAround = 150;  // of this detail, and RetryInfo
    const std::size_t bytes_max = kDetailsBytesMax - wire.ByteSizeLong() - kBytesAround;
    AddDetail(wire, "BadRequest", ViolationsOf(*detail, request, bytes_max));
  }
  if (MayBeTriedAgain(detail->reason)) {
    AddDetail(wire, "RetryInfo", RetryOf(*detail));
  }
  return {GrpcCode(status.code()), message, wire.SerializeAsString()};
}

std::vector<v1::RowFault> ToRowFaults(const absl::Status& status,
                                      const google::protobuf::Descriptor* row) {
  std::vector<v1::RowFault> faults;
  const std::optional<ReasonDetail> detail = ReasonOf(status);
  if (!detail) {
    Log(status, "a row refused without a reason");
    faults.emplace_back().set_reason("INTERNAL");
    faults.back().set_description("internal error; the server's log has the details");
    return faults;
  }
  if (IsOurFault(status.code())) Log(status, "a row met a fault of ours");
  const std::string reason(ReasonName(detail->reason));
  for (const FieldFault& fault : detail->fields) {
    if (faults.size() == kFieldViolationsMax) break;
    v1::RowFault& row_fault = faults.emplace_back();
    row_fault.set_reason(reason);
    row_fault.set_field(Shown(PlaceInRequest(fault.field, row), kMetadataBytesShown));
    row_fault.set_description(Shown(fault.description, kDescriptionBytesShown));
  }
  if (faults.empty()) {
    faults.emplace_back().set_reason(reason);
    faults.back().set_description(Shown(StdText(status.message()), kMessageBytesShown));
  }
  return faults;
}

bool IsStoreFault(const absl::Status& status) {
  if (IsOurFault(status.code())) return true;
  const std::optional<ReasonDetail> detail = ReasonOf(status);
  return detail && (MayBeTriedAgain(detail->reason) || detail->reason == Reason::kStoreFull);
}

}  // namespace radyab::rpc

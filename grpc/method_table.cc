#include "grpc/method_table.h"

#include <algorithm>

#include "grpc/page_token.h"

namespace radyab::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

}  // namespace

// The method of the request's file that takes `request` and answers `response` in this shape.
const MethodDescriptor* MethodTable::FindMethod(const Descriptor& request,
                                                const Descriptor& response, Shape shape) {
  const FileDescriptor& file = *request.file();
  for (int at = 0; at < file.service_count(); ++at) {
    const ServiceDescriptor& service = *file.service(at);
    for (int index = 0; index < service.method_count(); ++index) {
      const MethodDescriptor& method = *service.method(index);
      const bool streams = shape == Shape::kStreams;
      if (method.input_type() == &request && method.output_type() == &response &&
          method.client_streaming() == streams &&
          (method.server_streaming() == streams || shape == Shape::kWork)) {
        return &method;
      }
    }
  }
  return nullptr;
}

Method* MethodTable::AddFor(const google::protobuf::Message& request, const Descriptor& response,
                            Shape shape) {
  const MethodDescriptor* found = FindMethod(*request.GetDescriptor(), response, shape);
  if (found == nullptr) {
    fault_ =
        absl::FailedPreconditionError("no method takes " + request.GetDescriptor()->full_name() +
                                      " and answers " + response.full_name());
    return nullptr;
  }
  auto rule = RuleOf(*found);
  if (!rule.ok()) {
    fault_ = rule.status();
    return nullptr;
  }
  auto [place, added] = methods_.try_emplace(found->full_name());
  if (!added) {
    fault_ = absl::FailedPreconditionError(found->full_name() + " has two handlers");
    return nullptr;
  }
  if (std::ranges::find(services_, found->service()) == services_.end()) {
    services_.push_back(found->service());
  }
  Method& method = place->second;
  method.descriptor = found;
  method.rule = *std::move(rule);
  method.request = &request;
  method.asks_for_page = AsksForPage(*request.GetDescriptor());
  return &method;
}

absl::Status MethodTable::CheckComplete() const {
  if (!fault_.ok()) return fault_;
  for (const ServiceDescriptor* service : services_) {
    for (int index = 0; index < service->method_count(); ++index) {
      const MethodDescriptor& method = *service->method(index);
      if (auto rule = RuleOf(method); !rule.ok()) return rule.status();
      if (!methods_.contains(method.full_name())) {
        return absl::FailedPreconditionError(method.full_name() + " has no handler");
      }
    }
  }
  return absl::OkStatus();
}

std::vector<const ServiceDescriptor*> MethodTable::services() const { return services_; }

const Method& MethodTable::Of(const MethodDescriptor& method) const {
  return methods_.at(method.full_name());
}

}  // namespace radyab::rpc

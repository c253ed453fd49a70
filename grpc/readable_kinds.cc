#include "grpc/readable_kinds.h"

#include "grpc/method_rule.h"
#include "radyab/v1/case_service.pb.h"
#include "radyab/v1/party_service.pb.h"
#include "radyab/v1/trace_service.pb.h"

namespace radyab::rpc {
namespace {

// The rule of the method that takes `request`; one that allows nobody when there is none.
MethodRule RuleOfReader(const google::protobuf::Descriptor& request) {
  for (int at = 0; at < request.file()->service_count(); ++at) {
    const auto& service = *request.file()->service(at);
    for (int index = 0; index < service.method_count(); ++index) {
      if (service.method(index)->input_type() != &request) continue;
      return RuleOf(*service.method(index)).value_or(MethodRule());
    }
  }
  return {};
}

}  // namespace

ReadableKinds ReadableBy(v1::Role role) {
  static const MethodRule parties = RuleOfReader(*v1::GetPartyRequest::descriptor());
  static const MethodRule cases = RuleOfReader(*v1::GetCaseRequest::descriptor());
  static const MethodRule trace = RuleOfReader(*v1::GetCustodyRequest::descriptor());
  return {parties.Allows(role), cases.Allows(role), trace.Allows(role)};
}

}  // namespace radyab::rpc

// One service of the API as gRPC sees it, made from its descriptor and the method table.
//
// Its methods take and give bytes: a request that cannot be read is refused by us, with the place
// of the fault, where gRPC would say UNIMPLEMENTED without a word; and every request enters through
// a call helper, whatever its handler.
#pragma once

#include <list>
#include <string>

#include "google/protobuf/descriptor.h"
#include "grpc/method_table.h"
#include "grpc/serving.h"
#include "grpcpp/impl/service_type.h"

namespace radyab::rpc {

// `serving` and `methods` outlive it; `methods` is complete.
class DescribedService final : public grpc::Service {
 public:
  DescribedService(const google::protobuf::ServiceDescriptor& service, const Serving& serving,
                   const MethodTable& methods);

 private:
  std::list<std::string> paths_;  // "/radyab.v1.CodeService/Check": gRPC keeps pointers to them
};

}  // namespace radyab::rpc

// What does not fit its class: radyab.v1.ClassFitService.
#pragma once

#include <memory>

#include "clients/cpp/connection.h"
#include "clients/cpp/page_range.h"
#include "radyab/v1/class_fit_service.pb.h"

namespace radyab::client {

// Refusals and fields stand in radyab/v1/class_fit_service.proto. Any thread.
class ClassFitClient {
 public:
  explicit ClassFitClient(std::shared_ptr<const Connection> connection);

  PageRange<v1::ClassMisfit> ListClassMisfits(const v1::ListClassMisfitsRequest& request) const;

 private:
  struct Stub;
  std::shared_ptr<const Connection> connection_;
  std::shared_ptr<Stub> stub_;
};

}  // namespace radyab::client

// The class tree: radyab.v1.ClassService.
#pragma once

#include <memory>

#include "clients/cpp/client_error.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/page_range.h"
#include "radyab/v1/class_service.pb.h"

namespace radyab::client {

// Refusals and fields stand in radyab/v1/class_service.proto. Any thread.
class ClassClient {
 public:
  explicit ClassClient(std::shared_ptr<const Connection> connection);

  Answer<v1::Class> CreateClass(const v1::CreateClassRequest& request) const;
  Answer<v1::Class> GetClass(const v1::GetClassRequest& request) const;
  PageRange<v1::Class> ListClasses(const v1::ListClassesRequest& request) const;
  Answer<v1::Class> UpdateClass(const v1::UpdateClassRequest& request) const;

 private:
  struct Stub;
  std::shared_ptr<const Connection> connection_;
  std::shared_ptr<Stub> stub_;
};

}  // namespace radyab::client

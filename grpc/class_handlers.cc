#include "grpc/handlers.h"
#include "grpc/page_answer.h"
#include "radyab/v1/class_service.pb.h"
#include "registry/catalog/class_tree.h"

namespace radyab::rpc {
namespace {

absl::StatusOr<Changed<v1::Class>> CreateClass(const WriteCall& call,
                                               const v1::CreateClassRequest& request) {
  return ChangedItself(catalog::CreateClass(call.transaction, request.class_node()));
}

absl::StatusOr<v1::Class> GetClass(const ReadCall& call, const v1::GetClassRequest& request) {
  return catalog::GetClass(call.transaction, request.name(), request.version());
}

absl::StatusOr<v1::ListClassesResponse> ListClasses(const ReadCall& call,
                                                    const v1::ListClassesRequest& request) {
  auto page = catalog::ListClasses(call.transaction, request.parent(), call.page);
  if (!page.ok()) return page.status();
  v1::ListClassesResponse answer;
  FillPage(call, *std::move(page), *answer.mutable_classes(), answer);
  return answer;
}

absl::StatusOr<Changed<v1::Class>> UpdateClass(const WriteCall& call,
                                               const v1::UpdateClassRequest& request) {
  return ChangedItself(catalog::UpdateClass(call.transaction, request.class_node(), call.fields));
}

}  // namespace

void AddClassMethods(MethodTable& methods) {
  methods.Write(&CreateClass);
  methods.Read(&GetClass);
  methods.Read(&ListClasses);
  methods.Update(&UpdateClass,
                 {"display_name", "display_name.fa", "display_name.en", "attributes",
                  "name_pattern", "name_pattern.fa", "name_pattern.en", "cross_references"});
}

}  // namespace radyab::rpc

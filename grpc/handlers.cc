#include "grpc/handlers.h"

namespace radyab::rpc {

MethodTable AllMethods() {
  MethodTable methods;
  AddMemberMethods(methods);
  AddClassMethods(methods);
  AddClassFitMethods(methods);
  AddCatalogMethods(methods);
  AddPartyMethods(methods);
  AddAliasConflictMethods(methods);
  AddAuthenticityMethods(methods);
  AddLinkageMethods(methods);
  AddCodeMethods(methods);
  AddSearchMethods(methods);
  AddTraceMethods(methods);
  AddNoticeMethods(methods);
  AddCaseMethods(methods);
  AddAdminMethods(methods);
  AddMaintenanceMethods(methods);
  AddExportMethods(methods);
  AddPackMethods(methods);
  return methods;
}

}  // namespace radyab::rpc

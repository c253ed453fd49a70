// The handlers of each service, one file a service (member_handlers.cc …).
#pragma once

#include "grpc/method_table.h"

namespace radyab::rpc {

void AddMemberMethods(MethodTable& methods);
void AddClassMethods(MethodTable& methods);
void AddClassFitMethods(MethodTable& methods);
void AddCatalogMethods(MethodTable& methods);
void AddAliasConflictMethods(MethodTable& methods);
void AddAuthenticityMethods(MethodTable& methods);
void AddPartyMethods(MethodTable& methods);
void AddLinkageMethods(MethodTable& methods);
void AddCodeMethods(MethodTable& methods);
void AddSearchMethods(MethodTable& methods);
void AddTraceMethods(MethodTable& methods);
void AddNoticeMethods(MethodTable& methods);
void AddCaseMethods(MethodTable& methods);
void AddAdminMethods(MethodTable& methods);
void AddMaintenanceMethods(MethodTable& methods);
void AddExportMethods(MethodTable& methods);
void AddPackMethods(MethodTable& methods);

// All of the above.
MethodTable AllMethods();

}  // namespace radyab::rpc

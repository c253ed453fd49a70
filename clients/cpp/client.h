// All services of one server. Include a single *_client.h instead where one is enough: it compiles
// sooner.
#pragma once

#include <memory>
#include <utility>

#include "clients/cpp/admin_client.h"
#include "clients/cpp/alias_conflict_client.h"
#include "clients/cpp/authenticity_client.h"
#include "clients/cpp/case_client.h"
#include "clients/cpp/catalog_client.h"
#include "clients/cpp/class_client.h"
#include "clients/cpp/class_fit_client.h"
#include "clients/cpp/code_client.h"
#include "clients/cpp/code_pack_client.h"
#include "clients/cpp/export_client.h"
#include "clients/cpp/linkage_client.h"
#include "clients/cpp/maintenance_client.h"
#include "clients/cpp/member_client.h"
#include "clients/cpp/notice_client.h"
#include "clients/cpp/party_client.h"
#include "clients/cpp/search_client.h"
#include "clients/cpp/trace_client.h"

namespace radyab::client {

// Copies share the connection. Any thread.
class Client {
 public:
  // See Connection::Open.
  static Answer<Client> Open(ConnectionOptions options) {
    auto connection = Connection::Open(std::move(options));
    if (!connection) return connection.error();
    return Client(*connection);
  }

  explicit Client(const std::shared_ptr<const Connection>& connection)
      : members(connection),
        classes(connection),
        class_fit(connection),
        catalog(connection),
        alias_conflicts(connection),
        authenticity(connection),
        parties(connection),
        linkage(connection),
        codes(connection),
        search(connection),
        trace(connection),
        notices(connection),
        cases(connection),
        admin(connection),
        maintenance(connection),
        exports(connection),
        packs(connection) {}

  MemberClient members;
  ClassClient classes;
  ClassFitClient class_fit;
  CatalogClient catalog;
  AliasConflictClient alias_conflicts;
  AuthenticityClient authenticity;
  PartyClient parties;
  LinkageClient linkage;
  CodeClient codes;
  SearchClient search;
  TraceClient trace;
  NoticeClient notices;
  CaseClient cases;
  AdminClient admin;
  MaintenanceClient maintenance;
  ExportClient exports;
  CodePackClient packs;
};

}  // namespace radyab::client

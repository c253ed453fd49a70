// A server in this process whose answers the test writes.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "clients/cpp/connection.h"
#include "radyab/v1/admin_service.grpc.pb.h"
#include "radyab/v1/case_service.grpc.pb.h"
#include "radyab/v1/catalog_service.grpc.pb.h"
#include "radyab/v1/code_service.grpc.pb.h"
#include "radyab/v1/member_service.grpc.pb.h"
#include "radyab/v1/notice_service.grpc.pb.h"
#include "radyab/v1/search_service.grpc.pb.h"
#include "radyab/v1/trace_service.grpc.pb.h"

namespace radyab::client {

// A status as the server sends it: reason, fields and time to wait in grpc-status-details-bin.
struct Refusal {
  grpc::StatusCode code = grpc::StatusCode::INVALID_ARGUMENT;
  std::string message = {};
  std::string reason = {};
  std::map<std::string, std::string> metadata = {};
  std::vector<FieldError> fields = {};
  std::optional<std::chrono::milliseconds> retry_after = std::nullopt;
};
grpc::Status StatusOf(const Refusal& refusal);

using ImportItems = grpc::ServerReaderWriter<v1::RowVerdict, v1::ImportItemRow>;

using ResolveStream = grpc::ServerReaderWriter<v1::Resolution, v1::ResolveRequest>;

// What the fake answers; a test sets the functions that it needs, the others answer UNIMPLEMENTED.
// They are called from threads of gRPC.
struct FakeAnswers {
  std::function<grpc::Status(grpc::ServerContext&, const v1::CreateItemRequest&, v1::Item&)>
      create_item;
  std::function<grpc::Status(grpc::ServerContext&, const v1::GetItemRequest&, v1::Item&)> get_item;
  std::function<grpc::Status(const v1::ListItemsRequest&, v1::ListItemsResponse&)> list_items;
  std::function<grpc::Status(const v1::UpdateItemRequest&, v1::Item&)> update_item;
  std::function<grpc::Status(grpc::ServerContext&, ImportItems&)> import_items;
  std::function<grpc::Status(const v1::CreateMemberRequest&, v1::Member&)> create_member;
  std::function<grpc::Status(const v1::ResolveRequest&, v1::Resolution&)> resolve;
  std::function<grpc::Status(ResolveStream&)> resolve_stream;
  std::function<grpc::Status(const v1::BatchResolveRequest&, v1::BatchResolveResponse&)>
      batch_resolve;
  std::function<grpc::Status(const v1::CreateKeyRequest&, v1::CreateKeyResponse&)> create_key;
  std::function<grpc::Status(const v1::RotateKeyRequest&, v1::RotateKeyResponse&)> rotate_key;
  std::function<grpc::Status(const v1::VerifyAuditRequest&, v1::AuditFinding&)> verify_audit;
  std::function<grpc::Status(const v1::ListAuditRequest&, v1::ListAuditResponse&)> list_audit;
  std::function<grpc::Status(const v1::CaptureEventRequest&, v1::CaptureEventResponse&)>
      capture_event;
  std::function<grpc::Status(const v1::SearchRequest&, v1::SearchResponse&)> search;
  std::function<grpc::Status(const v1::TraceBackRequest&, v1::TraceBackResponse&)> trace_back;
  std::function<grpc::Status(const v1::CreateShippingNoticeRequest&, v1::ShippingNotice&)>
      create_notice;
  std::function<grpc::Status(const v1::GetShippingNoticeRequest&, v1::ShippingNotice&)> get_notice;
  std::function<grpc::Status(const v1::CompareShippingNoticeRequest&,
                             v1::CompareShippingNoticeResponse&)>
      compare_notice;
  std::function<grpc::Status(const v1::GetCaseRequest&, v1::Case&)> get_case;
  std::function<grpc::Status(const v1::AdvanceCaseRequest&, v1::Case&)> advance_case;
};

class FakeServer {
 public:
  explicit FakeServer(FakeAnswers answers, std::shared_ptr<grpc::ServerCredentials> credentials =
                                               grpc::InsecureServerCredentials());
  ~FakeServer();

  // "127.0.0.1:PORT", a free port.
  const std::string& address() const { return address_; }

  // A connection in this process, with short waits between attempts.
  std::shared_ptr<const Connection> Connect(ConnectionOptions options = QuickOptions());
  static ConnectionOptions QuickOptions();

 private:
  class Catalog;
  class Members;
  class Codes;
  class Admin;
  class Finder;
  class Trace;
  class Notices;
  class Cases;
  FakeAnswers answers_;
  std::unique_ptr<Catalog> catalog_;
  std::unique_ptr<Members> members_;
  std::unique_ptr<Codes> codes_;
  std::unique_ptr<Admin> admin_;
  std::unique_ptr<Finder> finder_;
  std::unique_ptr<Trace> trace_;
  std::unique_ptr<Notices> notices_;
  std::unique_ptr<Cases> cases_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

// The value of a header that the client sent; empty when it sent none.
std::string HeaderOf(const grpc::ServerContext& context, const std::string& name);

}  // namespace radyab::client

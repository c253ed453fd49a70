#include "tests/clients/fake_server.h"

#include <utility>

#include "radyab/error/v1/error_details.pb.h"

namespace radyab::client {
namespace {

grpc::Status Missing() { return {grpc::StatusCode::UNIMPLEMENTED, "not part of this test"}; }

template <class Detail>
void Pack(error::v1::Status& status, const std::string& name, const Detail& detail) {
  auto& any = *status.add_details();
  any.set_type_url("type.googleapis.com/google.rpc." + name);
  any.set_value(detail.SerializeAsString());
}

}  // namespace

grpc::Status StatusOf(const Refusal& refusal) {
  error::v1::Status status;
  status.set_code(refusal.code);
  status.set_message(refusal.message);
  error::v1::ErrorInfo info;
  info.set_reason(refusal.reason);
  info.set_domain("radyab");
  info.mutable_metadata()->insert(refusal.metadata.begin(), refusal.metadata.end());
  Pack(status, "ErrorInfo", info);
  if (!refusal.fields.empty()) {
    error::v1::BadRequest bad;
    for (const FieldError& field : refusal.fields) {
      auto& violation = *bad.add_field_violations();
      violation.set_field(field.field);
      violation.set_description(field.description);
    }
    Pack(status, "BadRequest", bad);
  }
  if (refusal.retry_after) {
    error::v1::RetryInfo retry;
    retry.mutable_retry_delay()->set_seconds(refusal.retry_after->count() / 1000);
    retry.mutable_retry_delay()->set_nanos(static_cast<int>(refusal.retry_after->count() % 1000) *
                                           1'000'000);
    Pack(status, "RetryInfo", retry);
  }
  return {refusal.code, refusal.message, status.SerializeAsString()};
}

class FakeServer::Catalog final : public v1::CatalogService::Service {
 public:
  explicit Catalog(const FakeAnswers& answers) : answers_(answers) {}
  grpc::Status CreateItem(grpc::ServerContext* context, const v1::CreateItemRequest* request,
                          v1::Item* item) override {
    return answers_.create_item ? answers_.create_item(*context, *request, *item) : Missing();
  }
  grpc::Status GetItem(grpc::ServerContext* context, const v1::GetItemRequest* request,
                       v1::Item* item) override {
    return answers_.get_item ? answers_.get_item(*context, *request, *item) : Missing();
  }
  grpc::Status ListItems(grpc::ServerContext*, const v1::ListItemsRequest* request,
                         v1::ListItemsResponse* page) override {
    return answers_.list_items ? answers_.list_items(*request, *page) : Missing();
  }
  grpc::Status UpdateItem(grpc::ServerContext*, const v1::UpdateItemRequest* request,
                          v1::Item* item) override {
    return answers_.update_item ? answers_.update_item(*request, *item) : Missing();
  }
  grpc::Status ImportItems(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::RowVerdict, v1::ImportItemRow>* stream) override {
    return answers_.import_items ? answers_.import_items(*context, *stream) : Missing();
  }

 private:
  const FakeAnswers& answers_;
};

class FakeServer::Members final : public v1::MemberService::Service {
 public:
  explicit Members(const FakeAnswers& answers) : answers_(answers) {}
  grpc::Status CreateMember(grpc::ServerContext*, const v1::CreateMemberRequest* request,
                            v1::Member* member) override {
    return answers_.create_member ? answers_.create_member(*request, *member) : Missing();
  }

 private:
  const FakeAnswers& answers_;
};

class FakeServer::Codes final : public v1::CodeService::Service {
 public:
  explicit Codes(const FakeAnswers& answers) : answers_(answers) {}
  grpc::Status Resolve(grpc::ServerContext*, const v1::ResolveRequest* request,
                       v1::Resolution* resolution) override {
    return answers_.resolve ? answers_.resolve(*request, *resolution) : Missing();
  }
  grpc::Status BatchResolve(grpc::ServerContext*, const v1::BatchResolveRequest* request,
                            v1::BatchResolveResponse* response) override {
    return answers_.batch_resolve ? answers_.batch_resolve(*request, *response) : Missing();
  }
  grpc::Status ResolveStream(
      grpc::ServerContext*,
      grpc::ServerReaderWriter<v1::Resolution, v1::ResolveRequest>* stream) override {
    return answers_.resolve_stream ? answers_.resolve_stream(*stream) : Missing();
  }

 private:
  const FakeAnswers& answers_;
};

class FakeServer::Admin final : public v1::AdminService::Service {
 public:
  explicit Admin(const FakeAnswers& answers) : answers_(answers) {}
  grpc::Status CreateKey(grpc::ServerContext*, const v1::CreateKeyRequest* request,
                         v1::CreateKeyResponse* response) override {
    return answers_.create_key ? answers_.create_key(*request, *response) : Missing();
  }
  grpc::Status RotateKey(grpc::ServerContext*, const v1::RotateKeyRequest* request,
                         v1::RotateKeyResponse* response) override {
    return answers_.rotate_key ? answers_.rotate_key(*request, *response) : Missing();
  }
  grpc::Status VerifyAudit(grpc::ServerContext*, const v1::VerifyAuditRequest* request,
                           v1::AuditFinding* finding) override {
    return answers_.verify_audit ? answers_.verify_audit(*request, *finding) : Missing();
  }
  grpc::Status ListAudit(grpc::ServerContext*, const v1::ListAuditRequest* request,
                         v1::ListAuditResponse* page) override {
    return answers_.list_audit ? answers_.list_audit(*request, *page) : Missing();
  }

 private:
  const FakeAnswers& answers_;
};

class FakeServer::Finder final : public v1::SearchService::Service {
 public:
  explicit Finder(const FakeAnswers& answers) : answers_(answers) {}
  grpc::Status Search(grpc::ServerContext*, const v1::SearchRequest* request,
                      v1::SearchResponse* page) override {
    return answers_.search ? answers_.search(*request, *page) : Missing();
  }

 private:
  const FakeAnswers& answers_;
};

class FakeServer::Trace final : public v1::TraceService::Service {
 public:
  explicit Trace(const FakeAnswers& answers) : answers_(answers) {}
  grpc::Status CaptureEvent(grpc::ServerContext*, const v1::CaptureEventRequest* request,
                            v1::CaptureEventResponse* response) override {
    return answers_.capture_event ? answers_.capture_event(*request, *response) : Missing();
  }
  grpc::Status TraceBack(grpc::ServerContext*, const v1::TraceBackRequest* request,
                         v1::TraceBackResponse* page) override {
    return answers_.trace_back ? answers_.trace_back(*request, *page) : Missing();
  }

 private:
  const FakeAnswers& answers_;
};

class FakeServer::Notices final : public v1::NoticeService::Service {
 public:
  explicit Notices(const FakeAnswers& answers) : answers_(answers) {}
  grpc::Status CreateShippingNotice(grpc::ServerContext*,
                                    const v1::CreateShippingNoticeRequest* request,
                                    v1::ShippingNotice* notice) override {
    return answers_.create_notice ? answers_.create_notice(*request, *notice) : Missing();
  }
  grpc::Status GetShippingNotice(grpc::ServerContext*, const v1::GetShippingNoticeRequest* request,
                                 v1::ShippingNotice* notice) override {
    return answers_.get_notice ? answers_.get_notice(*request, *notice) : Missing();
  }
  grpc::Status CompareShippingNotice(grpc::ServerContext*,
                                     const v1::CompareShippingNoticeRequest* request,
                                     v1::CompareShippingNoticeResponse* response) override {
    return answers_.compare_notice ? answers_.compare_notice(*request, *response) : Missing();
  }

 private:
  const FakeAnswers& answers_;
};

class FakeServer::Cases final : public v1::CaseService::Service {
 public:
  explicit Cases(const FakeAnswers& answers) : answers_(answers) {}
  grpc::Status GetCase(grpc::ServerContext*, const v1::GetCaseRequest* request,
                       v1::Case* found) override {
    return answers_.get_case ? answers_.get_case(*request, *found) : Missing();
  }
  grpc::Status AdvanceCase(grpc::ServerContext*, const v1::AdvanceCaseRequest* request,
                           v1::Case* moved) override {
    return answers_.advance_case ? answers_.advance_case(*request, *moved) : Missing();
  }

 private:
  const FakeAnswers& answers_;
};

FakeServer::FakeServer(FakeAnswers answers, std::shared_ptr<grpc::ServerCredentials> credentials)
    : answers_(std::move(answers)),
      catalog_(std::make_unique<Catalog>(answers_)),
      members_(std::make_unique<Members>(answers_)),
      codes_(std::make_unique<Codes>(answers_)),
      admin_(std::make_unique<Admin>(answers_)),
      finder_(std::make_unique<Finder>(answers_)),
      trace_(std::make_unique<Trace>(answers_)),
      notices_(std::make_unique<Notices>(answers_)),
      cases_(std::make_unique<Cases>(answers_)) {
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", credentials, &port);
  builder.RegisterService(catalog_.get());
  builder.RegisterService(members_.get());
  builder.RegisterService(codes_.get());
  builder.RegisterService(admin_.get());
  builder.RegisterService(finder_.get());
  builder.RegisterService(trace_.get());
  builder.RegisterService(notices_.get());
  builder.RegisterService(cases_.get());
  server_ = builder.BuildAndStart();
  address_ = "127.0.0.1:" + std::to_string(port);
}

FakeServer::~FakeServer() { server_->Shutdown(std::chrono::system_clock::now()); }

ConnectionOptions FakeServer::QuickOptions() {
  ConnectionOptions options;
  options.key = "test-key";
  options.retry.backoff_first = std::chrono::milliseconds(1);
  options.retry.backoff_max = std::chrono::milliseconds(4);
  return options;
}

std::shared_ptr<const Connection> FakeServer::Connect(ConnectionOptions options) {
  auto connection =
      Connection::Over(server_->InProcessChannel(grpc::ChannelArguments()), std::move(options));
  return *connection;
}

std::string HeaderOf(const grpc::ServerContext& context, const std::string& name) {
  const auto found = context.client_metadata().find(name);
  if (found == context.client_metadata().end()) return "";
  return {found->second.data(), found->second.size()};
}

}  // namespace radyab::client

#include "tests/grpc/live_server.h"

#include <grpcpp/generic/generic_stub.h>

#include <future>

#include "google/protobuf/any.pb.h"
#include "radyab/error/v1/error_details.pb.h"
#include "registry/access/open_registry.h"

namespace radyab::rpc {
namespace {

constexpr std::chrono::seconds kConnectTimeMax{20};

access::SecretKey FixedKey(std::uint8_t byte) {
  access::SecretKey key;
  key.fill(byte);
  return key;
}

std::string CodeName(grpc::StatusCode code) {
  static const char* const kNames[] = {"OK",
                                       "CANCELLED",
                                       "UNKNOWN",
                                       "INVALID_ARGUMENT",
                                       "DEADLINE_EXCEEDED",
                                       "NOT_FOUND",
                                       "ALREADY_EXISTS",
                                       "PERMISSION_DENIED",
                                       "RESOURCE_EXHAUSTED",
                                       "FAILED_PRECONDITION",
                                       "ABORTED",
                                       "OUT_OF_RANGE",
                                       "UNIMPLEMENTED",
                                       "INTERNAL",
                                       "UNAVAILABLE",
                                       "DATA_LOSS",
                                       "UNAUTHENTICATED"};
  return kNames[static_cast<int>(code)];
}

std::string PathOf(const std::string& method) {
  const std::size_t dot = method.find('.');
  return "/radyab.v1." + method.substr(0, dot) + "/" + method.substr(dot + 1);
}

std::multimap<std::string, std::string> BearerOf(const std::string& secret) {
  if (secret.empty()) return {};
  return {{"authorization", "Bearer " + secret}};
}

storage::StoreOptions TestOptions() {
  storage::StoreOptions options;
  options.run_bodies_twice = true;  // every handler must be a pure function of its transaction
  return options;
}

}  // namespace

std::string Answer::Outcome() const {
  return reason.empty() ? CodeName(status.error_code())
                        : CodeName(status.error_code()) + "/" + reason;
}

void PrintTo(const Answer& answer, std::ostream* stream) {
  *stream << answer.Outcome() << " \"" << answer.status.error_message() << "\"";
  for (const auto& [field, description] : answer.fields) *stream << " [" << field << "]";
}

Answer AnswerOf(const grpc::Status& status) {
  Answer answer;
  answer.status = status;
  error::v1::Status wire;
  if (status.error_details().empty() || !wire.ParseFromString(status.error_details())) {
    return answer;
  }
  for (const google::protobuf::Any& detail : wire.details()) {
    error::v1::ErrorInfo info;
    error::v1::BadRequest bad_request;
    error::v1::RetryInfo retry;
    if (detail.type_url() == "type.googleapis.com/google.rpc.ErrorInfo" &&
        info.ParseFromString(detail.value())) {
      answer.reason = info.reason();
      answer.domain = info.domain();
      answer.metadata = {info.metadata().begin(), info.metadata().end()};
    } else if (detail.type_url() == "type.googleapis.com/google.rpc.BadRequest" &&
               bad_request.ParseFromString(detail.value())) {
      for (const auto& violation : bad_request.field_violations()) {
        answer.fields.emplace_back(violation.field(), violation.description());
      }
    } else if (detail.type_url() == "type.googleapis.com/google.rpc.RetryInfo" &&
               retry.ParseFromString(detail.value())) {
      answer.may_be_tried_again = true;
      answer.retry_after = std::chrono::milliseconds(retry.retry_delay().seconds() * 1000 +
                                                     retry.retry_delay().nanos() / 1'000'000);
    }
  }
  return answer;
}

grpc::ByteBuffer Buffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string TextOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string text;
  if (!buffer.Valid() || !buffer.Dump(&slices).ok()) return text;
  for (const grpc::Slice& slice : slices) {
    text.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return text;
}

RawClient::RawClient(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  arguments.SetInt("grpc.use_local_subchannel_pool", 1);
  channel_ = grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

Answer RawClient::Call(const std::string& method, const google::protobuf::Message& request,
                       const std::string& secret, std::chrono::milliseconds deadline) const {
  return CallBytes(method, request.SerializeAsString(), secret, deadline);
}

Answer RawClient::CallBytes(const std::string& method, const std::string& request,
                            const std::string& secret, std::chrono::milliseconds deadline) const {
  return CallWith(method, request, BearerOf(secret), deadline);
}

Answer RawClient::CallWith(const std::string& method, const std::string& request,
                           const std::multimap<std::string, std::string>& metadata,
                           std::chrono::milliseconds deadline) const {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + deadline);
  for (const auto& [name, value] : metadata) context.AddMetadata(name, value);
  grpc::GenericStub stub(channel_);
  const grpc::ByteBuffer request_buffer = Buffer(request);
  grpc::ByteBuffer answer_buffer;
  std::promise<grpc::Status> done;
  const std::string path = PathOf(method);
  stub.UnaryCall(&context, path, grpc::StubOptions(), &request_buffer, &answer_buffer,
                 [&](grpc::Status status) { done.set_value(std::move(status)); });
  Answer answer = AnswerOf(done.get_future().get());
  if (answer.ok()) answer.bytes = TextOf(answer_buffer);
  return answer;
}

std::unique_ptr<RawStream> RawClient::Stream(const std::string& method,
                                             grpc::ClientContext& context,
                                             const std::string& secret) const {
  for (const auto& [name, value] : BearerOf(secret)) context.AddMetadata(name, value);
  const std::string path = method.front() == '/' ? method : PathOf(method);
  const grpc::internal::RpcMethod rpc(path.c_str(), grpc::internal::RpcMethod::BIDI_STREAMING,
                                      channel_);
  return std::unique_ptr<RawStream>(
      grpc::internal::ClientReaderWriterFactory<grpc::ByteBuffer, grpc::ByteBuffer>::Create(
          channel_.get(), rpc, &context));
}

LiveServer::LiveServer()
    : store_(TestOptions()),
      environment_{coding::SerialPermutation(FixedKey(1)), access::KeyedHash(FixedKey(2)),
                   access::Sealer(FixedKey(3))} {
  auto secret = access::MakeRegistryRows(store_, environment_, FixedKey(1), std::string(20, 'a'));
  if (!secret.ok() || !secret->has_value()) std::abort();
  admin_ = **secret;
  ServerSettings settings;
  settings.listen = "127.0.0.1:0";
  auto server = Server::Start(settings, SystemServing(store_, environment_));
  if (!server.ok()) std::abort();
  server_ = *std::move(server);
  client_ = std::make_unique<RawClient>("127.0.0.1:" + std::to_string(port()));
  // gRPC 1.51 can take a connection under way for a failed one, when something else of the process
  // sets errno meanwhile, and then refuses the call.
  if (!client_->channel()->WaitForConnected(std::chrono::system_clock::now() + kConnectTimeMax)) {
    std::abort();
  }
}

LiveServer::~LiveServer() { store_.Release(); }

}  // namespace radyab::rpc

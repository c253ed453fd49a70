// Every method the server answers, each with its rule and its handler.
//
// A handler sees a request that was read and checked, a caller that was admitted, and a
// transaction. It calls the registry and fills the answer. It never sees a connection: those belong
// to the call helpers (unary_call.h, answer_stream.h, import_stream.h), which no handler can pass
// by.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "grpc/method.h"
#include "registry/access/change.h"

namespace radyab::rpc {

// Filled once when the server starts, then only read. The method is found by the types of its
// request and answer: every method has a request type of its own.
class MethodTable {
 public:
  template <class Request, class Response>
  void Read(absl::StatusOr<Response> (*handler)(const ReadCall&, const Request&)) {
    if (Method* method = Add<Request, Response>(false)) method->read = Erased(handler);
  }
  // A handler that writes the bytes of the Response itself.
  template <class Response, class Request>
  void ReadBytes(absl::StatusOr<std::string> (*handler)(const ReadCall&, const Request&)) {
    if (Method* method = Add<Request, Response>(false)) method->read = ErasedBytes(handler);
  }
  // A bidirectional stream that answers each message by itself, in order. `refused` is the answer
  // to a message that cannot be read. The handler writes the bytes of the Response itself.
  template <class Request, class Response>
  void AnswerEach(absl::StatusOr<std::string> (*handler)(const ReadCall&, const Request&),
                  Response (*refused)(const absl::Status&)) {
    Method* method = Add<Request, Response>(true);
    if (method == nullptr) return;
    method->read = ErasedBytes(handler);
    method->refused = [refused](const absl::Status& why) {
      return refused(why).SerializeAsString();
    };
  }
  // `fresh_bytes` random bytes are drawn before the body.
  template <class Request, class Response>
  void Write(absl::StatusOr<Changed<Response>> (*handler)(const WriteCall&, const Request&),
             std::size_t fresh_bytes = 0, std::vector<std::string> changeable = {}) {
    Method* method = Add<Request, Response>(false);
    if (method == nullptr) return;
    method->fresh_bytes = fresh_bytes;
    method->changeable = std::move(changeable);
    method->write = [handler](const WriteCall& call, const google::protobuf::Message& request)
        -> absl::StatusOr<access::ChangeAnswer> {
      auto changed = handler(call, static_cast<const Request&>(request));
      if (!changed.ok()) return changed.status();
      return access::ChangeAnswer{changed->resource, changed->response.SerializeAsString(),
                                  changed->also};
    };
  }
  // The update of a resource: `changeable` are the paths its update mask may have. The mask is
  // checked before the change is queued.
  template <class Request, class Response>
  void Update(absl::StatusOr<Changed<Response>> (*handler)(const WriteCall&, const Request&),
              std::vector<std::string> changeable) {
    Write(handler, 0, std::move(changeable));
  }
  // A bidirectional stream of rows, each of which gets a Verdict.
  template <class Row, class Verdict>
  void Import(absl::StatusOr<RowDone> (*handler)(const WriteCall&, const Row&)) {
    Method* method = Add<Row, Verdict>(true);
    if (method == nullptr) return;
    method->row = [handler](const WriteCall& call, const google::protobuf::Message& row) {
      return handler(call, static_cast<const Row&>(row));
    };
  }
  // A method that takes long, or waits: its handler has a thread of its own, and the call answers
  // what it hands to `answer`, which waits while the client is slow and refuses once nobody
  // listens. A method of one answer hands over one. It runs once at a time.
  template <class Request, class Response>
  void Work(absl::Status (*handler)(const WorkCall&, const Request&,
                                    absl::FunctionRef<absl::Status(const Response&)> answer)) {
    Method* method = AddFor(Request::default_instance(), *Response::descriptor(), Shape::kWork);
    if (method == nullptr) return;
    method->work = [handler](const WorkCall& call, const google::protobuf::Message& request,
                             absl::FunctionRef<absl::Status(std::string)> answer) {
      return handler(call, static_cast<const Request&>(request), [&](const Response& response) {
        return answer(response.SerializeAsString());
      });
    };
  }

  // FAILED_PRECONDITION when a method of a service lacks its rule or its handler: such a server
  // does not start.
  absl::Status CheckComplete() const;
  // The services, in the order they were added.
  std::vector<const google::protobuf::ServiceDescriptor*> services() const;
  // Its entry; the method is one of a complete table.
  const Method& Of(const google::protobuf::MethodDescriptor& method) const;

 private:
  // What the method takes and answers: one and one, streams both, one and any number.
  enum class Shape { kUnary, kStreams, kWork };
  template <class Request>
  static ReadHandler ErasedBytes(absl::StatusOr<std::string> (*handler)(const ReadCall&,
                                                                        const Request&)) {
    return [handler](const ReadCall& call, const google::protobuf::Message& request) {
      return handler(call, static_cast<const Request&>(request));
    };
  }
  template <class Request, class Response>
  static ReadHandler Erased(absl::StatusOr<Response> (*handler)(const ReadCall&, const Request&)) {
    return [handler](const ReadCall& call,
                     const google::protobuf::Message& request) -> absl::StatusOr<std::string> {
      auto answer = handler(call, static_cast<const Request&>(request));
      if (!answer.ok()) return answer.status();
      return answer->SerializeAsString();
    };
  }
  template <class Request, class Response>
  Method* Add(bool stream) {
    return AddFor(Request::default_instance(), *Response::descriptor(),
                  stream ? Shape::kStreams : Shape::kUnary);
  }
  // Null, and a fault that CheckComplete tells, when there is no such method or it is there
  // already.
  Method* AddFor(const google::protobuf::Message& request,
                 const google::protobuf::Descriptor& response, Shape shape);
  static const google::protobuf::MethodDescriptor* FindMethod(
      const google::protobuf::Descriptor& request, const google::protobuf::Descriptor& response,
      Shape shape);

  std::map<std::string, Method> methods_;  // by full name
  std::vector<const google::protobuf::ServiceDescriptor*> services_;
  absl::Status fault_ = absl::OkStatus();
};

}  // namespace radyab::rpc

// One call, one answer, by the kind of call. Internal to the library: it sees gRPC.
#pragma once

#include <google/protobuf/repeated_ptr_field.h>
#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <utility>

#include "clients/cpp/attempt.h"
#include "clients/cpp/client_error.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/invalid_text.h"
#include "clients/cpp/page_range.h"
#include "clients/cpp/request_id.h"

namespace radyab::client {

// A request by which the server tells a repeated change from a new one.
template <class Request>
concept TellsRetriesApart = requires(Request request) {
  request.set_request_id(std::string());
};

// A blocking method of a generated stub.
template <class Stub, class Request, class Response>
using StubMethod = grpc::Status (Stub::*)(grpc::ClientContext*, const Request&, Response*);

// What is answered for a message that must not be sent.
inline ClientError RefuseText(const std::string& path) {
  return ClientError{.code = ErrorCode::kInvalidArgument,
                     .message = path + ": the text is not UTF-8",
                     .reason = "INVALID_FIELD",
                     .fields = {{path, "the text is not UTF-8"}},
                     .attempts = 0};
}

template <class Stub, class Request, class Response>
Answer<Response> Send(const Connection& connection, Stub& stub,
                      StubMethod<Stub, Request, Response> method, const Request& request) {
  if (const auto path = PathOfInvalidText(request)) return RefuseText(*path);
  Response response;
  auto error = SendCall(connection, [&](grpc::ClientContext& context) {
    response.Clear();
    return (stub.*method)(&context, request, &response);
  });
  if (error) return *std::move(error);
  return response;
}

// A call that changes nothing. A request with a request_id is a change and does not compile here.
template <class Stub, class Request, class Response>
requires(!TellsRetriesApart<Request>) Answer<Response> Read(
    const Connection& connection, Stub& stub, StubMethod<Stub, Request, Response> method,
    const Request& request) {
  return Send(connection, stub, method, request);
}

// A call that changes something. It gets a request_id when it has none, the same one for all its
// attempts; that is what makes sending it again safe.
template <class Stub, TellsRetriesApart Request, class Response>
Answer<Response> Change(const Connection& connection, Stub& stub,
                        StubMethod<Stub, Request, Response> method, Request request) {
  if (request.request_id().empty()) request.set_request_id(NewRequestId());
  return Send(connection, stub, method, request);
}

// All pages of a list. `Holder` has the stub as its member `rpc`; the range keeps it and the
// connection.
template <class Holder, class Stub, class Request, class Response, class Item>
PageRange<Item> Pages(std::shared_ptr<const Connection> connection, std::shared_ptr<Holder> holder,
                      StubMethod<Stub, Request, Response> method, Request request,
                      google::protobuf::RepeatedPtrField<Item>* (Response::*items)()) {
  return PageRange<Item>([=](const std::string& page_token) mutable -> Answer<Page<Item>> {
    if (!page_token.empty()) request.set_page_token(page_token);
    Answer<Response> answer = Read(*connection, holder->rpc, method, request);
    if (!answer) return answer.error();
    Response response = std::move(answer).value();
    auto* list = (response.*items)();
    return Page<Item>{{std::move_iterator(list->begin()), std::move_iterator(list->end())},
                      response.next_page_token()};
  });
}

}  // namespace radyab::client

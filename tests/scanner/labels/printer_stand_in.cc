#include "tests/scanner/labels/printer_stand_in.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace radyab::scanner {
namespace {

int Listen(int receive_bytes, int& port) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (receive_bytes > 0)
    setsockopt(listener, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof receive_bytes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(listen(listener, 1), 0);
  socklen_t size = sizeof address;
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  port = ntohs(address.sin_port);
  return listener;
}

}  // namespace

PrinterStandIn::PrinterStandIn(std::function<void(int)> serve, int receive_bytes)
    : listener_(Listen(receive_bytes, port_)),
      thread_([listener = listener_, serve = std::move(serve)] {
        const int connection = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) return;
        serve(connection);
        close(connection);
      }) {}

PrinterStandIn::~PrinterStandIn() {
  shutdown(listener_, SHUT_RDWR);  // when nobody connected
  Await();
  close(listener_);
}

PrinterAddress PrinterStandIn::Address(PrinterProtocol protocol) const {
  return {protocol, "127.0.0.1", port_, protocol == PrinterProtocol::kIpp ? "/ipp/print" : ""};
}

void PrinterStandIn::Await() {
  if (thread_.joinable()) thread_.join();
}

std::string ReadSome(int connection, std::size_t bytes) {
  std::string read;
  char buffer[65536];
  while (read.size() < bytes) {
    const ssize_t got = recv(connection, buffer, std::min(sizeof buffer, bytes - read.size()), 0);
    if (got <= 0) break;
    read.append(buffer, static_cast<std::size_t>(got));
  }
  return read;
}

std::string ReadAll(int connection) { return ReadSome(connection, std::string::npos); }

void WriteAll(int connection, const std::string& bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t took = send(connection, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
    if (took <= 0) return;
    at += static_cast<std::size_t>(took);
  }
}

void CutOnClose(int connection) {
  const linger cut = {1, 0};
  setsockopt(connection, SOL_SOCKET, SO_LINGER, &cut, sizeof cut);
}

HttpRequest ReadRequest(int connection) {
  HttpRequest request;
  while (request.head.find("\r\n\r\n") == std::string::npos) {
    const std::string byte = ReadSome(connection, 1);
    if (byte.empty()) return request;
    request.head += byte;
  }
  const std::size_t at = request.head.find("Content-Length: ");
  if (at == std::string::npos) return request;
  request.body = ReadSome(connection, std::stoul(request.head.substr(at + 16)));
  return request;
}

int ClosedPort() {
  int port = 0;
  close(Listen(0, port));
  return port;
}

}  // namespace radyab::scanner

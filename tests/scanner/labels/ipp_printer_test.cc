#include "scanner/labels/ipp_printer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "tests/scanner/labels/printer_stand_in.h"

namespace radyab::scanner {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// An answer with a status, a message and job 147.
std::string IppBytes(int status, const std::string& message) {
  std::string bytes = {
      1, 1, static_cast<char>(status >> 8), static_cast<char>(status & 0xFF), 0, 0, 0, 1, 1};
  bytes += std::string("\x41\0\x0E", 3) + "status-message" +
           std::string({0, static_cast<char>(message.size())}) + message;
  if (status < 0x100)
    bytes += std::string("\x02\x21\0\x06", 4) + "job-id" + std::string("\0\4\0\0\0\x93", 6);
  return bytes + "\x03";
}

std::string HttpAnswer(const std::string& status, const std::string& body) {
  return "HTTP/1.1 " + status +
         "\r\nContent-Type: application/ipp\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\nConnection: close\r\n\r\n" + body;
}

Outcome<std::int32_t> Print(const PrinterStandIn& printer, const std::string& document,
                            const IppPrinterOptions& options = {}) {
  return PrintByIpp(printer.Address(PrinterProtocol::kIpp), "labels 1-24", "application/pdf",
                    document, options);
}

TEST(IppPrinter, SendsTheDocumentBehindItsRequestAndAnswersTheJob) {
  HttpRequest request;
  PrinterStandIn printer([&request](int connection) {
    request = ReadRequest(connection);
    WriteAll(connection, HttpAnswer("200 OK", IppBytes(0, "successful-ok")));
  });
  const std::string document = "%PDF-1.4\n" + std::string(300'000, 'x');
  const auto job = Print(printer, document);
  ASSERT_TRUE(job.ok()) << job.fault().message;
  EXPECT_EQ(*job, 147);
  printer.Await();
  EXPECT_THAT(request.head, StartsWith("POST /ipp/print HTTP/1.1\r\n"));
  EXPECT_THAT(request.head, HasSubstr("Content-Type: application/ipp\r\n"));
  EXPECT_EQ(request.body.substr(0, 4), std::string("\1\1\0\2", 4));
  EXPECT_THAT(request.body.substr(0, 400), HasSubstr("labels 1-24"));
  EXPECT_EQ(request.body.substr(request.body.size() - document.size()), document);
  EXPECT_EQ(request.body[request.body.size() - document.size() - 1], 3);
}

TEST(IppPrinter, ReadsAnAnswerInChunks) {
  PrinterStandIn printer([](int connection) {
    ReadRequest(connection);
    const std::string body = IppBytes(0, "ok");
    WriteAll(connection,
             "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    WriteAll(connection, "1\r\n" + body.substr(0, 1) + "\r\n");
    char size[16];
    std::snprintf(size, sizeof size, "%zx\r\n", body.size() - 1);
    WriteAll(connection, size + body.substr(1) + "\r\n0\r\n\r\n");
  });
  const auto job = Print(printer, "%PDF");
  ASSERT_TRUE(job.ok()) << job.fault().message;
  EXPECT_EQ(*job, 147);
}

TEST(IppPrinter, ARefusalIsToldInThePrintersWords) {
  PrinterStandIn printer([](int connection) {
    ReadRequest(connection);
    WriteAll(connection, HttpAnswer("200 OK", IppBytes(0x040A, "PDF is not understood here")));
  });
  const auto job = Print(printer, "%PDF");
  ASSERT_FALSE(job.ok());
  EXPECT_EQ(job.fault().kind, FaultKind::kPrinterRefused);
  EXPECT_THAT(job.fault().message, HasSubstr("client-error-document-format-not-supported"));
  EXPECT_THAT(job.fault().message, HasSubstr("PDF is not understood here"));
}

TEST(IppPrinter, AnHttpRefusalIsOneToo) {
  PrinterStandIn printer([](int connection) {
    ReadRequest(connection);
    WriteAll(connection, HttpAnswer("404 Not Found", ""));
  });
  const auto job = Print(printer, "%PDF");
  ASSERT_FALSE(job.ok());
  EXPECT_EQ(job.fault().kind, FaultKind::kPrinterRefused);
  EXPECT_THAT(job.fault().message, HasSubstr("404"));
}

TEST(IppPrinter, AConnectionThatEndsWithoutAnAnswerLeavesItOpen) {
  PrinterStandIn printer([](int connection) {
    ReadSome(connection, 100);
    CutOnClose(connection);
  });
  const auto job = Print(printer, std::string(10'000'000, 'x'));
  ASSERT_FALSE(job.ok());
  EXPECT_EQ(job.fault().kind, FaultKind::kPrinterLost);
}

TEST(IppPrinter, WhatIsNoIppIsNotTakenForAnAnswer) {
  PrinterStandIn printer([](int connection) {
    ReadRequest(connection);
    WriteAll(connection, HttpAnswer("200 OK", "<html>hello</html>"));
  });
  const auto job = Print(printer, "%PDF");
  ASSERT_FALSE(job.ok());
  EXPECT_EQ(job.fault().kind, FaultKind::kPrinterLost);
}

TEST(IppPrinter, APrinterThatIsSilentIsNotWaitedForForEver) {
  std::promise<void> go;
  PrinterStandIn printer([&go](int connection) {
    ReadRequest(connection);
    go.get_future().wait();
  });
  IppPrinterOptions options;
  options.answer_milliseconds_max = 300;
  const auto job = Print(printer, "%PDF", options);
  ASSERT_FALSE(job.ok());
  EXPECT_EQ(job.fault().kind, FaultKind::kPrinterLost);
  go.set_value();
}

TEST(IppPrinter, APrinterThatIsOffIsUnreachable) {
  const auto job = PrintByIpp({PrinterProtocol::kIpp, "127.0.0.1", ClosedPort(), "/"}, "labels",
                              "application/pdf", "%PDF");
  ASSERT_FALSE(job.ok());
  EXPECT_EQ(job.fault().kind, FaultKind::kPrinterUnreachable);
}

}  // namespace
}  // namespace radyab::scanner

// Printing by IPP inside TLS: only a printer that shows the right certificate gets anything.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "scanner/labels/ipp_printer.h"
#include "tests/scanner/labels/printer_stand_in.h"
#include "tests/scanner/labels/tls_stand_in.h"

namespace radyab::scanner {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class IppsPrinter : public testing::Test {
 protected:
  IppsPrinter() {
    std::string pattern = (fs::temp_directory_path() / "radyab-ipps-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    trusted_ = FileWith("trusted.pem", authority_.certificate_pem());
  }
  ~IppsPrinter() override { fs::remove_all(folder_); }

  std::string FileWith(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return (folder_ / name).string();
  }
  // Plays a printer that takes a job as number 9.
  std::function<void(int)> Taking() {
    return [this](int connection) {
      request_ = ReadRequest(connection);
      std::string taken = std::string("\1\1\0\0\0\0\0\1\1", 9);
      taken += std::string("\x02\x21\0\x06", 4) + "job-id" + std::string("\0\4\0\0\0\x09", 6);
      taken += "\x03";
      WriteAll(connection, "HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: " +
                               std::to_string(taken.size()) + "\r\nConnection: close\r\n\r\n" +
                               taken);
    };
  }
  Outcome<std::int32_t> Print(const PrinterStandIn& printer, const std::string& authority_file,
                              const std::string& host = "127.0.0.1") {
    PrinterAddress address = printer.Address(PrinterProtocol::kIpp);
    address.tls = true;
    address.host = host;
    IppPrinterOptions options;
    options.authority_file = authority_file;
    return PrintByIpp(address, "labels 1-24", "application/pdf",
                      "%PDF-1.4\n" + std::string(300'000, 'x'), options);
  }
  // A printer that shows `own` gets nothing; why.
  std::string Refusal(const tests::Issued& own, const std::string& authority_file,
                      const std::string& host = "127.0.0.1") {
    PrinterStandIn printer(BehindTls(own, Taking()));
    const auto job = Print(printer, authority_file, host);
    printer.Await();
    EXPECT_EQ(request_.head + request_.body, "") << "something was sent";
    if (job.ok()) return "it was printed";
    EXPECT_EQ(job.fault().kind, FaultKind::kPrinterUnreachable);
    EXPECT_THAT(job.fault().message, HasSubstr("ipps://" + host));
    return job.fault().message;
  }

  fs::path folder_;
  const tests::Issued authority_ = tests::NewAuthority("printers of this house");
  std::string trusted_;
  HttpRequest request_;
};

TEST_F(IppsPrinter, PrintsWhereTheCertificateIsTrusted) {
  for (const char* host : {"127.0.0.1", "localhost"}) {
    PrinterStandIn printer(BehindTls(authority_.Issue({.subject = "printer"}), Taking()));
    const auto job = Print(printer, trusted_, host);
    ASSERT_TRUE(job.ok()) << job.fault().message;
    EXPECT_EQ(*job, 9);
    printer.Await();
    EXPECT_THAT(request_.head, HasSubstr("POST /ipp/print HTTP/1.1\r\n"));
    EXPECT_THAT(request_.body.substr(0, 400), HasSubstr("ipps://" + std::string(host)));
    EXPECT_EQ(request_.body.substr(request_.body.size() - 300'000), std::string(300'000, 'x'));
  }
}

TEST_F(IppsPrinter, ACertificateThatAPrinterMadeForItselfCanBeTrusted) {
  const auto own = tests::Issued::BySelf({.subject = "printer", .authority = true});
  EXPECT_THAT(Refusal(own, trusted_), HasSubstr("self-signed certificate"));
  PrinterStandIn printer(BehindTls(own, Taking()));
  EXPECT_TRUE(Print(printer, FileWith("own.pem", own.certificate_pem())).ok());
}

TEST_F(IppsPrinter, WhoShowsABadCertificateGetsNothing) {
  const auto good = authority_.Issue({.subject = "printer"});
  EXPECT_THAT(Refusal(good, ""), HasSubstr("trusted: the authorities of this system"));
  const auto stranger = tests::NewAuthority("somebody else").Issue({.subject = "printer"});
  EXPECT_THAT(Refusal(stranger, trusted_), HasSubstr("unable to get local issuer certificate"));
  EXPECT_THAT(Refusal(stranger, trusted_), HasSubstr(trusted_));
  const auto late = authority_.Issue({.subject = "printer", .ends_s = -60});
  EXPECT_THAT(Refusal(late, trusted_), HasSubstr("certificate has expired"));
  const auto early = authority_.Issue({.subject = "printer", .begins_s = 600});
  EXPECT_THAT(Refusal(early, trusted_), HasSubstr("certificate is not yet valid"));
  const auto client = authority_.Issue({.subject = "printer", .usage = "clientAuth"});
  EXPECT_THAT(Refusal(client, trusted_), HasSubstr("unsuitable certificate purpose"));
}

TEST_F(IppsPrinter, ACertificateOfAnotherNameIsToldSo) {
  const auto good = authority_.Issue({.subject = "printer"});
  // The same address, written as its certificate does not.
  EXPECT_THAT(Refusal(good, trusted_, "127.1"), HasSubstr("of another name than 127.1"));
}

TEST_F(IppsPrinter, AFileThatHoldsNoCertificateIsToldBeforeAnythingIsSent) {
  const auto good = authority_.Issue({.subject = "printer"});
  EXPECT_THAT(Refusal(good, FileWith("empty.pem", "")), HasSubstr("holds no certificate to trust"));
  EXPECT_THAT(Refusal(good, (folder_ / "missing.pem").string()), HasSubstr("missing.pem"));
}

TEST_F(IppsPrinter, APrinterWithoutTlsIsToldSo) {
  PrinterStandIn printer([](int connection) {
    ReadSome(connection, 5);
    WriteAll(connection, "HTTP/1.1 400 Bad Request\r\n\r\n");
  });
  const auto job = Print(printer, trusted_);
  ASSERT_FALSE(job.ok());
  EXPECT_EQ(job.fault().kind, FaultKind::kPrinterUnreachable);
  EXPECT_THAT(job.fault().message, HasSubstr("does not speak TLS"));
}

TEST_F(IppsPrinter, OneThatIsCutWhileItIsSentADocumentEndsNoProcess) {
  PrinterStandIn printer(BehindTls(authority_.Issue({.subject = "printer"}), [](int connection) {
    ReadSome(connection, 100);
    CutOnClose(connection);
  }));
  PrinterAddress address = printer.Address(PrinterProtocol::kIpp);
  address.tls = true;
  IppPrinterOptions options;
  options.authority_file = trusted_;
  const auto job =
      PrintByIpp(address, "labels", "application/pdf", std::string(30'000'000, 'x'), options);
  ASSERT_FALSE(job.ok());
  EXPECT_EQ(job.fault().kind, FaultKind::kPrinterLost);
}

TEST_F(IppsPrinter, OneThatEndsAfterTheRequestLeavesItOpen) {
  PrinterStandIn printer(BehindTls(authority_.Issue({.subject = "printer"}),
                                   [](int connection) { ReadRequest(connection); }));
  const auto job = Print(printer, trusted_);
  ASSERT_FALSE(job.ok());
  EXPECT_EQ(job.fault().kind, FaultKind::kPrinterLost);
}

}  // namespace
}  // namespace radyab::scanner

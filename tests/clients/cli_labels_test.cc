// radyab labels: tables and ranges into files that are read again, and to printers that are
// sockets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/clients/fake_server.h"
#include "tests/clients/program_run.h"
#include "tests/scanner/labels/printer_stand_in.h"
#include "tests/scanner/labels/tls_stand_in.h"

namespace radyab::cli {
namespace {

using nlohmann::json;
using scanner::PrinterProtocol;
using scanner::PrinterStandIn;
using testing::HasSubstr;

std::string FileText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::size_t CountOf(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

TEST(Labels, OfATableAreReadBackByScan) {
  const ScratchFolder folder;
  const auto table = folder.Write("units.csv",
                                  "object,lot,gtin,expiry,name_fa\n"
                                  "1042000017000113/serial/S1,L1,6260100200302,2027-03-31,شیر\n"
                                  "1042000017000113/serial/S2,L1,6260100200302,2027-03-31,شیر\n");
  const auto made = RunRadyab({"labels", "--from", table, "--template", "unit", "--format", "png",
                               "--out", folder.Path("png"), "--offline", "--json"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  ASSERT_EQ(made.JsonLines().size(), 2u);
  EXPECT_EQ(made.JsonLines()[1]["first"], 2);
  const auto read = RunRadyab({"scan", folder.Path("png"), "--no-resolve", "--json"});
  ASSERT_EQ(read.JsonLines().size(), 2u);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(read.JsonLines()[static_cast<std::size_t>(i)]["symbols"][0]["text"],
              "01062601002003021727033110L1\x1D"
              "21S" +
                  std::to_string(i + 1) +
                  "\x1D"
                  "2401042000017000113");
  }
}

TEST(Labels, ARangeFillsSheetsAndSeveralFiles) {
  const ScratchFolder folder;
  const auto made =
      RunRadyab({"labels", "--first", "1042000017000113/serial/S001", "--last",
                 "1042000017000113/serial/S060", "--sheet", "a4-3x8", "--per-file", "48", "--out",
                 folder.Path("u.pdf"), "--offline", "--name-fa", "شیر"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_EQ(made.out, folder.Path("u-001.pdf") + "\n" + folder.Path("u-002.pdf") + "\n");
  EXPECT_THAT(made.err, HasSubstr("60 labels, each read back"));
  EXPECT_EQ(CountOf(FileText(folder.Path("u-001.pdf")), "/Type /Page %"), 2u);
  EXPECT_EQ(CountOf(FileText(folder.Path("u-002.pdf")), "/Type /Page %"), 1u);
}

TEST(Labels, FaultsOfATableAreToldByRowAndColumnAndNothingIsDrawn) {
  const ScratchFolder folder;
  const auto table = folder.Write("units.csv",
                                  "object,gtin\n1042000017000113/serial/S1,6260100200301\n"
                                  "8031000017000251,\n1042000017000113/serial/S3,\n");
  const auto made =
      RunRadyab({"labels", "--from", table, "--out", folder.Path("u.pdf"), "--offline"});
  EXPECT_EQ(made.exit_code, 1);
  EXPECT_THAT(made.err, HasSubstr("row 1 (line 2), column gtin: "));
  EXPECT_FALSE(std::filesystem::exists(folder.Path("u.pdf")));
  const auto mended = folder.Write("units.csv", "object\n1042000017000113\n8031000017000251\n");
  const auto other =
      RunRadyab({"labels", "--from", mended, "--out", folder.Path("u.pdf"), "--offline"});
  EXPECT_EQ(other.exit_code, 1);
  EXPECT_THAT(other.err, HasSubstr("row 2 (line 3): code 8031 0000 1700 0251 names a service"));
  EXPECT_FALSE(std::filesystem::exists(folder.Path("u.pdf")));
}

TEST(Labels, EveryNameThatDoesNotFitIsToldBeforeAnythingIsDrawn) {
  const ScratchFolder folder;
  std::string rows = "object,name_en\n";
  for (int i = 1; i <= 4; ++i) {
    rows += "1042000017000113/serial/S" + std::to_string(i) + "," +
            std::string(i % 2 == 0 ? 220 : 5, static_cast<char>('K' + i)) + "\n";
  }
  const auto made =
      RunRadyab({"labels", "--from", folder.Write("units.csv", rows), "--language", "en", "--out",
                 folder.Path("u.pdf"), "--per-file", "1", "--offline"});
  EXPECT_EQ(made.exit_code, 1);
  EXPECT_THAT(made.err, HasSubstr("row 2 (line 3): the name \"MMM"));
  EXPECT_THAT(made.err, HasSubstr("row 4 (line 5): the name \"OOO"));
  EXPECT_FALSE(std::filesystem::exists(folder.Path("u-001.pdf")));
}

TEST(Labels, NamesComeFromTheServerOnceForEachCode) {
  std::atomic<int> asked = 0;
  client::FakeAnswers answers;
  answers.resolve = [&asked](const v1::ResolveRequest& request, v1::Resolution& resolution) {
    ++asked;
    resolution.set_text(request.text());
    resolution.mutable_service()->mutable_display_name()->set_fa("تعویض روغن");
    return grpc::Status::OK;
  };
  const client::FakeServer server(answers);
  const ScratchFolder folder;
  const auto table = folder.Write("cards.csv",
                                  "code,copies,name_fa\n8031000017000251,3,\n"
                                  "8031000017000251,,شست‌وشو\n");
  const auto made = RunRadyab({"labels", "--from", table, "--template", "service-card", "--format",
                               "svg", "--out", folder.Path("cards")},
                              "", {{"RADYAB_SERVER", server.address()}});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_EQ(asked, 1);
  EXPECT_THAT(FileText(folder.Path("cards/8031000017000251-3.svg")), HasSubstr("تعویض روغن"));
  EXPECT_THAT(FileText(folder.Path("cards/8031000017000251-4.svg")), HasSubstr("شست‌وشو"))
      << "what the table says stands over it";
}

TEST(Labels, ExpiryDatesComeFromTheServerUnlessTheTableNamesThem) {
  client::FakeAnswers answers;
  answers.resolve = [](const v1::ResolveRequest&, v1::Resolution& resolution) {
    resolution.mutable_party()->mutable_display_name()->set_en("Milk");
    return grpc::Status::OK;
  };
  std::vector<std::string> asked;
  answers.resolve_stream = [&asked](client::ResolveStream& stream) {
    v1::ResolveRequest request;
    while (stream.Read(&request)) {
      asked.push_back(request.text());
      v1::Resolution resolution;
      if (request.text().ends_with("L1")) resolution.set_expiry_date("2027-03-31");
      stream.Write(resolution);
    }
    return grpc::Status::OK;
  };
  const client::FakeServer server(answers);
  const ScratchFolder folder;
  const std::string code = "1042000017000113";
  const auto table = folder.Write(
      "lots.csv", "object,copies,expiry,gtin\n" + code + "/lot/L1,2,,6260100200302\n" + code +
                      "/lot/L2,1,\n" + code + "/lot/L3,1,2028-01-31,6260100200302\n");
  const auto made = RunRadyab({"labels", "--from", table, "--language", "en", "--format", "png",
                               "--out", folder.Path("png")},
                              "", {{"RADYAB_SERVER", server.address()}});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_EQ(asked, (std::vector<std::string>{code + "/lot/L1", code + "/lot/L2"}));
  const auto read = RunRadyab({"scan", folder.Path("png"), "--no-resolve", "--json"});
  std::vector<std::string> dated;
  for (const json& line : read.JsonLines()) {
    const std::string text = line["symbols"][0]["text"];
    for (const char* date : {"270331", "280131"}) {
      if (text.find(date) != std::string::npos) dated.push_back(date);
    }
  }
  EXPECT_EQ(dated, (std::vector<std::string>{"270331", "270331", "280131"}));
}

TEST(Labels, ARawPrinterGetsEveryLabelAsZplOrEpl) {
  for (const std::string format : {"zpl", "epl"}) {
    std::string got;
    PrinterStandIn printer([&got](int connection) { got = scanner::ReadAll(connection); });
    const auto made = RunRadyab({"labels", "--first", "1042000017000113/serial/S01", "--last",
                                 "1042000017000113/serial/S20", "--offline", "--format", format,
                                 "--printer", printer.Address(PrinterProtocol::kRaw).Text()});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    EXPECT_THAT(made.err, HasSubstr("20 labels sent to the printer"));
    printer.Await();
    EXPECT_EQ(CountOf(got, format == "zpl" ? "^XZ\n" : "P1\n"), 20u);
  }
}

TEST(Labels, ALostPrinterIsToldWithHowManyLabelsReachedIt) {
  PrinterStandIn printer(
      [](int connection) {
        std::string got;
        while (CountOf(got, "^XZ\n") < 7) {
          const std::string byte = scanner::ReadSome(connection, 1);
          if (byte.empty()) return;
          got += byte;
        }
        scanner::CutOnClose(connection);
      },
      2048);
  const auto made = RunRadyab({"labels", "--first", "1042000017000113/serial/S001", "--last",
                               "1042000017000113/serial/S900", "--offline", "--printer",
                               printer.Address(PrinterProtocol::kRaw).Text()});
  EXPECT_EQ(made.exit_code, 4) << made.err;
  EXPECT_THAT(made.err, HasSubstr("ended the connection"));
  EXPECT_THAT(made.err, testing::ContainsRegex(
                            ": [0-9]+ of 900 labels are known to have reached the printer; go on "
                            "with --skip [0-9]+"));
  const std::size_t at = made.err.find("--skip ");
  ASSERT_NE(at, std::string::npos);
  EXPECT_GE(std::stoi(made.err.substr(at + 7)), 7);
  EXPECT_LT(std::stoi(made.err.substr(at + 7)), 100);
}

TEST(Labels, AnIppPrinterGetsPdfJobsAndItsRefusalIsTold) {
  scanner::HttpRequest request;
  PrinterStandIn printer([&request](int connection) {
    request = scanner::ReadRequest(connection);
    const std::string body("\1\1\4\x0A\0\0\0\1\1\3", 10);
    scanner::WriteAll(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" + body);
  });
  const auto made = RunRadyab({"labels", "1042000017000113/serial/S1", "--offline", "--printer",
                               printer.Address(PrinterProtocol::kIpp).Text()});
  EXPECT_EQ(made.exit_code, 1);
  EXPECT_THAT(made.err, HasSubstr("client-error-document-format-not-supported"));
  EXPECT_THAT(made.err, HasSubstr("0 of 1 labels are known to have reached the printer"));
  printer.Await();
  EXPECT_THAT(request.body, HasSubstr("%PDF-1.4"));
}

TEST(Labels, AnIppsPrinterGetsThemWhenItsCertificateIsTrusted) {
  const auto own = tests::Issued::BySelf({.subject = "printer", .authority = true});
  const auto serve = scanner::BehindTls(own, [](int connection) {
    scanner::ReadRequest(connection);
    const std::string body("\1\1\0\0\0\0\0\1\1\3", 10);
    scanner::WriteAll(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" + body);
  });
  const ScratchFolder folder;
  const auto known = folder.Write("printer.pem", own.certificate_pem());
  const auto print = [&](std::vector<std::string> more) {
    PrinterStandIn printer(serve);
    auto address = printer.Address(PrinterProtocol::kIpp);
    address.tls = true;
    std::vector<std::string> words = {"labels", "1042000017000113/serial/S1", "--offline",
                                      "--printer", address.Text()};
    words.insert(words.end(), more.begin(), more.end());
    return RunRadyab(words);
  };
  const auto trusted = print({"--printer-ca", known});
  EXPECT_EQ(trusted.exit_code, 0) << trusted.err;
  EXPECT_THAT(trusted.err, HasSubstr("1 labels sent to the printer"));
  const auto strange = print({});
  EXPECT_EQ(strange.exit_code, 4);
  EXPECT_THAT(strange.err, HasSubstr("is not trusted, its certificate: self-signed certificate"));
}

TEST(Labels, APrinterThatIsOffIsToldAtOnce) {
  const auto made = RunRadyab({"labels", "1042000017000113", "--offline", "--printer",
                               "socket://127.0.0.1:" + std::to_string(scanner::ClosedPort())});
  EXPECT_EQ(made.exit_code, 4);
  EXPECT_THAT(made.err, HasSubstr("cannot be reached"));
}

TEST(Labels, RefusesCommandLinesThatDoNotMakeSense) {
  const std::vector<std::vector<std::string>> lines = {
      {"labels", "1042000017000113"},
      {"labels", "--out", "x.pdf"},
      {"labels", "1042000017000113", "--first", "1042000017000113", "--out", "x.pdf"},
      {"labels", "--first", "1042000017000113", "--out", "x.pdf"},
      {"labels", "1042000017000113", "--out", "x.pdf", "--printer", "socket://h"},
      {"labels", "1042000017000113", "--out", "x.png"},
      {"labels", "1042000017000113", "--out", "x.pdf", "--sheet", "a5"},
      {"labels", "1042000017000113", "--printer", "lpd://h"},
      {"labels", "1042000017000113", "--printer", "ipp://h", "--printer-ca", "own.pem"},
      {"labels", "1042000017000113", "--printer", "socket://h", "--format", "pdf"},
      {"labels", "1042000017000113", "--out", "x.pdf", "--template", "crate"},
      {"labels", "1042000017000113", "--out", "x.pdf", "--offline", "--skip", "1"}};
  for (const auto& line : lines) {
    const auto made = RunRadyab(line);
    EXPECT_EQ(made.exit_code, 2) << made.err;
  }
}

}  // namespace
}  // namespace radyab::cli

#include "scanner/labels/raw_printer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <atomic>
#include <future>

#include "tests/scanner/labels/printer_stand_in.h"

namespace radyab::scanner {
namespace {

using testing::HasSubstr;

constexpr int kSmallReceive = 4096;

std::string LabelBytes(std::size_t size) { return std::string(size, 'x'); }

std::unique_ptr<RawPrinter> ConnectTo(const PrinterStandIn& printer,
                                      const RawPrinterOptions& options = {}) {
  auto connected = RawPrinter::Connect(printer.Address(PrinterProtocol::kRaw), options);
  EXPECT_TRUE(connected.ok()) << connected.fault().message;
  return connected.ok() ? std::move(connected).value() : nullptr;
}

TEST(RawPrinter, SendsEveryByteAndKnowsThatAllLabelsArrived) {
  std::string got;
  PrinterStandIn stand_in([&got](int connection) { got = ReadAll(connection); });
  const auto printer = ConnectTo(stand_in);
  std::string wanted;
  for (int i = 0; i < 50; ++i) {
    const std::string label = "^XA label " + std::to_string(i) + LabelBytes(10'000) + "^XZ\n";
    wanted += label;
    const auto fault = printer->Send(label);
    ASSERT_FALSE(fault.has_value()) << fault->message;
  }
  EXPECT_FALSE(printer->Finish().has_value());
  EXPECT_EQ(printer->arrived(), 50u);
  stand_in.Await();
  EXPECT_EQ(got, wanted);
}

TEST(RawPrinter, APrinterThatSaysNothingMoreStillGetsItsLabels) {
  std::string got;
  PrinterStandIn stand_in([&got](int connection) {
    WriteAll(connection, "ready\n");
    shutdown(connection, SHUT_WR);
    got = ReadAll(connection);
  });
  const auto printer = ConnectTo(stand_in);
  for (int i = 0; i < 20; ++i) ASSERT_FALSE(printer->Send(LabelBytes(100'000)).has_value());
  EXPECT_FALSE(printer->Finish().has_value());
  EXPECT_EQ(printer->arrived(), 20u);
  stand_in.Await();
  EXPECT_EQ(got.size(), 2'000'000u);
}

TEST(RawPrinter, APrinterThatIsOffIsUnreachable) {
  const int port = ClosedPort();
  const auto printer = RawPrinter::Connect({PrinterProtocol::kRaw, "127.0.0.1", port, ""});
  ASSERT_FALSE(printer.ok());
  EXPECT_EQ(printer.fault().kind, FaultKind::kPrinterUnreachable);
  EXPECT_THAT(printer.fault().message, HasSubstr("127.0.0.1:" + std::to_string(port)));
  EXPECT_THAT(printer.fault().message, HasSubstr("refused"));
  const auto nowhere =
      RawPrinter::Connect({PrinterProtocol::kRaw, "no.such.host.invalid", 9100, ""});
  ASSERT_FALSE(nowhere.ok());
  EXPECT_EQ(nowhere.fault().kind, FaultKind::kPrinterUnreachable);
}

// The connection is cut after some labels: those that arrived are counted, and none that did not.
TEST(RawPrinter, ALostConnectionTellsHowManyLabelsArrived) {
  constexpr std::size_t kLabel = 100'000;
  std::size_t read = 0;
  PrinterStandIn stand_in(
      [&read](int connection) {
        read = ReadSome(connection, 3 * kLabel + 10).size();
        CutOnClose(connection);
      },
      kSmallReceive);
  const auto printer = ConnectTo(stand_in);
  std::optional<ScanFault> fault;
  std::size_t sent = 0;
  for (; !fault && sent < 200; ++sent) fault = printer->Send(LabelBytes(kLabel));
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->kind, FaultKind::kPrinterLost);
  EXPECT_GE(printer->arrived(), 3u) << "the printer read them";
  EXPECT_LT(printer->arrived(), 5u) << "its system took no more than some kilobytes besides";
  stand_in.Await();
  EXPECT_EQ(read, 3 * kLabel + 10);
}

TEST(RawPrinter, APrinterThatEndsBeforeTheLastLabelIsNotTakenForOneThatPrintedIt) {
  PrinterStandIn stand_in([](int connection) {
    ReadSome(connection, 1000);
    CutOnClose(connection);
  });
  const auto printer = ConnectTo(stand_in);
  ASSERT_FALSE(printer->Send(LabelBytes(1000)).has_value());
  stand_in.Await();
  std::optional<ScanFault> fault;
  for (int i = 0; !fault && i < 100; ++i) fault = printer->Send(LabelBytes(1000));
  if (!fault) fault = printer->Finish();
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->kind, FaultKind::kPrinterLost);
  EXPECT_EQ(printer->arrived(), 1u);
}

TEST(RawPrinter, APrinterThatTakesNothingIsToldAfterAWhile) {
  std::promise<void> go;
  PrinterStandIn stand_in([&go](int) { go.get_future().wait(); }, kSmallReceive);
  RawPrinterOptions options;
  options.idle_milliseconds_max = 300;
  const auto printer = ConnectTo(stand_in, options);
  std::optional<ScanFault> fault;
  for (int i = 0; !fault && i < 1000; ++i) fault = printer->Send(LabelBytes(100'000));
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->kind, FaultKind::kPrinterStalled);
  EXPECT_LT(printer->arrived(), 5u);
  go.set_value();
}

}  // namespace
}  // namespace radyab::scanner

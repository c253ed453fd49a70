#include "scanner/labels/printer_address.h"

#include <gtest/gtest.h>

namespace radyab::scanner {
namespace {

TEST(PrinterAddress, ReadsBothProtocolsAndFillsTheirPorts) {
  const auto raw = ParsePrinterAddress("socket://10.0.0.7");
  ASSERT_TRUE(raw.ok());
  EXPECT_EQ(raw->protocol, PrinterProtocol::kRaw);
  EXPECT_EQ(raw->host, "10.0.0.7");
  EXPECT_EQ(raw->port, 9100);
  EXPECT_EQ(ParsePrinterAddress("socket://zebra-2.example:6101/")->port, 6101);
  const auto ipp = ParsePrinterAddress("ipp://office.example/ipp/print");
  ASSERT_TRUE(ipp.ok());
  EXPECT_EQ(ipp->protocol, PrinterProtocol::kIpp);
  EXPECT_EQ(ipp->port, 631);
  EXPECT_EQ(ipp->path, "/ipp/print");
  EXPECT_EQ(ParsePrinterAddress("ipp://office.example:8631")->path, "/");
  const auto six = ParsePrinterAddress("socket://[fe80::1]:9100");
  ASSERT_TRUE(six.ok());
  EXPECT_EQ(six->host, "fe80::1");
}

TEST(PrinterAddress, TextReadsBackTheSame) {
  const auto ipps = ParsePrinterAddress("ipps://office.example/ipp/print");
  ASSERT_TRUE(ipps.ok());
  EXPECT_TRUE(ipps->tls);
  EXPECT_EQ(ipps->port, 631);
  EXPECT_FALSE(ParsePrinterAddress("ipp://office.example")->tls);
  for (const char* text :
       {"socket://10.0.0.7:9100", "ipps://office.example:8443/ipp/print",
        "ipp://office.example:631/ipp/print", "socket://[::1]:9101", "ipp://[::1]:631/"}) {
    EXPECT_EQ(ParsePrinterAddress(text)->Text(), text);
  }
}

TEST(PrinterAddress, RefusesWhatIsNone) {
  for (const char* text :
       {"", "zebra", "http://zebra", "socket://", "socket://zebra:0", "socket://zebra:65536",
        "socket://zebra:9100/path", "socket://ze bra", "ipp://zebra:631/a b", "socket://[::1",
        "socket://[::1]x", "socket://zebra:", "ipp://zebra\r\nHost:x/"}) {
    const auto address = ParsePrinterAddress(text);
    ASSERT_FALSE(address.ok()) << text;
    EXPECT_EQ(address.fault().kind, FaultKind::kBadPrinterAddress) << text;
  }
}

}  // namespace
}  // namespace radyab::scanner

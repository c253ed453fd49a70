#include "scanner/label_content.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace radyab::scanner {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::vector<Carrier> kAll = {Carrier::kQrCode, Carrier::kDataMatrix, Carrier::kBars};

LabelContent CodeLabel() {
  LabelContent content;
  content.code = coding::ParseCode("1042000017000113").value();
  return content;
}

LabelContent TradeItemUnit() {
  LabelContent content = CodeLabel();
  content.kind = LabelKind::kUnit;
  content.gtin = "6260100200302";
  content.lot = "L/1";
  content.serial = "77";
  content.expiry = coding::CivilDate{2027, 3, 31};
  return content;
}

std::vector<std::string> Messages(const LabelContent& content) {
  const auto payloads = PlanCarriers(content, kAll);
  if (!payloads) return {payloads.fault().message};
  std::vector<std::string> messages;
  for (const CarrierPayload& payload : *payloads) messages.push_back(payload.message);
  return messages;
}

std::string FaultOf(const LabelContent& content, const std::vector<Carrier>& carriers = kAll) {
  const auto payloads = PlanCarriers(content, carriers);
  if (payloads.ok()) return "no fault";
  EXPECT_EQ(payloads.fault().kind, FaultKind::kBadLabelContent);
  return payloads.fault().message;
}

TEST(LabelContent, ACodeWithoutGtinHasNoGs1Symbol) {
  EXPECT_THAT(Messages(CodeLabel()), ElementsAre("https://radyab.example/c/1042000017000113",
                                                 "1042000017000113", "1042000017000113"));
  const auto payloads = PlanCarriers(CodeLabel(), kAll);
  ASSERT_TRUE(payloads.ok());
  for (const CarrierPayload& payload : *payloads) EXPECT_FALSE(payload.gs1);
}

TEST(LabelContent, LotAndSerialWithoutGtinTravelInOurLink) {
  LabelContent content = TradeItemUnit();
  content.gtin.reset();
  const std::string link =
      "https://radyab.example/c/1042000017000113?lot=L%2F1&serial=77&expiry=2027-03-31";
  EXPECT_THAT(Messages(content), ElementsAre(link, link, "1042000017000113"));
}

TEST(LabelContent, AGtinMakesGs1SymbolsAndADigitalLink) {
  EXPECT_THAT(
      Messages(TradeItemUnit()),
      ElementsAre(
          "https://radyab.example/01/06260100200302/10/L%2F1/21/77?17=270331&240=1042000017000113",
          "01062601002003021727033110L/1\x1D"
          "2177\x1D"
          "2401042000017000113",
          "01062601002003022177"));
  LabelContent lot = TradeItemUnit();
  lot.kind = LabelKind::kLot;
  EXPECT_EQ(Messages(lot)[2], "01062601002003021727033110L/1");
}

TEST(LabelContent, AContainerCarriesItsSscc) {
  LabelContent content;
  content.kind = LabelKind::kContainer;
  content.sscc = "362601000000000019";
  EXPECT_THAT(Messages(content), ElementsAre("https://radyab.example/00/362601000000000019",
                                             "00362601000000000019", "00362601000000000019"));
}

TEST(LabelContent, RefusesWhatIsMissingOrWrong) {
  LabelContent content = CodeLabel();
  content.kind = LabelKind::kLot;
  EXPECT_THAT(FaultOf(content), HasSubstr("lot"));
  content.kind = LabelKind::kUnit;
  EXPECT_THAT(FaultOf(content), HasSubstr("serial"));
  content.kind = LabelKind::kContainer;
  EXPECT_THAT(FaultOf(content), HasSubstr("SSCC"));
  content.code.reset();
  content.sscc = "362601000000000018";
  EXPECT_THAT(FaultOf(content), HasSubstr("check digit"));
  content = CodeLabel();
  content.code.reset();
  EXPECT_THAT(FaultOf(content), HasSubstr("code"));
  content = TradeItemUnit();
  content.gtin = "6260100200301";
  EXPECT_THAT(FaultOf(content), HasSubstr("check digit"));
  content = TradeItemUnit();
  content.serial = "گ";
  EXPECT_NE(FaultOf(content), "no fault");
  content.serial = std::string(21, '1');
  EXPECT_NE(FaultOf(content), "no fault");
  content = TradeItemUnit();
  content.expiry = coding::CivilDate{2027, 2, 30};
  EXPECT_THAT(FaultOf(content), HasSubstr("date"));
}

TEST(LabelContent, RefusesADateThatAGs1SymbolReadsAsAnotherYear) {
  LabelContent content = TradeItemUnit();
  content.current_year = 2026;
  content.expiry = coding::CivilDate{2090, 1, 1};
  EXPECT_THAT(FaultOf(content), HasSubstr("1990-01-01"));
  EXPECT_THAT(FaultOf(content), HasSubstr("from 1977 to 2076"));
  content.expiry = coding::CivilDate{2076, 12, 31};
  EXPECT_EQ(FaultOf(content), "no fault");
  content.expiry = coding::CivilDate{2077, 1, 1};
  EXPECT_THAT(FaultOf(content), HasSubstr("expiry"));
  content.current_year = 2027;
  EXPECT_EQ(FaultOf(content), "no fault") << "the window moves with the years";
  content.expiry.reset();
  content.production = coding::CivilDate{1977, 12, 31};
  EXPECT_THAT(FaultOf(content), HasSubstr("production"));
  content.production.reset();
  content.best_before = coding::CivilDate{1926, 1, 1};
  EXPECT_THAT(FaultOf(content), HasSubstr("best-before"));
  content.gtin.reset();
  EXPECT_EQ(FaultOf(content), "no fault") << "our link has whole years";
}

TEST(LabelContent, RefusesItemFactsOfWhatIsNoItem) {
  LabelContent party;
  party.code = coding::ParseCode("7000000017004271").value();
  EXPECT_EQ(FaultOf(party), "no fault");
  party.expiry = coding::CivilDate{2027, 3, 31};
  EXPECT_EQ(FaultOf(party), "no fault") << "a card may end too";
  party.lot = "L1";
  EXPECT_THAT(FaultOf(party), HasSubstr("only an item has a lot"));
  party.kind = LabelKind::kLot;
  EXPECT_THAT(FaultOf(party), HasSubstr("party"));
  party.lot.reset();
  party.kind = LabelKind::kUnit;
  party.serial = "7";
  EXPECT_THAT(FaultOf(party), HasSubstr("only an item has a serial"));
  party = {};
  party.code = coding::ParseCode("8031000017000251").value();
  party.gtin = "6260100200302";
  EXPECT_THAT(FaultOf(party), HasSubstr("service, and only an item has a GTIN"));
}

TEST(LabelContent, RefusesFactsThatAContainersSymbolsDoNotCarry) {
  LabelContent bare;
  bare.kind = LabelKind::kContainer;
  bare.sscc = "362601000000000019";
  LabelContent content = bare;
  content.code = coding::ParseCode("1042000017000113").value();
  EXPECT_THAT(FaultOf(content), HasSubstr("no code"));
  content = bare;
  content.gtin = "6260100200302";
  EXPECT_THAT(FaultOf(content), HasSubstr("no GTIN"));
  content = bare;
  content.lot = "L1";
  EXPECT_THAT(FaultOf(content), HasSubstr("no lot"));
  content = bare;
  content.production = coding::CivilDate{2026, 3, 31};
  EXPECT_THAT(FaultOf(content), HasSubstr("no date"));
  content = CodeLabel();
  content.sscc = "362601000000000019";
  EXPECT_THAT(FaultOf(content), HasSubstr("only the label of a container"));
}

TEST(LabelContent, IsSettledIntoTheFormThatSymbolsCarry) {
  LabelContent content = TradeItemUnit();
  content.gtin = "۶۲۶۰۱ ۰۰۲۰ ۰۳۰۲";
  const auto settled = Settled(content);
  ASSERT_TRUE(settled.ok()) << settled.fault().message;
  EXPECT_EQ(settled->gtin, "06260100200302");
  EXPECT_THAT(FactLines(*settled), testing::Contains("GTIN 06260100200302"));
  EXPECT_EQ(Settled(*settled)->gtin, settled->gtin);
}

TEST(LabelContent, RefusesNamesAndHostsThatCannotStand) {
  LabelContent content = CodeLabel();
  content.name_fa = std::string(kLabelNameBytesMax, 'a');
  EXPECT_EQ(FaultOf(content), "no fault");
  content.name_fa += 'a';
  EXPECT_THAT(FaultOf(content), HasSubstr("241 bytes"));
  content.name_fa = "two\nlines";
  EXPECT_NE(FaultOf(content), "no fault");
  content.name_fa = "\xFF";
  EXPECT_NE(FaultOf(content), "no fault");
  content = CodeLabel();
  content.link_host = "evil/../host";
  EXPECT_THAT(FaultOf(content), HasSubstr("host"));
  content.link_host = "radyab.example:8080";
  EXPECT_EQ(FaultOf(content), "no fault");
}

// The messages of symbols that were asked for by name.
std::vector<std::string> MessagesOf(const LabelContent& content,
                                    const std::vector<Carrier>& carriers) {
  const auto payloads = PlanCarriers(content, carriers);
  EXPECT_TRUE(payloads.ok()) << payloads.fault().message;
  std::vector<std::string> messages;
  for (const CarrierPayload& payload : *payloads) messages.push_back(payload.message);
  return messages;
}

TEST(LabelContent, SymbolsAskedForByNameSayWhatTheirNamePromises) {
  const LabelContent unit = TradeItemUnit();
  EXPECT_THAT(
      MessagesOf(unit, {Carrier::kGs1QrCode, Carrier::kEanBars, Carrier::kItf14Bars,
                        Carrier::kCodeMatrix, Carrier::kCodeBars}),
      ElementsAre("01062601002003021727033110L/1\x1D"
                  "2177\x1D"
                  "2401042000017000113",
                  "6260100200302", "06260100200302", "1042000017000113", "1042000017000113"));
  LabelContent container;
  container.kind = LabelKind::kContainer;
  container.sscc = "362601000000000019";
  EXPECT_THAT(MessagesOf(container, {Carrier::kGs1QrCode}), ElementsAre("00362601000000000019"));
}

TEST(LabelContent, EanBarsTakeTheFormThatTheGtinHas) {
  LabelContent content = CodeLabel();
  const auto symbology_of = [&content](const char* gtin) {
    content.gtin = gtin;
    const auto payloads = PlanCarriers(content, {Carrier::kEanBars});
    EXPECT_TRUE(payloads.ok()) << payloads.fault().message;
    return std::pair(payloads->front().symbology, payloads->front().message);
  };
  EXPECT_EQ(symbology_of("6260100200302"),
            std::pair(Symbology::kEan13, std::string("6260100200302")));
  EXPECT_EQ(symbology_of("012345678905"),
            std::pair(Symbology::kUpcA, std::string("0012345678905")));
  EXPECT_EQ(symbology_of("96385074"), std::pair(Symbology::kEan8, std::string("96385074")));
}

TEST(LabelContent, RefusesSymbolsForWhichItHasNoNumber) {
  EXPECT_THAT(FaultOf(CodeLabel(), {Carrier::kGs1QrCode}), HasSubstr("needs a GTIN or an SSCC"));
  EXPECT_THAT(FaultOf(CodeLabel(), {Carrier::kEanBars}), HasSubstr("need a GTIN"));
  EXPECT_THAT(FaultOf(CodeLabel(), {Carrier::kItf14Bars}), HasSubstr("need a GTIN"));
  LabelContent carton = CodeLabel();
  carton.gtin = "16260100200309";
  EXPECT_EQ(FaultOf(carton, {Carrier::kItf14Bars}), "no fault");
  EXPECT_THAT(FaultOf(carton, {Carrier::kEanBars}), HasSubstr("use ITF-14"));
  LabelContent container;
  container.kind = LabelKind::kContainer;
  container.sscc = "362601000000000019";
  EXPECT_THAT(FaultOf(container, {Carrier::kCodeBars}), HasSubstr("no code"));
  EXPECT_THAT(FaultOf(container, {Carrier::kEanBars}), HasSubstr("GTIN"));
}

TEST(LabelContent, RefusesNoCarrierAndOneTwice) {
  EXPECT_NE(FaultOf(CodeLabel(), {}), "no fault");
  EXPECT_THAT(FaultOf(CodeLabel(), {Carrier::kBars, Carrier::kBars}), HasSubstr("twice"));
}

TEST(LabelContent, TheLongestLotFitsIntoGs1Bars) {
  LabelContent content = TradeItemUnit();
  content.kind = LabelKind::kLot;
  content.lot = std::string(20, 'A');  // 16 + 8 + 22 = 46
  EXPECT_EQ(FaultOf(content), "no fault");
}

TEST(LabelContent, ReadsCarrierWordsBack) {
  for (int i = 0; i <= static_cast<int>(Carrier::kCodeBars); ++i) {
    const auto carrier = static_cast<Carrier>(i);
    EXPECT_EQ(CarrierOfWord(CarrierWord(carrier)), carrier);
    EXPECT_FALSE(CarrierName(carrier).empty());
  }
  EXPECT_FALSE(CarrierOfWord("QR"));
}

}  // namespace
}  // namespace radyab::scanner

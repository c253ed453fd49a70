#include "tests/scanner/labels/label_samples.h"

#include <gtest/gtest.h>

namespace radyab::scanner {

LabelContent SampleContent(LabelTemplate label) {
  LabelContent content;
  switch (label) {
    case LabelTemplate::kPallet:
      content.kind = LabelKind::kContainer;
      content.sscc = "362601000000000019";
      content.name_fa = "پالت روغن موتور، انبار تهران";
      content.name_en = "Pallet of motor oil, Tehran warehouse";
      content.name_ar = "منصة زيت المحرك، مستودع طهران";
      return content;
    case LabelTemplate::kServiceCard:
      content.code = coding::ParseCode("8031000017000251").value();
      content.name_fa = "خدمت تعویض روغن و سرویس دوره‌ای خودرو";
      content.name_en = "Oil change and regular service";
      content.name_ar = "خدمة تغيير الزيت والصيانة الدورية";
      return content;
    case LabelTemplate::kCustomerCard:
      content.code = coding::ParseCode("7000000017004271").value();
      content.name_fa = "شرکت پخش گلستان";
      content.name_en = "Golestan Distribution Co.";
      content.name_ar = "شركة گلستان للتوزيع";
      content.expiry = coding::CivilDate{2027, 3, 31};
      return content;
    default:
      break;
  }
  content.code = coding::ParseCode("1042000017000113").value();
  content.name_fa =
      "روغن موتور تمام‌سنتتیک ۴ لیتری (کارتن ۱۲ عددی)";
  content.name_en = "Motor oil & grease <4 l>";
  content.name_ar = "زيت محرك اصطناعي بالكامل ٤ لتر";
  content.gtin = "6260100200302";
  if (label == LabelTemplate::kShelf) return content;
  content.lot = "L-2026/07";
  content.production = coding::CivilDate{2026, 4, 1};
  content.expiry = coding::CivilDate{2027, 3, 31};
  content.kind = LabelKind::kLot;
  if (label == LabelTemplate::kUnit) {
    content.kind = LabelKind::kUnit;
    content.serial = "SN000123";
  }
  return content;
}

std::vector<TemplateCase> TemplateCases() {
  std::vector<TemplateCase> cases;
  for (const LabelTemplate label : kLabelTemplates)
    cases.push_back({label, {}, std::string(TemplateWord(label))});
  const std::vector<std::pair<LabelTemplate, std::vector<Carrier>>> more = {
      {LabelTemplate::kUnit, {Carrier::kGs1QrCode}},
      {LabelTemplate::kUnit, {Carrier::kQrCode}},
      {LabelTemplate::kUnit, {Carrier::kCodeMatrix}},
      {LabelTemplate::kUnit, {Carrier::kCodeBars}},
      {LabelTemplate::kCase, {Carrier::kDataMatrix, Carrier::kItf14Bars}},
      {LabelTemplate::kCase, {Carrier::kGs1QrCode, Carrier::kEanBars}},
      {LabelTemplate::kPallet, {Carrier::kQrCode, Carrier::kBars}},
      {LabelTemplate::kShelf, {Carrier::kQrCode}},
      {LabelTemplate::kServiceCard, {Carrier::kQrCode, Carrier::kCodeBars}},
  };
  for (const auto& [label, carriers] : more) {
    std::string name(TemplateWord(label));
    for (const Carrier carrier : carriers) name += " " + std::string(CarrierWord(carrier));
    cases.push_back({label, carriers, name});
  }
  return cases;
}

std::vector<CarrierPayload> PayloadsOf(const TemplateCase& label) {
  const auto payloads = PlanTemplate(SampleContent(label.label),
                                     {label.label, LabelLanguage::kFa, 203, label.carriers});
  EXPECT_TRUE(payloads.ok()) << label.name << ": " << payloads.fault().message;
  return payloads.ok() ? *payloads : std::vector<CarrierPayload>{};
}

}  // namespace radyab::scanner

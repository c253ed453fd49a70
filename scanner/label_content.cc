#include "scanner/label_content.h"

#include <algorithm>
#include <utility>

#include "coding/bracketed_elements.h"
#include "coding/code_link.h"
#include "coding/digital_link.h"
#include "coding/element_string.h"
#include "coding/gs1_characters.h"
#include "coding/gs1_keys.h"
#include "coding/utf8_reader.h"

namespace radyab::scanner {
namespace {

using coding::Element;

constexpr struct {
  Carrier carrier;
  std::string_view name;
  std::string_view word;
} kCarriers[] = {
    {Carrier::kQrCode, "QR code", "qr"},
    {Carrier::kDataMatrix, "Data Matrix", "datamatrix"},
    {Carrier::kBars, "bars", "bars"},
    {Carrier::kGs1QrCode, "GS1 QR code", "gs1-qr"},
    {Carrier::kEanBars, "EAN bars", "ean13"},
    {Carrier::kItf14Bars, "ITF-14 bars", "itf14"},
    {Carrier::kCodeMatrix, "Data Matrix of the code", "code-matrix"},
    {Carrier::kCodeBars, "bars of the code", "code-bars"},
};

ScanFault BadContent(std::string why) { return {FaultKind::kBadLabelContent, std::move(why)}; }

std::optional<ScanFault> CheckName(std::string_view which, const std::string& name) {
  if (name.size() > kLabelNameBytesMax) {
    return BadContent(std::string(which) + " has " + std::to_string(name.size()) +
                      " bytes, at most " + std::to_string(kLabelNameBytesMax) + " fit on a label");
  }
  const bool control = std::any_of(name.begin(), name.end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (control || !coding::IsValidUtf8(name)) {
    return BadContent(std::string(which) + " is no UTF-8 text on one line");
  }
  return std::nullopt;
}

bool IsHost(std::string_view host) {
  return !host.empty() && host.size() <= 253 && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == ':';
  });
}

// The facts that only an item has, or a lot or unit of it; nothing when there is none.
std::string_view ItemFactOf(const LabelContent& content) {
  if (content.gtin) return "a GTIN";
  if (content.lot) return "a lot";
  if (content.serial) return "a serial";
  return {};
}

bool HasDate(const LabelContent& content) {
  return content.production || content.best_before || content.expiry;
}

// What is missing for this kind of label, or stands there although no symbol would carry it.
std::optional<ScanFault> CheckFacts(const LabelContent& content) {
  const std::string_view item_fact = ItemFactOf(content);
  if (content.kind == LabelKind::kContainer) {
    if (!content.sscc) return BadContent("the label of a container needs its SSCC");
    if (content.code || !item_fact.empty() || HasDate(content)) {
      return BadContent("the label of a container carries its SSCC alone, no " +
                        std::string(content.code        ? "code"
                                    : item_fact.empty() ? "date"
                                                        : item_fact.substr(2)));
    }
    return std::nullopt;
  }
  if (!content.code) return BadContent("the label needs a code");
  if (content.sscc) return BadContent("only the label of a container carries an SSCC");
  if (content.kind == LabelKind::kLot && !content.lot)
    return BadContent("the label of a lot needs the lot");
  if (content.kind == LabelKind::kUnit && !content.serial) {
    return BadContent("the label of a unit needs its serial");
  }
  if (content.code->kind() != coding::Kind::kItem && !item_fact.empty()) {
    return BadContent("code " + content.code->Grouped() + " names a " +
                      std::string(coding::KindName(content.code->kind())) +
                      ", and only an item has " + std::string(item_fact));
  }
  return std::nullopt;
}

// With a GTIN dates stand in the symbols with two digits of their year.
std::optional<ScanFault> CheckDate(const LabelContent& content, std::string_view which,
                                   const std::optional<coding::CivilDate>& date) {
  if (!date) return std::nullopt;
  if (!coding::IsValidDate(*date)) {
    return BadContent("the " + std::string(which) + " date is no day of the calendar");
  }
  if (!content.gtin) return std::nullopt;
  const auto read = coding::ParseYymmdd(coding::WriteYymmdd(*date), content.current_year);
  if (read && *read == *date) return std::nullopt;
  return BadContent("the " + std::string(which) + " date " + coding::WriteIsoDate(*date) +
                    " has two digits of its year in a GS1 symbol, which " +
                    (read ? "read as " + coding::WriteIsoDate(*read) : "do not read") +
                    ": want a year from " + std::to_string(content.current_year - 49) + " to " +
                    std::to_string(content.current_year + 50));
}

// All elements that a GTIN label knows, those of predefined length first.
std::vector<Element> TradeItemElements(const LabelContent& content) {
  std::vector<Element> elements = {{"01", *content.gtin}};
  const auto add_date = [&elements](const char* ai, const std::optional<coding::CivilDate>& date) {
    if (date) elements.push_back({ai, coding::WriteYymmdd(*date)});
  };
  add_date("11", content.production);
  add_date("15", content.best_before);
  add_date("17", content.expiry);
  if (content.lot) elements.push_back({"10", *content.lot});
  if (content.serial) elements.push_back({"21", *content.serial});
  if (content.code) elements.push_back({"240", content.code->Digits()});
  return elements;
}

// What of it goes into GS1-128, whose length is limited: the key and what the label stands on.
std::vector<Element> BarElements(const LabelContent& content) {
  std::vector<Element> elements = {{"01", *content.gtin}};
  if (content.kind == LabelKind::kLot) {
    if (content.expiry) elements.push_back({"17", coding::WriteYymmdd(*content.expiry)});
    elements.push_back({"10", *content.lot});
  } else if (content.kind == LabelKind::kUnit) {
    elements.push_back({"21", *content.serial});
  }
  return elements;
}

Outcome<CarrierPayload> LinkPayload(CarrierPayload payload, const std::string& link) {
  payload.message = link;
  payload.to_encode = link;
  return payload;
}

Outcome<CarrierPayload> ElementPayload(CarrierPayload payload,
                                       const std::vector<Element>& elements) {
  payload.gs1 = true;
  payload.message = coding::WriteElementString(elements);
  payload.human_text = coding::WriteBracketed(elements);
  const auto checked = coding::ParseElementString(payload.message);
  if (!checked) return BadContent(checked.refusal().message);
  for (const Element& element : elements)
    payload.to_encode += "[" + element.ai + "]" + element.value;
  if (payload.carrier == Carrier::kBars && payload.message.size() > kGs1BarsCharactersMax) {
    return BadContent("GS1-128 of " + std::to_string(payload.message.size()) +
                      " characters, at most " + std::to_string(kGs1BarsCharactersMax) +
                      " are allowed");
  }
  return payload;
}

std::string OurLink(const LabelContent& content) {
  return coding::WriteCodeLink(content.link_host,
                               {*content.code, content.lot, content.serial, content.production,
                                content.best_before, content.expiry});
}

bool SaysMoreThanCode(const LabelContent& content) {
  return content.lot || content.serial || HasDate(content);
}

// A label without any GS1 key.
Outcome<CarrierPayload> OwnPayload(CarrierPayload payload, const LabelContent& content) {
  const bool link = payload.carrier == Carrier::kQrCode ||
                    (payload.carrier == Carrier::kDataMatrix && SaysMoreThanCode(content));
  payload.message = link ? OurLink(content) : content.code->Digits();
  payload.to_encode = payload.message;
  if (payload.carrier == Carrier::kBars) payload.human_text = content.code->Grouped();
  return payload;
}

// The digits that a till reads: the GTIN without the zeros that make it 14.
Outcome<CarrierPayload> EanPayload(CarrierPayload payload, const LabelContent& content) {
  if (!content.gtin) return BadContent("EAN bars need a GTIN, and this label has none");
  const std::string& gtin = *content.gtin;
  if (gtin[0] != '0') {
    return BadContent("GTIN " + gtin + " has 14 digits, and EAN bars hold 13: use ITF-14 bars");
  }
  const bool short_form = gtin.starts_with("000000");
  payload.symbology = short_form       ? Symbology::kEan8
                      : gtin[1] == '0' ? Symbology::kUpcA
                                       : Symbology::kEan13;
  payload.message = gtin.substr(short_form ? 6 : 1);
  // libzint reckons the last digit itself.
  payload.to_encode = payload.message.substr(0, payload.message.size() - 1);
  payload.human_text = payload.message;
  return payload;
}

Outcome<CarrierPayload> Itf14Payload(CarrierPayload payload, const LabelContent& content) {
  if (!content.gtin) return BadContent("ITF-14 bars need a GTIN, and this label has none");
  payload.symbology = Symbology::kItf;
  payload.message = *content.gtin;
  payload.to_encode = content.gtin->substr(0, 13);
  payload.human_text = payload.message;
  return payload;
}

// The 16 digits and nothing else.
Outcome<CarrierPayload> CodePayload(CarrierPayload payload, const LabelContent& content) {
  if (!content.code) {
    return BadContent("the " + std::string(CarrierName(payload.carrier)) +
                      " cannot stand on the label of a container: it has no code");
  }
  payload.message = content.code->Digits();
  payload.to_encode = payload.message;
  if (payload.carrier == Carrier::kCodeBars) payload.human_text = content.code->Grouped();
  return payload;
}

Symbology SymbologyOf(Carrier carrier) {
  switch (carrier) {
    case Carrier::kQrCode:
    case Carrier::kGs1QrCode:
      return Symbology::kQrCode;
    case Carrier::kDataMatrix:
    case Carrier::kCodeMatrix:
      return Symbology::kDataMatrix;
    default:
      return Symbology::kCode128;
  }
}

Outcome<CarrierPayload> PlanOne(const LabelContent& content, Carrier carrier) {
  CarrierPayload payload;
  payload.carrier = carrier;
  payload.symbology = SymbologyOf(carrier);
  if (carrier == Carrier::kEanBars) return EanPayload(std::move(payload), content);
  if (carrier == Carrier::kItf14Bars) return Itf14Payload(std::move(payload), content);
  if (carrier == Carrier::kCodeMatrix || carrier == Carrier::kCodeBars)
    return CodePayload(std::move(payload), content);
  const bool container = content.kind == LabelKind::kContainer;
  if (!container && !content.gtin) {
    if (carrier != Carrier::kGs1QrCode) return OwnPayload(std::move(payload), content);
    return BadContent("a GS1 QR code needs a GTIN or an SSCC, and this label has none");
  }
  const std::vector<Element> elements =
      container ? std::vector<Element>{{"00", *content.sscc}} : TradeItemElements(content);
  if (carrier == Carrier::kQrCode) {
    const auto link = coding::WriteDigitalLink(content.link_host, elements);
    if (!link) return BadContent(link.refusal().message);
    return LinkPayload(std::move(payload), *link);
  }
  const bool bars = carrier == Carrier::kBars && !container;
  return ElementPayload(std::move(payload), bars ? BarElements(content) : elements);
}

}  // namespace

std::string_view CarrierName(Carrier carrier) {
  return kCarriers[static_cast<std::size_t>(carrier)].name;
}
std::string_view CarrierWord(Carrier carrier) {
  return kCarriers[static_cast<std::size_t>(carrier)].word;
}

bool IsBars(Carrier carrier) {
  return carrier == Carrier::kBars || carrier == Carrier::kEanBars ||
         carrier == Carrier::kItf14Bars || carrier == Carrier::kCodeBars;
}

std::optional<Carrier> CarrierOfWord(std::string_view word) {
  for (const auto& row : kCarriers) {
    if (row.word == word) return row.carrier;
  }
  return std::nullopt;
}

Outcome<LabelContent> Settled(LabelContent content) {
  if (auto fault = CheckName("the Persian name", content.name_fa)) return *fault;
  if (auto fault = CheckName("the English name", content.name_en)) return *fault;
  if (auto fault = CheckName("the Arabic name", content.name_ar)) return *fault;
  if (!IsHost(content.link_host))
    return BadContent("\"" + content.link_host + "\" is no host of a link");
  if (auto fault = CheckFacts(content)) return *fault;
  const auto settle = [](std::optional<std::string>& value,
                         auto parse) -> std::optional<ScanFault> {
    if (!value) return std::nullopt;
    const auto parsed = parse(*value);
    if (!parsed) return BadContent(parsed.refusal().message);
    value = *parsed;
    return std::nullopt;
  };
  if (auto fault = settle(content.gtin, coding::ParseGtin)) return *fault;
  if (auto fault = settle(content.sscc, coding::ParseSscc)) return *fault;
  if (auto fault = settle(content.lot, coding::ParseLot)) return *fault;
  if (auto fault = settle(content.serial, coding::ParseSerial)) return *fault;
  if (auto fault = CheckDate(content, "production", content.production)) return *fault;
  if (auto fault = CheckDate(content, "best-before", content.best_before)) return *fault;
  if (auto fault = CheckDate(content, "expiry", content.expiry)) return *fault;
  return content;
}

Outcome<std::vector<CarrierPayload>> PlanCarriers(const LabelContent& content,
                                                  const std::vector<Carrier>& wanted) {
  auto settled = Settled(content);
  if (!settled) return settled.fault();
  if (wanted.empty()) return BadContent("the label needs at least one symbol");
  std::vector<CarrierPayload> payloads;
  for (const Carrier carrier : wanted) {
    const bool twice =
        std::any_of(payloads.begin(), payloads.end(),
                    [carrier](const auto& payload) { return payload.carrier == carrier; });
    if (twice)
      return BadContent("the " + std::string(CarrierName(carrier)) + " is asked for twice");
    auto payload = PlanOne(*settled, carrier);
    if (!payload) return payload.fault();
    payloads.push_back(std::move(payload).value());
  }
  return payloads;
}

std::vector<std::string> FactLines(const LabelContent& content) {
  std::vector<std::string> lines;
  const auto add = [&lines](std::string_view title, const std::optional<std::string>& value) {
    if (value) lines.push_back(std::string(title) + " " + *value);
  };
  const auto add_date = [&lines](std::string_view title,
                                 const std::optional<coding::CivilDate>& date) {
    if (date) lines.push_back(std::string(title) + " " + coding::WriteIsoDate(*date));
  };
  if (content.code) lines.push_back(content.code->Grouped());
  add("SSCC", content.sscc);
  add("GTIN", content.gtin);
  add("LOT", content.lot);
  add("SN", content.serial);
  add_date("PROD", content.production);
  add_date("BEST", content.best_before);
  add_date("EXP", content.expiry);
  return lines;
}

}  // namespace radyab::scanner

// What a label says, and which symbols carry it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coding/civil_date.h"
#include "coding/code.h"
#include "scanner/scan_fault.h"
#include "scanner/symbol.h"

namespace radyab::scanner {

// What the label stands on.
enum class LabelKind : std::uint8_t {
  kCode,       // a code: item, service, party or case
  kLot,        // a lot of an item: `code` and `lot`
  kUnit,       // one piece of an item: `code` and `serial`
  kContainer,  // a logistic unit: `sscc`
};

// The facts of one label. Those that its kind does not need may be left out.
struct LabelContent {
  LabelKind kind = LabelKind::kCode;
  std::string name_fa;  // printed right to left; may be empty
  std::string name_en;  // printed left to right; may be empty
  std::string name_ar;  // printed right to left; may be empty
  std::optional<coding::Code> code;
  std::optional<std::string> gtin;    // 8, 12, 13 or 14 digits with the right check digit
  std::optional<std::string> lot;     // 1..20 characters of GS1 set 82
  std::optional<std::string> serial;  // 1..20 characters of GS1 set 82
  std::optional<std::string> sscc;    // 18 digits with the right check digit
  std::optional<coding::CivilDate> production;
  std::optional<coding::CivilDate> best_before;
  std::optional<coding::CivilDate> expiry;
  std::string link_host = "radyab.example";  // "host" or "host:port" of the links in QR codes
  // GS1 symbols carry years by their last two digits: what those mean hangs on the current year.
  int current_year = coding::kCenturyReferenceYear;
};

// The symbols that a label can hold.
enum class Carrier : std::uint8_t {
  kQrCode,      // for phones: a link
  kDataMatrix,  // for hand scanners: GS1 when there is a GTIN or SSCC
  kBars,        // for old scanners: GS1-128 when there is a GTIN or SSCC, else Code 128
  kGs1QrCode,   // the element string of the GS1 Data Matrix
  kEanBars,     // for tills: EAN-13 (UPC-A when it begins with 0), EAN-8 of a GTIN-8
  kItf14Bars,   // for cartons: the GTIN, printed on rough ground
  kCodeMatrix,  // Data Matrix of the 16 digits alone, whatever else is known
  kCodeBars,    // Code 128 of the 16 digits alone
};

// "QR code", "Data Matrix", "bars", "GS1 QR code", "EAN bars", "ITF-14 bars", "Data Matrix of the
// code", "bars of the code".
std::string_view CarrierName(Carrier carrier);
// "qr", "datamatrix", "bars", "gs1-qr", "ean13", "itf14", "code-matrix", "code-bars" (the words of
// the command line), and back.
std::string_view CarrierWord(Carrier carrier);
std::optional<Carrier> CarrierOfWord(std::string_view word);
// True for the symbols made of bars in a row.
bool IsBars(Carrier carrier);

// One symbol of a label: what is encoded and what a reader must say.
struct CarrierPayload {
  Carrier carrier = Carrier::kQrCode;
  Symbology symbology = Symbology::kQrCode;
  bool gs1 = false;
  std::string
      message;  // what the reader answers as text: a link, digits, an element string with GS
  std::string to_encode;   // what libzint gets: the same, elements as "[01]…[10]…"
  std::string human_text;  // what is printed under it; empty when nothing is
};

// Longest name on a label, in bytes of UTF-8.
inline constexpr std::size_t kLabelNameBytesMax = 240;
// Longest GS1-128 message, in characters, separators included (GS1 General Specifications,
// section 5.4.1).
inline constexpr std::size_t kGs1BarsCharactersMax = 48;

// The content with its identifiers in the one form that symbols carry and people read: a GTIN of 14
// digits, digits without spaces. Settling it again changes nothing. Fault kBadLabelContent: a
// needed fact is missing, a check digit is wrong, a value has characters that may not stand there,
// a name is too long or no UTF-8; a fact that no symbol of this kind of label carries (a lot on the
// label of a party, a code on that of a container); with a GTIN, a date whose two-digit year would
// be read as another one.
Outcome<LabelContent> Settled(LabelContent content);

// The symbols of a label, one a wanted carrier, in the order wanted.
//   with a GTIN:   QR    https://HOST/01/GTIN/10/LOT/21/SERIAL?11=…&15=…&17=…&240=CODE
//                  Data Matrix  GS1: 01, 11, 15, 17, 10, 21, 240
//                  bars         GS1-128: 01, then 17 and 10 of a lot, or 21 of a unit
//   without:       QR    https://HOST/c/CODE?lot=…&serial=…
//                  Data Matrix  the 16 digits, or the same link when there are lot, serial or dates
//                  bars         Code 128: the 16 digits
//   a container:   QR    https://HOST/00/SSCC; Data Matrix and bars GS1: 00
// The GS1 QR code holds what the GS1 Data Matrix does; EAN and ITF-14 bars hold the GTIN, those of
// the code its 16 digits, whatever else is known.
// AI 10, 17, 21 and 240 never stand without their key (GS1 General Specifications, section 4.14).
// Settles the content first. Fault kBadLabelContent: as there, when a GS1-128 message is too long,
// and when a symbol is wanted for which the content has no GTIN, SSCC or code.
Outcome<std::vector<CarrierPayload>> PlanCarriers(const LabelContent& content,
                                                  const std::vector<Carrier>& wanted);

// The lines of plain facts that are printed: "1042 0000 1700 0113", "SSCC …", "GTIN …", "LOT …",
// "SN …", "PROD …", "BEST …", "EXP …". Of settled content they are what the symbols carry.
std::vector<std::string> FactLines(const LabelContent& content);

}  // namespace radyab::scanner

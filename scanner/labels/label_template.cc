#include "scanner/labels/label_template.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "scanner/label_symbol.h"
#include "scanner/labels/text_fitting.h"

namespace radyab::scanner {
namespace {

enum class Role : std::uint8_t { kName, kOtherNames, kFacts, kFactsAboveBars, kMatrix, kBars };

// Where something stands on a label that runs from left to right, in millimetres; on one that runs
// from right to left it stands on the other side. Texts have the letters that they want.
struct Region {
  Role role;
  double x, y, width, height;
  double letter = 0;
};

constexpr Region kUnitRegions[] = {
    {Role::kName, 2, 1.5, 56, 7.5, 3.2}, {Role::kMatrix, 33.4, 9.5, 24.6, 26},
    {Role::kFacts, 2, 9.5, 30, 26, 2.6}, {Role::kFactsAboveBars, 2, 9, 56, 10.8, 2.4},
    {Role::kBars, 2, 20, 56, 16.5, 2.4},
};
constexpr Region kCaseRegions[] = {
    {Role::kName, 3, 2.5, 94, 11, 4.5},  {Role::kOtherNames, 3, 14, 94, 6, 3.2},
    {Role::kMatrix, 62, 21, 35, 34},     {Role::kFacts, 3, 21, 58, 34, 3.2},
    {Role::kBars, 3, 55.5, 94, 43, 3.2},
};
constexpr Region kPalletRegions[] = {
    {Role::kName, 3, 3, 99, 18, 6.5},   {Role::kOtherNames, 3, 22, 99, 12, 4.5},
    {Role::kMatrix, 62, 36, 40, 40},    {Role::kFacts, 3, 36, 58, 40, 4.0},
    {Role::kBars, 3, 100, 99, 43, 4.0},
};
constexpr Region kShelfRegions[] = {
    {Role::kName, 2, 2, 40, 15, 4.0},
    {Role::kFacts, 2, 18, 40, 16, 2.6},
    {Role::kMatrix, 43, 2, 30, 30},
    {Role::kBars, 43, 2, 45, 32, 2.6},
};
constexpr Region kServiceCardRegions[] = {
    {Role::kName, 3, 3, 79.6, 11, 4.0}, {Role::kOtherNames, 3, 14.5, 79.6, 6, 3.0},
    {Role::kMatrix, 53.6, 22, 29, 29},  {Role::kFacts, 3, 22, 49, 11.5, 2.8},
    {Role::kBars, 3, 34, 49, 17, 2.6},
};
constexpr Region kCustomerCardRegions[] = {
    {Role::kName, 3, 3, 79.6, 10, 4.0}, {Role::kOtherNames, 3, 13.5, 79.6, 5, 2.8},
    {Role::kMatrix, 66.6, 20, 16, 16},  {Role::kFacts, 3, 20, 62, 11, 2.8},
    {Role::kBars, 3, 33, 62, 18, 2.8},
};

constexpr double kCaseBarMillimetres = 32.0;
// Read from near by, and text wants the room.
constexpr double kSmallModuleMillimetres = 0.51;
constexpr double kAnyModuleMillimetres = 2.0;
constexpr double kBesideSymbolMillimetres = 1.0;

struct TemplateShape {
  LabelTemplate label;
  std::string_view word;
  LabelSize size;
  std::span<const Region> regions;
  double matrix_module_max;  // millimetres
  bool one_symbol = false;   // else one matrix symbol and one of bars
};

constexpr TemplateShape kShapes[] = {
    {LabelTemplate::kUnit, "unit", {60, 37}, kUnitRegions, kSmallModuleMillimetres, true},
    {LabelTemplate::kCase, "case", {100, 100}, kCaseRegions, kAnyModuleMillimetres},
    {LabelTemplate::kPallet, "pallet", {105, 148}, kPalletRegions, kAnyModuleMillimetres},
    {LabelTemplate::kShelf, "shelf", {90, 36}, kShelfRegions, kAnyModuleMillimetres, true},
    {LabelTemplate::kServiceCard,
     "service-card",
     {85.6, 54},
     kServiceCardRegions,
     kAnyModuleMillimetres},
    {LabelTemplate::kCustomerCard,
     "customer-card",
     {85.6, 54},
     kCustomerCardRegions,
     kAnyModuleMillimetres},
};

const TemplateShape& ShapeOf(LabelTemplate label) {
  return kShapes[static_cast<std::size_t>(label)];
}

ScanFault BadContent(std::string why) { return {FaultKind::kBadLabelContent, std::move(why)}; }

bool IsBareCode(Carrier carrier) {
  return carrier == Carrier::kCodeMatrix || carrier == Carrier::kCodeBars;
}

// Why the content does not belong on this template; empty when it does.
std::string WhyNotOn(LabelTemplate label, const LabelContent& content) {
  const bool container = content.kind == LabelKind::kContainer;
  if (label == LabelTemplate::kPallet) {
    return container ? "" : "a pallet label is that of a container: it needs an SSCC";
  }
  if (container) return "the label of a container is the pallet label";
  if (!content.code) return "the label needs a code";
  const coding::Kind wanted = label == LabelTemplate::kServiceCard    ? coding::Kind::kService
                              : label == LabelTemplate::kCustomerCard ? coding::Kind::kParty
                                                                      : coding::Kind::kItem;
  if (content.code->kind() == wanted) return "";
  return "code " + content.code->Grouped() + " names a " +
         std::string(coding::KindName(content.code->kind())) + ", and a " +
         std::string(TemplateWord(label)) + " label is for a " +
         std::string(coding::KindName(wanted));
}

std::string WhyNotTogether(LabelTemplate label, const std::vector<Carrier>& carriers) {
  const auto bars = std::count_if(carriers.begin(), carriers.end(), IsBars);
  if (bars > 1 || static_cast<std::ptrdiff_t>(carriers.size()) - bars > 1) {
    return "a template has room for one matrix symbol and one of bars";
  }
  if (ShapeOf(label).one_symbol && carriers.size() > 1) {
    return "a " + std::string(TemplateWord(label)) + " label has room for one symbol";
  }
  if (label != LabelTemplate::kCustomerCard) return "";
  for (const Carrier carrier : carriers) {
    if (!IsBareCode(carrier)) {
      return "a customer card carries the bare code and no " + std::string(CarrierName(carrier));
    }
  }
  return "";
}

// The text with blanks at which no line is broken.
std::string Unbroken(std::string_view text) {
  std::string unbroken;
  for (const char c : text) unbroken += c == ' ' ? std::string("\u00A0") : std::string(1, c);
  return unbroken;
}

// Puts the parts of one label in their places; all measures in dots unless their name says more.
class TemplateWriter {
 public:
  TemplateWriter(const LabelContent& content, const TemplateOptions& options)
      : content_(content), options_(options), shape_(ShapeOf(options.label)) {
    sheet_.dots_per_inch = options.dots_per_inch;
    sheet_.width = Dots(shape_.size.width);
    sheet_.height = Dots(shape_.size.height);
  }

  Outcome<LabelSheet> Write(const std::vector<CarrierPayload>& payloads);

 private:
  int Dots(double millimetres) const { return DotsOf(millimetres, options_.dots_per_inch); }
  bool right_to_left() const { return RunsRightToLeft(options_.language); }
  BlackBox PlaceOf(const Region& region) const;
  const Region* RegionOf(Role role) const;

  std::optional<ScanFault> PlaceText(const std::vector<Paragraph>& paragraphs,
                                     const BlackBox& place, double letter, FitOrder order,
                                     std::string_view what, bool centred);
  Outcome<SheetSymbol> Draw(const CarrierPayload& payload, const BlackBox& place) const;
  std::optional<ScanFault> PlaceMatrix(const CarrierPayload& payload);
  std::optional<ScanFault> PlaceBars(const CarrierPayload& payload);
  std::optional<ScanFault> PlaceNames();
  Region FactsBesideSymbol() const;
  std::optional<ScanFault> PlaceFacts(bool bars);
  bool HasText(std::string_view text) const {
    return std::any_of(sheet_.texts.begin(), sheet_.texts.end(),
                       [text](const SheetText& line) { return line.text == text; });
  }

  const LabelContent& content_;
  const TemplateOptions& options_;
  const TemplateShape& shape_;
  LabelSheet sheet_;
};

BlackBox TemplateWriter::PlaceOf(const Region& region) const {
  const double left = right_to_left() ? shape_.size.width - region.x - region.width : region.x;
  return {Dots(left), Dots(region.y), Dots(region.width), Dots(region.height)};
}

const Region* TemplateWriter::RegionOf(Role role) const {
  for (const Region& region : shape_.regions) {
    if (region.role == role) return &region;
  }
  return nullptr;
}

// From the top of `place` down, from the side at which the label begins to be read, or in the
// middle.
std::optional<ScanFault> TemplateWriter::PlaceText(const std::vector<Paragraph>& paragraphs,
                                                   const BlackBox& place, double letter,
                                                   FitOrder order, std::string_view what,
                                                   bool centred) {
  if (paragraphs.empty()) return std::nullopt;
  const TextRoom room = {place.width, place.height, Dots(letter),
                         DotsAtLeast(kTemplateLetterMillimetresMin, options_.dots_per_inch)};
  const auto fitted = FitText(paragraphs, room, order, what);
  if (!fitted) return fitted.fault();
  int y = place.y;
  for (const FittedLine& line : fitted->lines) {
    const int free = place.width - line.line.width;
    const int x = place.x + (centred ? free / 2 : right_to_left() ? free : 0);
    sheet_.texts.push_back({x, y, line.line.width, line.line.height, fitted->size,
                            line.line.baseline, line.right_to_left, line.line.text});
    y += line.line.height;
  }
  return std::nullopt;
}

// The symbol with the largest module that fits into the place.
Outcome<SheetSymbol> TemplateWriter::Draw(const CarrierPayload& payload,
                                          const BlackBox& place) const {
  SymbolSize size = SizeOfCarrier(payload.carrier, content_.kind == LabelKind::kContainer);
  // On cartons that pass scanners at a distance.
  if (options_.label == LabelTemplate::kCase && size.height > 0)
    size.height = std::max(size.height, kCaseBarMillimetres);
  if (!IsBars(payload.carrier))
    size.module_max = std::min(size.module_max, shape_.matrix_module_max);
  const auto drawing = DrawCarrier(payload, 0);
  if (!drawing) return drawing.fault();
  const int least = DotsAtLeast(size.module_min, options_.dots_per_inch);
  const int most = std::max(
      least, static_cast<int>(size.module_max * options_.dots_per_inch / kMillimetresPerInch));
  for (int dots = std::min(most, place.width / drawing->width); dots >= least; --dots) {
    // Only bars have another shape at another module.
    auto symbol = IsBars(payload.carrier)
                      ? DrawAtModule(payload, size, dots, options_.dots_per_inch)
                      : Outcome<SheetSymbol>(InDots(payload, *drawing, dots));
    if (!symbol) return symbol.fault();
    if (symbol->area.height <= place.height) return symbol;
  }
  return BadContent("the " + std::string(CarrierName(payload.carrier)) + " of \"" +
                    payload.message + "\" needs more room than the " + std::string(shape_.word) +
                    " label has for it at " + std::to_string(options_.dots_per_inch) +
                    " dots per inch");
}

std::optional<ScanFault> TemplateWriter::PlaceMatrix(const CarrierPayload& payload) {
  const BlackBox place = PlaceOf(*RegionOf(Role::kMatrix));
  auto symbol = Draw(payload, place);
  if (!symbol) return symbol.fault();
  SheetSymbol drawn = std::move(symbol).value();
  // In the corner away from the text.
  MoveSymbol(drawn, right_to_left() ? place.x : place.x + place.width - drawn.area.width, place.y);
  sheet_.symbols.push_back(std::move(drawn));
  return std::nullopt;
}

// The bars, and below them what they say in digits and letters.
std::optional<ScanFault> TemplateWriter::PlaceBars(const CarrierPayload& payload) {
  const Region& region = *RegionOf(Role::kBars);
  const double letter = std::max(region.letter, kTemplateLetterMillimetresMin);
  BlackBox place = PlaceOf(region);
  const int line = Dots(letter * 1.3);
  auto symbol = Draw(payload, {place.x, place.y, place.width, place.height - line});
  if (!symbol) return symbol.fault();
  SheetSymbol drawn = std::move(symbol).value();
  MoveSymbol(drawn, place.x + (place.width - drawn.area.width) / 2, place.y);
  const int below = drawn.area.height + Dots(0.3);
  place.y += below;
  place.height -= below;
  sheet_.symbols.push_back(std::move(drawn));
  return PlaceText({{payload.human_text, false}}, place, letter, FitOrder::kShrinkFirst,
                   "the line below the bars", true);
}

std::optional<ScanFault> TemplateWriter::PlaceNames() {
  const std::vector<LabelName> names = NamesOf(content_, options_.language);
  if (names.empty()) return std::nullopt;
  const auto place = [this](Role role, const LabelName& name) -> std::optional<ScanFault> {
    const Region* region = RegionOf(role);
    if (region == nullptr) return std::nullopt;
    return PlaceText({{name.text, name.right_to_left}}, PlaceOf(*region), region->letter,
                     FitOrder::kBreakFirst, "the name", false);
  };
  if (auto fault = place(Role::kName, names.front())) return fault;
  if (names.size() < 2) return std::nullopt;
  return place(Role::kOtherNames, names[1]);
}

// The room for facts, and what a small matrix symbol beside it leaves free.
Region TemplateWriter::FactsBesideSymbol() const {
  Region facts = *RegionOf(Role::kFacts);
  const Region& matrix = *RegionOf(Role::kMatrix);
  for (const SheetSymbol& symbol : sheet_.symbols) {
    if (IsBars(symbol.payload.carrier)) continue;
    const double width = symbol.area.width * kMillimetresPerInch / options_.dots_per_inch;
    facts.width = matrix.x + matrix.width - width - kBesideSymbolMillimetres - facts.x;
  }
  return facts;
}

std::optional<ScanFault> TemplateWriter::PlaceFacts(bool bars) {
  const Region* above_bars = bars ? RegionOf(Role::kFactsAboveBars) : nullptr;
  const Region region = above_bars != nullptr ? *above_bars : FactsBesideSymbol();
  std::vector<Paragraph> rows;
  LabelContent content = content_;
  // The line below the bars says the code already.
  if (above_bars != nullptr && content.code && HasText(content.code->Grouped()))
    content.code.reset();
  for (std::string& row : FactRows(content, options_.language)) {
    if (above_bars == nullptr) {
      rows.push_back({std::move(row), right_to_left()});
    } else if (rows.empty()) {
      rows.push_back({Unbroken(row), right_to_left()});
    } else {
      rows.back().text += " \u00B7 " + Unbroken(row);
    }
  }
  const FitOrder order = above_bars != nullptr ? FitOrder::kBreakFirst : FitOrder::kShrinkFirst;
  return PlaceText(rows, PlaceOf(region), region.letter, order, "the facts", false);
}

Outcome<LabelSheet> TemplateWriter::Write(const std::vector<CarrierPayload>& payloads) {
  if (auto fault = PlaceNames()) return *fault;
  bool bars = false;
  for (const CarrierPayload& payload : payloads) {
    bars |= IsBars(payload.carrier);
    const auto fault = IsBars(payload.carrier) ? PlaceBars(payload) : PlaceMatrix(payload);
    if (fault) return *fault;
  }
  if (auto fault = PlaceFacts(bars)) return *fault;
  return std::move(sheet_);
}

}  // namespace

std::string_view TemplateWord(LabelTemplate label) { return ShapeOf(label).word; }

std::optional<LabelTemplate> TemplateOfWord(std::string_view word) {
  for (const TemplateShape& shape : kShapes) {
    if (shape.word == word) return shape.label;
  }
  return std::nullopt;
}

LabelSize SizeOfTemplate(LabelTemplate label) { return ShapeOf(label).size; }

std::vector<Carrier> CarriersOf(LabelTemplate label, const LabelContent& content) {
  switch (label) {
    case LabelTemplate::kUnit:
      return {Carrier::kDataMatrix};
    case LabelTemplate::kCase:
      return {Carrier::kQrCode, Carrier::kBars};
    case LabelTemplate::kPallet:
      return {Carrier::kDataMatrix, Carrier::kBars};
    case LabelTemplate::kShelf:
      return {content.gtin && content.gtin->size() <= 14 && content.gtin->front() == '0'
                  ? Carrier::kEanBars
                  : Carrier::kCodeBars};
    case LabelTemplate::kServiceCard:
      return {Carrier::kQrCode};
    case LabelTemplate::kCustomerCard:
      break;
  }
  return {Carrier::kCodeMatrix, Carrier::kCodeBars};
}

Outcome<std::vector<CarrierPayload>> PlanTemplate(const LabelContent& content,
                                                  const TemplateOptions& options) {
  if (std::string why = WhyNotOn(options.label, content); !why.empty())
    return BadContent(std::move(why));
  const auto settled = Settled(content);
  if (!settled) return settled.fault();
  const std::vector<Carrier> carriers =
      options.carriers.empty() ? CarriersOf(options.label, *settled) : options.carriers;
  if (std::string why = WhyNotTogether(options.label, carriers); !why.empty())
    return BadContent(std::move(why));
  return PlanCarriers(*settled, carriers);
}

Outcome<LabelSheet> LayOutTemplate(const LabelContent& content, const TemplateOptions& options) {
  if (options.dots_per_inch != kLabelDotsPerInch203 &&
      options.dots_per_inch != kLabelDotsPerInch300) {
    return BadContent("labels are drawn for 203 or 300 dots per inch, not " +
                      std::to_string(options.dots_per_inch));
  }
  const auto payloads = PlanTemplate(content, options);
  if (!payloads) return payloads.fault();
  const auto settled = Settled(content);
  if (!settled) return settled.fault();
  return TemplateWriter(*settled, options).Write(*payloads);
}

}  // namespace radyab::scanner

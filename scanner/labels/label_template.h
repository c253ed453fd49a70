// Label templates: what stands where on a label of stated size, for each use.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "scanner/label_content.h"
#include "scanner/label_sheet.h"
#include "scanner/labels/label_wording.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

enum class LabelTemplate : std::uint8_t {
  kUnit,          // on one piece, or on what bears only a lot
  kCase,          // on a carton
  kPallet,        // on a logistic unit, with its SSCC
  kShelf,         // at a shelf, for tills
  kServiceCard,   // a service, with a link
  kCustomerCard,  // a party: the bare code, no link that anyone could open
};

inline constexpr LabelTemplate kLabelTemplates[] = {
    LabelTemplate::kUnit,  LabelTemplate::kCase,        LabelTemplate::kPallet,
    LabelTemplate::kShelf, LabelTemplate::kServiceCard, LabelTemplate::kCustomerCard,
};

// "unit", "case", "pallet", "shelf", "service-card", "customer-card" (the words of the command
// line), and back.
std::string_view TemplateWord(LabelTemplate label);
std::optional<LabelTemplate> TemplateOfWord(std::string_view word);

// How large the label is, in millimetres.
struct LabelSize {
  double width = 0;
  double height = 0;
};
LabelSize SizeOfTemplate(LabelTemplate label);

// The smallest letters on a template, in millimetres of letter height (em): about 5 points.
inline constexpr double kTemplateLetterMillimetresMin = 1.8;

// How a label is drawn.
struct TemplateOptions {
  LabelTemplate label = LabelTemplate::kUnit;
  LabelLanguage language = LabelLanguage::kFa;
  int dots_per_inch = kLabelDotsPerInch203;  // 203 or 300
  // At most one matrix symbol and one of bars (unit and shelf: one in all); when empty those of the
  // template.
  std::vector<Carrier> carriers = {};
};

// The symbols that a template has by itself for this content.
std::vector<Carrier> CarriersOf(LabelTemplate label, const LabelContent& content);

// Whether the content belongs on this template and its symbols can be made: all that can be refused
// without drawing. Fault kBadLabelContent: a pallet label of what is no container, a service card
// of what is no service, a customer card of what is no party or with a symbol other than the bare
// code, two matrix symbols, and those of PlanCarriers.
Outcome<std::vector<CarrierPayload>> PlanTemplate(const LabelContent& content,
                                                  const TemplateOptions& options);

// The label laid out in exactly the size of its template. A symbol has the largest module that its
// limits (label_symbol.h) and its room allow. Faults: those of PlanTemplate; kBadLabelContent when
// a symbol has no room at its smallest module, when text does not fit in its smallest letters, when
// no font has a letter, or for other dots per inch.
// Thread rule: any thread.
Outcome<LabelSheet> LayOutTemplate(const LabelContent& content, const TemplateOptions& options);

}  // namespace radyab::scanner

// Contents for every template, as a warehouse would print them.
#pragma once

#include <string>
#include <vector>

#include "scanner/label_content.h"
#include "scanner/labels/label_template.h"

namespace radyab::scanner {

// What belongs on this template, with names in three languages and every fact that it may bear.
LabelContent SampleContent(LabelTemplate label);

// A template with symbols that it can bear.
struct TemplateCase {
  LabelTemplate label;
  std::vector<Carrier> carriers;  // empty: its own
  std::string name;               // for messages: "case itf14"
};

// Every template with its own symbols, and besides every kind of symbol somewhere.
std::vector<TemplateCase> TemplateCases();

// The messages that the symbols of this label must say, in their order.
std::vector<CarrierPayload> PayloadsOf(const TemplateCase& label);

}  // namespace radyab::scanner

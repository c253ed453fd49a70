// Labels in the languages of label printers: ZPL II (Zebra) and EPL2 (Eltron), and those back as
// dots. Every symbol and every line of text is a graphic field, so that a printer needs no fonts,
// joins no letters and draws no symbol by rules of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scanner/grey_picture.h"
#include "scanner/label_sheet.h"
#include "scanner/scan_fault.h"

namespace radyab::scanner {

// One label: ^XA … ^XZ with ^GF fields in packed hexadecimal digits (Zebra, "ZPL II Programming
// Guide", ^GF and its compression). Bytes are ASCII.
std::string WriteLabelZpl(const LabelSheet& sheet);

// One label: N … P1 with GW fields of bare bits, 0 black (Zebra, "EPL2 Programmer's Manual", GW).
std::string WriteLabelEpl(const LabelSheet& sheet);

// The labels of a stream that WriteLabelZpl (WriteLabelEpl) wrote, as their printer would set the
// dots. Fault kLabelUnreadable: a command that they do not write, a field that is cut short or lies
// outside of its label.
// Thread rule: any thread.
Outcome<std::vector<GreyPicture>> PaintZpl(std::string_view zpl);
Outcome<std::vector<GreyPicture>> PaintEpl(std::string_view epl);

// A part of a label that has ink, cut out of it: 1 bit a dot, rows padded to whole bytes, 1 black.
struct GraphicField {
  int x = 0;
  int y = 0;
  int row_bytes = 0;
  int rows = 0;
  std::string bits;
};

// One field for each symbol and each line of text.
std::vector<GraphicField> GraphicFields(const LabelSheet& sheet);

// Sets the dots of a field; false when a black one lies outside of the label.
bool SetDots(GreyPicture& label, const GraphicField& field);

}  // namespace radyab::scanner

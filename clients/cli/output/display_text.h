// How text looks on a terminal: its width, its direction, and what must not reach the terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace radyab::cli {

// Columns that a terminal gives the text: combining marks, joiners and direction marks take none,
// East Asian wide characters two, all others one (Unicode 15: general category, East_Asian_Width).
std::size_t DisplayWidth(std::string_view utf8);

// True when a character of the text runs from right to left.
bool HasRightToLeft(std::string_view utf8);

// The text with control characters (escape sequences, line breaks, bidirectional embeddings,
// overrides and isolates) made harmless: line breaks and tabs become spaces, other controls and
// bytes that are no UTF-8 become U+FFFD. Values come from other people.
std::string Printable(std::string_view text);

// At most `width` columns, the last of them "…" when something was cut off.
std::string Shortened(std::string_view utf8, std::size_t width);

// The text between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (UAX #9), so that codes and
// Persian names beside each other keep their places.
std::string Isolated(std::string_view text);

}  // namespace radyab::cli

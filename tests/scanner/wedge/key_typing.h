// Types as a gun does: texts to the events that the kernel gives of its keys.
#pragma once

#include <linux/input.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace radyab::scanner {

inline input_event KeyEvent(std::uint16_t type, std::uint16_t code, int value) {
  input_event event{};
  event.type = type;
  event.code = code;
  event.value = value;
  return event;
}

inline void Press(std::vector<input_event>& events, std::uint16_t code, bool down) {
  events.push_back(KeyEvent(EV_MSC, MSC_SCAN, code));
  events.push_back(KeyEvent(EV_KEY, code, down ? 1 : 0));
  events.push_back(KeyEvent(EV_SYN, SYN_REPORT, 0));
}

inline void Tap(std::vector<input_event>& events, std::uint16_t code) {
  Press(events, code, true);
  Press(events, code, false);
}

// The events of `text`: letters, digits and marks on the US keyboard, GS as Ctrl+], "\r" as Enter.
inline std::vector<input_event> Typed(std::string_view text) {
  // In rows of the keyboard, without Shift and with it; the first codes of the rows.
  constexpr struct {
    std::uint16_t first;
    std::string_view plain;
    std::string_view shifted;
  } kRows[] = {{KEY_1, "1234567890-=", "!@#$%^&*()_+"},
               {KEY_Q, "qwertyuiop[]\r", "QWERTYUIOP{}\r"},
               {KEY_A, "asdfghjkl;'`", "ASDFGHJKL:\"~"},
               {KEY_BACKSLASH, "\\zxcvbnm,./", "|ZXCVBNM<>?"},
               {KEY_SPACE, " ", " "},
               {KEY_TAB, "\t", "\t"}};
  std::vector<input_event> events;
  for (const char c : text) {
    if (c == '\x1D') {
      Press(events, KEY_LEFTCTRL, true);
      Tap(events, KEY_RIGHTBRACE);
      Press(events, KEY_LEFTCTRL, false);
      continue;
    }
    for (const auto& row : kRows) {
      const std::size_t plain = row.plain.find(c);
      const std::size_t shifted = row.shifted.find(c);
      if (plain != row.plain.npos) {
        Tap(events, static_cast<std::uint16_t>(row.first + plain));
      } else if (shifted != row.shifted.npos) {
        Press(events, KEY_LEFTSHIFT, true);
        Tap(events, static_cast<std::uint16_t>(row.first + shifted));
        Press(events, KEY_LEFTSHIFT, false);
      }
    }
  }
  return events;
}

inline std::string BytesOf(const std::vector<input_event>& events) {
  return {reinterpret_cast<const char*>(events.data()), events.size() * sizeof(input_event)};
}

}  // namespace radyab::scanner

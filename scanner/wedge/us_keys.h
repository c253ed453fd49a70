// Keys of a keyboard with the US layout, as the kernel numbers them, to text.
#pragma once

#include <cstdint>
#include <string>

namespace radyab::scanner {

// Follows Shift, Ctrl, Alt and Caps Lock. Ctrl with a letter or one of [ \ ] 6 - gives the control
// character, so Ctrl+] is GS; digits of the keypad are digits, and while Alt is held they make the
// number of one character, which comes when Alt is let go (Alt 0 2 9 is GS). Enter is "\r" and Tab
// "\t". Not safe for several threads.
class UsKeys {
 public:
  // The text that a key gives: `code` is a KEY_ number of linux/input-event-codes.h, `down` whether
  // it was pressed or let go. Empty for keys that give none. A key that is held and repeats must
  // not be told.
  std::string Take(std::uint16_t code, bool down);

  // All keys are up: what is held is not known any more.
  void Forget() { *this = UsKeys(); }

 private:
  bool left_shift_ = false;
  bool right_shift_ = false;
  bool left_ctrl_ = false;
  bool right_ctrl_ = false;
  bool left_alt_ = false;
  bool right_alt_ = false;
  bool caps_lock_ = false;
  std::string number_;  // digits typed on the keypad while Alt is held
};

}  // namespace radyab::scanner

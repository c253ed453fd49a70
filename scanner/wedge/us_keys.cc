#include "scanner/wedge/us_keys.h"

#include <linux/input-event-codes.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "coding/utf8_reader.h"

namespace radyab::scanner {
namespace {

constexpr struct Key {
  std::uint16_t code;
  char plain;
  char shifted;
} kKeys[] = {
    {KEY_1, '1', '!'},           {KEY_2, '2', '@'},          {KEY_3, '3', '#'},
    {KEY_4, '4', '$'},           {KEY_5, '5', '%'},          {KEY_6, '6', '^'},
    {KEY_7, '7', '&'},           {KEY_8, '8', '*'},          {KEY_9, '9', '('},
    {KEY_0, '0', ')'},           {KEY_MINUS, '-', '_'},      {KEY_EQUAL, '=', '+'},
    {KEY_TAB, '\t', '\t'},       {KEY_Q, 'q', 'Q'},          {KEY_W, 'w', 'W'},
    {KEY_E, 'e', 'E'},           {KEY_R, 'r', 'R'},          {KEY_T, 't', 'T'},
    {KEY_Y, 'y', 'Y'},           {KEY_U, 'u', 'U'},          {KEY_I, 'i', 'I'},
    {KEY_O, 'o', 'O'},           {KEY_P, 'p', 'P'},          {KEY_LEFTBRACE, '[', '{'},
    {KEY_RIGHTBRACE, ']', '}'},  {KEY_ENTER, '\r', '\r'},    {KEY_A, 'a', 'A'},
    {KEY_S, 's', 'S'},           {KEY_D, 'd', 'D'},          {KEY_F, 'f', 'F'},
    {KEY_G, 'g', 'G'},           {KEY_H, 'h', 'H'},          {KEY_J, 'j', 'J'},
    {KEY_K, 'k', 'K'},           {KEY_L, 'l', 'L'},          {KEY_SEMICOLON, ';', ':'},
    {KEY_APOSTROPHE, '\'', '"'}, {KEY_GRAVE, '`', '~'},      {KEY_BACKSLASH, '\\', '|'},
    {KEY_Z, 'z', 'Z'},           {KEY_X, 'x', 'X'},          {KEY_C, 'c', 'C'},
    {KEY_V, 'v', 'V'},           {KEY_B, 'b', 'B'},          {KEY_N, 'n', 'N'},
    {KEY_M, 'm', 'M'},           {KEY_COMMA, ',', '<'},      {KEY_DOT, '.', '>'},
    {KEY_SLASH, '/', '?'},       {KEY_SPACE, ' ', ' '},      {KEY_KP0, '0', '0'},
    {KEY_KP1, '1', '1'},         {KEY_KP2, '2', '2'},        {KEY_KP3, '3', '3'},
    {KEY_KP4, '4', '4'},         {KEY_KP5, '5', '5'},        {KEY_KP6, '6', '6'},
    {KEY_KP7, '7', '7'},         {KEY_KP8, '8', '8'},        {KEY_KP9, '9', '9'},
    {KEY_KPDOT, '.', '.'},       {KEY_KPPLUS, '+', '+'},     {KEY_KPMINUS, '-', '-'},
    {KEY_KPSLASH, '/', '/'},     {KEY_KPASTERISK, '*', '*'}, {KEY_KPEQUAL, '=', '='},
    {KEY_KPENTER, '\r', '\r'},
};

bool OfKeypad(const Key& key) {
  return key.code >= KEY_KP7 && key.code <= KEY_KP0 && key.plain >= '0' && key.plain <= '9';
}

// The control character that Ctrl makes of a key; none for most.
std::string Control(char plain) {
  if (plain == '6') plain = '^';
  if (plain == '-') plain = '_';
  const bool letter = plain >= 'a' && plain <= 'z';
  const bool mark = plain >= '[' && plain <= '_';
  return letter || mark ? std::string(1, static_cast<char>(plain & 0x1F)) : "";
}

// The character whose number was typed while Alt was held.
std::string Numbered(const std::string& digits) {
  if (digits.empty() || digits.size() > 4) return "";
  const int number = std::atoi(digits.c_str());
  std::string text;
  if (number > 0 && number < 256) coding::AppendUtf8(static_cast<char32_t>(number), text);
  return text;
}

}  // namespace

std::string UsKeys::Take(std::uint16_t code, bool down) {
  const bool alt_before = left_alt_ || right_alt_;
  switch (code) {
    case KEY_LEFTSHIFT:
      left_shift_ = down;
      return "";
    case KEY_RIGHTSHIFT:
      right_shift_ = down;
      return "";
    case KEY_LEFTCTRL:
      left_ctrl_ = down;
      return "";
    case KEY_RIGHTCTRL:
      right_ctrl_ = down;
      return "";
    case KEY_LEFTALT:
      left_alt_ = down;
      break;
    case KEY_RIGHTALT:
      right_alt_ = down;
      break;
    case KEY_CAPSLOCK:
      if (down) caps_lock_ = !caps_lock_;
      return "";
    default:
      break;
  }
  const bool alt = left_alt_ || right_alt_;
  if (alt_before && !alt) return Numbered(std::exchange(number_, ""));
  const Key* key = std::ranges::find(kKeys, code, &Key::code);
  if (!down || key == std::end(kKeys)) return "";
  if (alt) {
    if (OfKeypad(*key)) number_ += key->plain;
    return "";
  }
  if (left_ctrl_ || right_ctrl_) return Control(key->plain);
  const bool letter = key->plain >= 'a' && key->plain <= 'z';
  const bool shifted = (left_shift_ || right_shift_) != (letter && caps_lock_);
  return std::string(1, shifted ? key->shifted : key->plain);
}

}  // namespace radyab::scanner

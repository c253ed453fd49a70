#include "scanner/wedge/key_scans.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scanner/wedge/key_typing.h"

namespace radyab::scanner {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// The scans that end within the events.
std::vector<TypedScan> Take(KeyScans& keys, const std::vector<input_event>& events) {
  std::vector<TypedScan> scans;
  for (const input_event& event : events) {
    if (auto scan = keys.Take(event)) scans.push_back(*std::move(scan));
  }
  return scans;
}

std::vector<std::string> Texts(const std::vector<input_event>& events) {
  KeyScans keys;
  std::vector<std::string> texts;
  for (const TypedScan& scan : Take(keys, events)) texts.push_back(scan.text);
  EXPECT_FALSE(keys.pending());
  return texts;
}

TEST(KeyScans, GiveEveryCharacterOfTheKeyboard) {
  std::string all;
  for (char c = ' '; c < 0x7F; ++c) all += c;
  EXPECT_THAT(Texts(Typed(all + "\x1D" + "a\r" + "b\t\r")), ElementsAre(all + "\x1D"
                                                                              "a",
                                                                        "b"));
}

TEST(KeyScans, TakeDigitsOfTheKeypad) {
  std::vector<input_event> events;
  for (const int code : {KEY_KP0, KEY_KP1, KEY_KP2, KEY_KP3, KEY_KP4, KEY_KP5, KEY_KP6, KEY_KP7,
                         KEY_KP8, KEY_KP9, KEY_KPMINUS, KEY_KPDOT, KEY_KPENTER}) {
    Tap(events, static_cast<std::uint16_t>(code));
  }
  EXPECT_THAT(Texts(events), ElementsAre("0123456789-."));
}

TEST(KeyScans, TakeTheNumberOfACharacterTypedUnderAlt) {
  std::vector<input_event> events = Typed("10A");
  Press(events, KEY_LEFTALT, true);
  for (const int code : {KEY_KP0, KEY_KP2, KEY_KP9}) Tap(events, static_cast<std::uint16_t>(code));
  Press(events, KEY_LEFTALT, false);
  for (const input_event& event : Typed("21B\r")) events.push_back(event);
  EXPECT_THAT(Texts(events), ElementsAre("10A\x1D"
                                         "21B"));
}

TEST(KeyScans, CountAKeyThatRepeatsOnce) {
  std::vector<input_event> events;
  Press(events, KEY_7, true);
  for (int i = 0; i < 30; ++i) events.push_back(KeyEvent(EV_KEY, KEY_7, 2));
  Press(events, KEY_7, false);
  Tap(events, KEY_ENTER);
  EXPECT_THAT(Texts(events), ElementsAre("7"));
}

TEST(KeyScans, FollowCapsLock) {
  std::vector<input_event> events;
  Tap(events, KEY_CAPSLOCK);
  for (const input_event& event : Typed("aB1!\r")) events.push_back(event);
  Tap(events, KEY_CAPSLOCK);
  for (const input_event& event : Typed("aB1!\r")) events.push_back(event);
  EXPECT_THAT(Texts(events), ElementsAre("Ab1!", "aB1!"));
}

TEST(KeyScans, TellAScanOfWhichKeysWereDropped) {
  KeyScans keys;
  std::vector<input_event> events = Typed("626");
  Press(events, KEY_LEFTSHIFT, true);
  events.push_back(KeyEvent(EV_SYN, SYN_DROPPED, 0));
  events.push_back(KeyEvent(EV_KEY, KEY_9, 1));  // of which nobody knows what went before
  events.push_back(KeyEvent(EV_SYN, SYN_REPORT, 0));
  for (const input_event& event : Typed("01\rnext\r")) events.push_back(event);
  const auto scans = Take(keys, events);
  ASSERT_EQ(scans.size(), 2U);
  ASSERT_TRUE(scans[0].fault);
  EXPECT_EQ(scans[0].fault->kind, FaultKind::kKeysLost);
  EXPECT_THAT(scans[0].fault->message, HasSubstr("\"62601\" is left of it"));
  EXPECT_EQ(scans[0].text, "");
  EXPECT_EQ(scans[1].text, "next");
  EXPECT_FALSE(scans[1].fault);
}

TEST(KeyScans, EndWhenTheCallerSaysSo) {
  KeyScans keys;
  EXPECT_FALSE(keys.End());
  EXPECT_TRUE(Take(keys, Typed("123")).empty());
  EXPECT_TRUE(keys.pending());
  const auto scan = keys.End();
  ASSERT_TRUE(scan);
  EXPECT_EQ(scan->text, "123");
  EXPECT_FALSE(keys.End());
}

TEST(KeyScans, TellAScanThatIsTooLongAndGoOn) {
  KeyScans keys;
  const auto scans = Take(keys, Typed(std::string(kTypedScanBytesMax + 1, 'a') + "\rb\r"));
  ASSERT_EQ(scans.size(), 2U);
  ASSERT_TRUE(scans[0].fault);
  EXPECT_EQ(scans[0].fault->message, "a scan of 8193 bytes, at most 8192 are taken");
  EXPECT_EQ(scans[1].text, "b");
}

}  // namespace
}  // namespace radyab::scanner

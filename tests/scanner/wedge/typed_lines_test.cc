#include "scanner/wedge/typed_lines.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "coding/keyboard_layouts.h"

namespace radyab::scanner {
namespace {

using coding::KeyboardLayout;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string kElements =
    "]C1010626010020030217271231\x1D"
    "10A-7/b\x1D"
    "21x_9";
const std::string kLink = "https://id.example.ir/01/06260100200302/10/A-7?17=271231";

// The scans of `text`, given in pieces of `piece` bytes, the half line at the end with them.
std::vector<std::string> Scans(const std::string& text, std::size_t piece,
                               TypedLayout layout = TypedLayout::kAny) {
  TypedLines lines(layout);
  std::deque<TypedScan> scans;
  for (std::size_t at = 0; at < text.size(); at += piece) {
    lines.Take(std::string_view(text).substr(at, piece), scans);
  }
  if (auto rest = lines.TakeRest()) scans.push_back(*std::move(rest));
  std::vector<std::string> texts;
  for (const TypedScan& scan : scans) {
    EXPECT_FALSE(scan.fault) << scan.fault->message;
    texts.push_back(scan.text);
  }
  return texts;
}

TEST(TypedLines, EndWithReturnOrLineOrTabAndComeInAnyPieces) {
  for (const std::size_t piece : {1U, 2U, 5U, 1000U}) {
    EXPECT_THAT(Scans("one\rtwo\r\nthree\n\nfour\tfive", piece),
                ElementsAre("one", "two", "three", "four", "five"))
        << "pieces of " << piece;
  }
  EXPECT_THAT(Scans("\r\n\t\r\n", 1), IsEmpty());
}

TEST(TypedLines, AreTurnedBackFromPersianAndArabicKeyboards) {
  for (const auto layout : {KeyboardLayout::kPersian, KeyboardLayout::kArabic}) {
    for (const std::string& sent : {kElements, kLink}) {
      const std::string typed = coding::TypedUnder(layout, sent);
      ASSERT_NE(typed, sent);
      for (const std::size_t piece : {1U, 3U, 1000U}) {
        EXPECT_THAT(Scans(typed + "\r\n" + typed + "\n", piece), ElementsAre(sent, sent));
      }
    }
  }
}

TEST(TypedLines, KeepWhatWasTypedBesideWhatWasSent) {
  TypedLines lines(TypedLayout::kAny);
  std::deque<TypedScan> scans;
  const std::string typed = coding::TypedUnder(KeyboardLayout::kPersian, kLink);
  lines.Take(typed + "\n" + kLink + "\n", scans);
  ASSERT_EQ(scans.size(), 2U);
  EXPECT_EQ(scans[0].typed, typed);
  EXPECT_EQ(scans[1].typed, "");
  EXPECT_EQ(scans[1].text, kLink);
}

TEST(TypedLines, LeaveAPersianTextThatNoGunTyped) {
  const std::string words = "چای سیاه";
  EXPECT_THAT(Scans(words + "\n", 3), ElementsAre(words));
  // What is no form of ours is turned back only when the layout is known.
  const std::string typed = coding::TypedUnder(KeyboardLayout::kPersian, "Shelf-b[7]");
  EXPECT_THAT(Scans(typed, 4), ElementsAre(typed));
  EXPECT_THAT(Scans(typed, 4, TypedLayout::kPersian), ElementsAre("Shelf-b[7]"));
  EXPECT_THAT(Scans(typed, 4, TypedLayout::kUs), ElementsAre(typed));
}

TEST(TypedLines, TurnBackEveryKeyOfALayoutThatIsKnown) {
  std::string keys;
  for (char c = ' ' + 1; c < 0x7F; ++c) keys += c;
  keys += '\x1D';
  EXPECT_THAT(Scans(coding::TypedUnder(KeyboardLayout::kPersian, keys), 7, TypedLayout::kPersian),
              ElementsAre(keys));
  EXPECT_THAT(Scans(coding::TypedUnder(KeyboardLayout::kArabic, keys), 7, TypedLayout::kArabic),
              ElementsAre(keys));
}

TEST(TypedLines, TellALineThatIsTooLongAndGoOn) {
  TypedLines lines(TypedLayout::kAny);
  std::deque<TypedScan> scans;
  lines.Take(std::string(kTypedScanBytesMax, 'a') + "\n", scans);
  for (int i = 0; i < 100; ++i) lines.Take(std::string(100'000, 'b'), scans);
  lines.Take("\nnext\n", scans);
  ASSERT_EQ(scans.size(), 3U);
  EXPECT_EQ(scans[0].text.size(), kTypedScanBytesMax);
  ASSERT_TRUE(scans[1].fault);
  EXPECT_EQ(scans[1].fault->kind, FaultKind::kTooLarge);
  EXPECT_EQ(scans[1].fault->message, "a scan of 10000000 bytes, at most 8192 are taken");
  EXPECT_EQ(scans[2].text, "next");
}

TEST(TypedStream, GivesTheHalfLineBeforeItsEnd) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const std::string all = "one\r\ntwo";
  ASSERT_EQ(::write(ends[1], all.data(), all.size()), static_cast<ssize_t>(all.size()));
  ::close(ends[1]);
  TypedStream stream(ends[0], TypedLayout::kAny);
  for (const char* text : {"one", "two"}) {
    const auto scan = stream.Next();
    ASSERT_TRUE(scan.ok() && scan->has_value());
    EXPECT_EQ((*scan)->text, text);
  }
  const auto end = stream.Next();
  ASSERT_TRUE(end.ok());
  EXPECT_FALSE(end->has_value());
  ::close(ends[0]);
}

TEST(TypedStream, TellsADescriptorThatCannotBeRead) {
  TypedStream stream(-1, TypedLayout::kAny);
  const auto scan = stream.Next();
  ASSERT_FALSE(scan.ok());
  EXPECT_EQ(scan.fault().kind, FaultKind::kFileUnreadable);
}

}  // namespace
}  // namespace radyab::scanner

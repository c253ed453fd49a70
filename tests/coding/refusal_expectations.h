// Says of a parser what it refuses, where, and how much of it: the bad part stands between stars.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "coding/refusal.h"
#include "coding/utf8_reader.h"

namespace radyab::coding {

// "12*3*4" is the text "1234" whose third character is bad; without stars the whole text is meant.
struct Starred {
  std::string text;
  std::size_t at = 0;
  std::size_t length = 0;

  explicit Starred(std::string_view starred) {
    const std::size_t open = starred.find('*');
    const std::size_t close = open == starred.npos ? open : starred.find('*', open + 1);
    if (close == starred.npos) {
      text = starred;
      return;
    }
    const std::string_view bad = starred.substr(open + 1, close - open - 1);
    text = std::string(starred.substr(0, open)) + std::string(bad) +
           std::string(starred.substr(close + 1));
    at = CountCharacters(text, open) + 1;
    length = CountCharacters(bad, bad.size());
  }
};

template <class T>
void ExpectRefusal(const Parsed<T>& parsed, RefusalReason reason, std::size_t at,
                   std::size_t length) {
  ASSERT_FALSE(parsed.ok());
  const Refusal& refusal = parsed.refusal();
  EXPECT_EQ(RefusalReasonName(refusal.reason), RefusalReasonName(reason)) << refusal.message;
  EXPECT_EQ(refusal.at, at) << refusal.message;
  EXPECT_EQ(refusal.length, length) << refusal.message;
  EXPECT_FALSE(refusal.message.empty());
  EXPECT_TRUE(IsValidUtf8(refusal.message)) << "a message is always text";
  EXPECT_LT(refusal.message.size(), 1500u);
}

// The parser refuses the starred text for this reason, at the stars.
template <class Parser>
void ExpectRefused(const Parser& parser, std::string_view starred, RefusalReason reason) {
  SCOPED_TRACE(std::string(starred.substr(0, 200)));
  const Starred want(starred);
  ExpectRefusal(parser(want.text), reason, want.at, want.length);
}

}  // namespace radyab::coding

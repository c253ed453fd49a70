// Says of a content rule what it takes, and which part it marks: the bad part stands between bars.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "coding/linters/linter.h"

namespace radyab::coding {

inline std::optional<Fault> Lint(std::string_view rule, std::string_view content,
                                 const LintContext& context = {}) {
  const Linter* linter = FindLinter(rule);
  if (linter == nullptr) {
    ADD_FAILURE() << "no rule " << rule;
    return std::nullopt;
  }
  return linter->rule(content, context);
}

inline void ExpectTaken(std::string_view rule, std::initializer_list<std::string_view> contents) {
  for (const std::string_view content : contents) {
    const auto fault = Lint(rule, content);
    EXPECT_FALSE(fault) << rule << " \"" << content << "\": " << (fault ? fault->found : "");
  }
}

// "12|3|4" is the content "1234", whose third character is refused for `reason`.
inline void ExpectMarked(std::string_view rule, RefusalReason reason,
                         std::initializer_list<std::string_view> marked_contents) {
  for (const std::string_view marked : marked_contents) {
    std::string content(marked);
    std::erase(content, '|');
    const auto fault = Lint(rule, content);
    ASSERT_TRUE(fault) << rule << " " << marked;
    std::string told = content;
    told.insert(fault->begin + fault->bytes, "|");
    told.insert(fault->begin, "|");
    EXPECT_EQ(told, marked) << rule;
    EXPECT_EQ(RefusalReasonName(fault->reason), RefusalReasonName(reason)) << rule << " " << marked;
    EXPECT_FALSE(fault->found.empty() || fault->wanted.empty()) << rule << " " << marked;
  }
}

}  // namespace radyab::coding

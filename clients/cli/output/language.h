// The language in which the program speaks to people: English, or Persian on --lang fa.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace radyab::cli {

// From now on in Persian. Before any other thread is there. JSON, codes, the words of the command
// line and what the server says stay as they are.
void SpeakPersian();

// `english`, or its Persian where the program has one. For titles, words and whole sentences.
std::string Local(std::string_view english);

// The same of a sentence with places "{1}", "{2}" … for `parts`, which languages order each their
// way.
std::string LocalSentence(std::string_view english, const std::vector<std::string>& parts);

}  // namespace radyab::cli

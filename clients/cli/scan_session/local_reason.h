// Why a scan does not count, in the language of the terminal.
#pragma once

#include <string>
#include <string_view>

namespace radyab::cli {

// The reason of a verdict (clients/warehouse), sentence by sentence, in Persian after SpeakPersian.
// What is not known, and what the server says, stays as it is.
std::string LocalReason(std::string_view reason);

}  // namespace radyab::cli

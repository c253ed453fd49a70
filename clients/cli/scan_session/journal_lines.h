// The lines of a journal as JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "clients/cli/scan_session/session_journal.h"

namespace radyab::cli {

// One line each, with its '\n'. Texts are UTF-8.
std::string LineOf(const warehouse::SessionTerms& terms, const EventFacts& facts);
std::string LineOf(const warehouse::Scan& scan);
std::string LineOf(const TakenUp& step);
std::string LineOf(const EventOutcome& step);
std::string EndLine();

// Reads whole lines into `content`. What is wrong with the first bad one: "line 3: …".
std::optional<std::string> ReadJournal(std::string_view text, JournalContent& content);

}  // namespace radyab::cli

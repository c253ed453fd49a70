// What a label says, out of an object word and what the server knows of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clients/cpp/client_error.h"
#include "clients/cpp/connection.h"
#include "coding/object_words.h"
#include "scanner/label_content.h"

namespace radyab::cli {

// The content with what the word itself says: kind, code, lot, serial, SSCC.
scanner::LabelContent ContentOf(const coding::ObjectWord& word);

// Fills names, GTIN and expiry date that are not set yet with what the server knows. The GTIN is
// that of the base unit. For a container there is nothing to ask.
std::optional<client::ClientError> FillFromServer(
    const std::shared_ptr<const client::Connection>& connection, const coding::ObjectWord& word,
    scanner::LabelContent& content);

// A file name for the label of an object: "1042000017000113-lot-A12.png". Characters that have a
// meaning in paths are written as '_'.
std::string LabelFileName(const coding::ObjectWord& word, const std::string& ending);

}  // namespace radyab::cli

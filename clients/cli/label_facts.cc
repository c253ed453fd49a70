#include "clients/cli/label_facts.h"

#include <cctype>

#include "clients/cli/current_year.h"
#include "clients/cpp/catalog_client.h"
#include "clients/cpp/code_client.h"
#include "coding/civil_date.h"

namespace radyab::cli {
namespace {

using coding::ObjectWord;
using scanner::LabelContent;
using scanner::LabelKind;

// The GTIN of one base unit among the live aliases of the code.
std::optional<client::ClientError> FillGtin(
    const std::shared_ptr<const client::Connection>& connection, const std::string& code,
    LabelContent& content) {
  v1::ListAliasesRequest request;
  request.set_code(code);
  for (const auto& alias : client::CatalogClient(connection).ListAliases(request)) {
    if (!alias) return alias.error();
    if (alias->scheme() == v1::ALIAS_SCHEME_GTIN && !alias->has_end_time() &&
        alias->contained_quantity() <= 1) {
      content.gtin = alias->value();
      break;
    }
  }
  return std::nullopt;
}

const v1::LocalizedText& NameIn(const v1::Resolution& resolution) {
  if (resolution.has_item()) return resolution.item().display_name();
  if (resolution.has_service()) return resolution.service().display_name();
  return resolution.party().display_name();
}

}  // namespace

LabelContent ContentOf(const ObjectWord& word) {
  LabelContent content;
  content.current_year = CurrentYear();
  content.code = word.code;
  switch (word.type) {
    case ObjectWord::Type::kCode:
      content.kind = LabelKind::kCode;
      break;
    case ObjectWord::Type::kLot:
      content.kind = LabelKind::kLot;
      content.lot = word.text;
      break;
    case ObjectWord::Type::kUnit:
      content.kind = LabelKind::kUnit;
      content.serial = word.text;
      break;
    case ObjectWord::Type::kContainer:
      content.kind = LabelKind::kContainer;
      content.sscc = word.text;
      break;
  }
  return content;
}

std::optional<client::ClientError> FillFromServer(
    const std::shared_ptr<const client::Connection>& connection, const ObjectWord& word,
    LabelContent& content) {
  if (word.type == ObjectWord::Type::kContainer) return std::nullopt;
  v1::ResolveRequest request;
  request.set_text(coding::WriteObjectWord(word));
  const auto resolution = client::CodeClient(connection).Resolve(request);
  if (!resolution) return resolution.error();
  const v1::LocalizedText& name = NameIn(*resolution);
  if (content.name_fa.empty()) content.name_fa = name.fa();
  if (content.name_en.empty()) content.name_en = name.en();
  const auto expiry = coding::ParseIsoDate(resolution->expiry_date());
  if (expiry && !content.expiry) content.expiry = *expiry;
  if (resolution->has_item() && !content.gtin) {
    return FillGtin(connection, word.code->Digits(), content);
  }
  return std::nullopt;
}

std::string LabelFileName(const ObjectWord& word, const std::string& ending) {
  std::string name = coding::WriteObjectWord(word);
  for (char& c : name) {
    if (c == '/') c = '-';
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.';
    if (!plain) c = '_';
  }
  return name + ending;
}

}  // namespace radyab::cli

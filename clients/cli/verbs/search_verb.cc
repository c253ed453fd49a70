// search: find things by what is known of them.
#include <algorithm>
#include <string>
#include <vector>

#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/search_client.h"

namespace radyab::cli {
namespace {

struct SearchArguments {
  std::vector<std::string> words;
  std::vector<std::string> kinds;
  std::string member;
  ListLimit limit;
};

const std::vector<std::pair<std::string, v1::SearchKind>> kKinds = {
    {"item", v1::SEARCH_KIND_ITEM},
    {"service", v1::SEARCH_KIND_SERVICE},
    {"party", v1::SEARCH_KIND_PARTY},
    {"class", v1::SEARCH_KIND_CLASS}};

constexpr char kIncomplete[] =
    "some names are not in the index yet, so hits may be missing: ask again in a moment";

// What tells a hit from others of its name, in one cell.
std::string Apart(const v1::SearchHit& hit) {
  std::string text;
  const auto add = [&text](const std::string& part) {
    if (part.empty()) return;
    if (!text.empty()) text += ", ";
    text += part;
  };
  const auto name = [](const v1::LocalizedText& of) { return of.fa().empty() ? of.en() : of.fa(); };
  if (hit.party_kind() == v1::PARTY_KIND_PERSON) add("person");
  if (hit.party_kind() == v1::PARTY_KIND_ORGANISATION) add("organisation");
  for (const int role : hit.roles()) {
    add(role == v1::PARTY_ROLE_CUSTOMER ? "customer" : "supplier");
  }
  add(hit.phone_end());
  if (!hit.email_domain().empty()) add("@" + hit.email_domain());
  add(hit.city());
  add(hit.postcode_begin());
  add(hit.brand());
  add(name(hit.class_display_name()));
  add(name(hit.member_name()));
  return text;
}

std::string KindWord(v1::SearchKind kind) {
  for (const auto& [word, known] : kKinds) {
    if (known == kind) return word;
  }
  return "";
}

std::string MatchWord(v1::SearchMatch match) {
  switch (match) {
    case v1::SEARCH_MATCH_CODE:
      return "code";
    case v1::SEARCH_MATCH_CONTACT:
      return "contact";
    case v1::SEARCH_MATCH_WORDS:
      return "words";
    case v1::SEARCH_MATCH_BEGINNINGS:
      return "beginnings";
    case v1::SEARCH_MATCH_STEMS:
      return "stems";
    default:
      return "";
  }
}

std::vector<std::string> RowOf(const v1::SearchHit& hit) {
  const v1::LocalizedText& name = hit.display_name();
  std::string state = hit.has_life() ? v1::LifeState_Name(hit.life().state()) : "";
  if (state.starts_with("LIFE_STATE_")) state.erase(0, std::string("LIFE_STATE_").size());
  std::ranges::transform(state, state.begin(), [](unsigned char c) { return std::tolower(c); });
  return {hit.code(), KindWord(hit.kind()),   name.fa().empty() ? name.en() : name.fa(),
          Apart(hit), MatchWord(hit.match()), state};
}

// Pages as they come; a short one is no end.
ExitCode PrintHits(const Session& session, const client::SearchClient& search,
                   v1::SearchRequest request, const ListLimit& limit) {
  const Printer printer = session.printer();
  Table table({"CODE", "KIND", "NAME", "WHAT TELLS IT APART", "MATCH", "STATE"},
              Printer::StyleOfStandardOutput());
  std::int64_t count = 0;
  bool incomplete = false;
  do {
    const auto page = search.SearchPage(request);
    if (!page) return session.errors().Print(page.error());
    incomplete = incomplete || page->incomplete();
    for (const v1::SearchHit& hit : page->hits()) {
      if (limit.count > 0 && count == limit.count) break;
      ++count;
      if (printer.json()) {
        printer.PrintMessage(hit);
      } else {
        table.AddRow(RowOf(hit));
      }
    }
    printer.PrintText(table.TakeRendered());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty() && (limit.count == 0 || count < limit.count));
  if (count == 0 && !printer.json()) printer.PrintText("none\n");
  if (incomplete) std::fprintf(stderr, "radyab: %s\n", kIncomplete);
  return ExitCode::kOk;
}

ExitCode RunSearch(Session& session, const SearchArguments& arguments) {
  v1::SearchRequest request;
  std::string query;
  for (const std::string& word : arguments.words) query += (query.empty() ? "" : " ") + word;
  request.set_query(query);
  for (const std::string& word : arguments.kinds) {
    for (const auto& [known, kind] : kKinds) {
      if (known == word) request.add_kinds(kind);
    }
  }
  if (!arguments.member.empty()) {
    const auto member = MemberName(arguments.member);
    const std::string* name = TakeOrPrint(session.errors(), "--member", member);
    if (name == nullptr) return ExitCode::kUsage;
    request.set_member(*name);
  }
  request.set_page_size(PageSizeFor(arguments.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintHits(session, client::SearchClient(connection), request, arguments.limit);
}

}  // namespace

void AddSearchVerb(CLI::App& app, Session& session) {
  auto arguments = std::make_shared<SearchArguments>();
  CLI::App& verb =
      AddVerb(app, "search", "things by name, code, identifier, telephone or e-mail address",
              session, [&session, arguments] { return RunSearch(session, *arguments); });
  AddTexts(verb, "words", arguments->words,
           "words of the name or their beginnings, a code, …; several are one query")
      .Required();
  std::vector<std::string> kinds;
  for (const auto& [word, kind] : kKinds) kinds.push_back(word);
  AddTexts(verb, "--kind", arguments->kinds, "only item, service, party or class; again for more")
      .OneOf(kinds);
  AddText(verb, "--member", arguments->member, "whose parties; without it those of the key's");
  AddLimit(verb, arguments->limit);
}

}  // namespace radyab::cli

#include "registry/search/search.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "registry/catalog/member_registry.h"
#include "registry/page_scan.h"
#include "registry/parties/phone_number.h"
#include "registry/reason.h"
#include "registry/search/direct_hits.h"
#include "registry/search/fresh_names.h"
#include "registry/search/hit_reader.h"
#include "registry/search/index_upkeep.h"
#include "registry/search/page_place.h"
#include "registry/search/posting_cursor.h"
#include "registry/search/search_query.h"

namespace radyab::search {
namespace {

// In the order of their things.
constexpr std::array kKinds = {v1::SEARCH_KIND_ITEM, v1::SEARCH_KIND_PARTY, v1::SEARCH_KIND_SERVICE,
                               v1::SEARCH_KIND_CLASS};
constexpr std::array kMatches = {v1::SEARCH_MATCH_CODE, v1::SEARCH_MATCH_CONTACT,
                                 v1::SEARCH_MATCH_WORDS, v1::SEARCH_MATCH_BEGINNINGS,
                                 v1::SEARCH_MATCH_STEMS};
// Words that are looked up; what else is asked is held against the names themselves. A page of few
// hits has few rows to spend.
constexpr std::size_t kWordsLookedUp = 6;
constexpr std::size_t kWordsLookedUpOnShortPage = 2;
constexpr std::size_t kShortPage = 3;
constexpr std::size_t kDirectHitsMax = 50;
constexpr std::size_t kFreshPart = 8;  // of the budget, one part in so many is spent on notes

// Whether a match of names is by its words.
bool IsByWords(v1::SearchMatch match) { return match >= v1::SEARCH_MATCH_WORDS; }

// What one kind of match asks in one scope.
struct Asked {
  AllOf lists;
  bool loose = false;  // the lists also have things that do not match
};

class Searching {
 public:
  Searching(storage::ReadTransaction& transaction, const Environment& environment,
            SearchQuery query, const PageRequest& page)
      : transaction_(transaction),
        environment_(environment),
        query_(std::move(query)),
        hit_count_max_(page.row_count_max),
        budget_(page.row_count_max * kRowsPerHitMax),
        reader_(transaction, environment, budget_) {}

  absl::Status Begin(const access::Caller& caller, bool parties_readable, const Wanted& wanted,
                     std::optional<MemberId> member);
  absl::Status Run(PagePlace place);
  Answer Take() { return std::move(answer_); }

 private:
  bool IsWanted(v1::SearchKind kind) const { return kinds_.contains(kind); }
  const Asked& AskedBy(v1::SearchMatch match, MemberId scope);
  Asked AskByWords(v1::SearchMatch match, MemberId scope);
  Asked AskContact(MemberId scope);
  absl::Status RunRange(v1::SearchMatch match, MemberId scope, const ThingRange& range);
  // The first thing not before `from` that all lists have; less when the budget ends before.
  struct Step {
    Thing thing = kNoThing;
    bool aligned = false;
  };
  absl::StatusOr<Step> NextInAll(const AllOf& lists, Thing from, Thing end, std::size_t reserve);
  // What an earlier match says of a thing: it has it, it may have it.
  enum class Earlier { kNo, kMaybe, kYes };
  absl::StatusOr<Earlier> FoundEarlier(v1::SearchMatch match, MemberId scope, Thing thing);
  absl::Status Show(v1::SearchMatch match, Thing thing, bool look_closer);
  void GoOnAt(v1::SearchMatch match, Thing next) {
    answer_.page.next = WritePlace({match, next});
    ended_ = true;
  }

  storage::ReadTransaction& transaction_;
  const Environment& environment_;
  const SearchQuery query_;
  const std::size_t hit_count_max_;
  RowBudget budget_;
  HitReader reader_;
  std::set<v1::SearchKind> kinds_;
  std::optional<MemberId> member_;  // whose parties; without one, parties are found by code alone
  FreshNames fresh_;
  std::map<Thing, std::optional<v1::Alias>> direct_;
  std::string phone_, email_;
  std::map<std::pair<v1::SearchMatch, MemberId>, Asked> asked_;
  std::size_t byte_count_ = 0;
  bool moved_ = false;
  bool ended_ = false;
  Answer answer_;
};

absl::Status Searching::Begin(const access::Caller& caller, bool parties_readable,
                              const Wanted& wanted, std::optional<MemberId> member) {
  kinds_.insert(wanted.kinds.begin(), wanted.kinds.end());
  if (wanted.kinds.empty()) kinds_.insert(kKinds.begin(), kKinds.end());
  member_ = member;
  auto direct = DirectHits(transaction_, environment_, caller, parties_readable, member,
                           wanted.query, std::min(kDirectHitsMax, hit_count_max_), budget_);
  if (!direct.ok()) return direct.status();
  direct_ = *std::move(direct);
  if (!parties_readable) kinds_.erase(v1::SEARCH_KIND_PARTY);
  phone_ = parties::ReadPhoneNumber(wanted.query).e164;
  if (wanted.query.find('@') != std::string::npos) email_ = EmailTermText(wanted.query);
  budget_.Spend(2);  // the state of the index, and the member if it was named
  auto whole = IsWhole(transaction_);
  if (!whole.ok()) return whole.status();
  auto fresh = FreshNames::Read(transaction_, environment_,
                                hit_count_max_ * kRowsPerHitMax / kFreshPart, budget_);
  if (!fresh.ok()) return fresh.status();
  fresh_ = *std::move(fresh);
  answer_.incomplete = !*whole || !fresh_.whole();
  return absl::OkStatus();
}

Asked Searching::AskContact(MemberId scope) {
  AnyOf lists;
  for (const std::string& text : {phone_, email_}) {
    if (text.empty() || scope != member_) continue;
    const std::string term = Term(TermUse::kContact, text);
    lists.push_back(std::make_shared<PostingCursor>(
        transaction_, budget_, PostingList{scope, HashOf(environment_, scope, term)}, fresh_,
        fresh_.With(scope, term)));
  }
  return lists.empty() ? Asked() : Asked{{std::move(lists)}};
}

Asked Searching::AskByWords(v1::SearchMatch match, MemberId scope) {
  Asked asked;
  const std::size_t looked_up =
      hit_count_max_ > kShortPage ? kWordsLookedUp : kWordsLookedUpOnShortPage;
  // What is read of notes is right; what lies behind them may be of a name that was changed.
  asked.loose = query_.words.size() > looked_up || !fresh_.whole();
  std::map<std::string, std::shared_ptr<PostingCursor>> cursors;  // neighbours share forms
  for (std::size_t word = 0; word < std::min(query_.words.size(), looked_up); ++word) {
    AnyOf lists;
    for (const std::string& form : query_.FormsOf(word)) {
      const std::string term = TermOf(match, form);
      asked.loose = asked.loose || IsLoose(match, form);
      auto& cursor = cursors[term];
      if (cursor == nullptr) {
        cursor = std::make_shared<PostingCursor>(
            transaction_, budget_, PostingList{scope, HashOf(environment_, scope, term)}, fresh_,
            fresh_.With(scope, term));
      }
      lists.push_back(cursor);
    }
    asked.lists.push_back(std::move(lists));
  }
  return asked;
}

const Asked& Searching::AskedBy(v1::SearchMatch match, MemberId scope) {
  const auto [found, added] = asked_.try_emplace({match, scope});
  if (!added) return found->second;
  if (match == v1::SEARCH_MATCH_CODE) {
    std::vector<Thing> things;
    for (const auto& [thing, alias] : direct_) things.push_back(thing);
    found->second.lists = {{std::make_shared<PostingCursor>(std::move(things))}};
  } else {
    found->second = IsByWords(match) ? AskByWords(match, scope) : AskContact(scope);
  }
  return found->second;
}

absl::StatusOr<Searching::Step> Searching::NextInAll(const AllOf& lists, Thing from, Thing end,
                                                     std::size_t reserve) {
  for (std::size_t agreed = 0; agreed < lists.size();) {
    for (const AnyOf& any : lists) {
      // Whatever was spent before, a page makes one step, so that the pages come to an end.
      if (moved_ && budget_.left() < reserve) return Step{from, false};
      moved_ = true;
      auto found = SeekAny(any, from);
      if (!found.ok()) return found.status();
      if (*found >= end) return Step{kNoThing, true};
      agreed = *found == from ? agreed + 1 : 1;
      from = *found;
      if (agreed == lists.size()) break;
    }
  }
  return Step{from, true};
}

absl::StatusOr<Searching::Earlier> Searching::FoundEarlier(v1::SearchMatch match, MemberId scope,
                                                           Thing thing) {
  Earlier answer = Earlier::kNo;
  for (const v1::SearchMatch earlier : kMatches) {
    if (earlier == match) break;
    const Asked& asked = AskedBy(earlier, scope);
    auto holds = Holds(asked.lists, thing);
    if (!holds.ok()) return holds.status();
    if (!*holds) continue;
    if (!asked.loose) return Earlier::kYes;
    answer = Earlier::kMaybe;
  }
  return answer;
}

absl::Status Searching::Show(v1::SearchMatch match, Thing thing, bool look_closer) {
  auto hit = reader_.Read(thing);
  if (!hit.ok()) return hit.status();
  if (!hit->has_value()) return absl::OkStatus();
  if (look_closer && query_.BestMatch((*hit)->display_name()) != match) return absl::OkStatus();
  (*hit)->set_match(match);
  if (match == v1::SEARCH_MATCH_CODE && direct_[thing]) {
    *(*hit)->mutable_via_alias() = *direct_[thing];
  }
  byte_count_ += (*hit)->ByteSizeLong();
  if (byte_count_ > kAnswerBytesMax && !answer_.page.rows.empty()) {
    GoOnAt(match, thing);
    return absl::OkStatus();
  }
  answer_.page.rows.push_back(std::move(**hit));
  return absl::OkStatus();
}

absl::Status Searching::RunRange(v1::SearchMatch match, MemberId scope, const ThingRange& range) {
  const Asked& asked = AskedBy(match, scope);
  if (asked.lists.empty()) return absl::OkStatus();
  std::size_t reserve = RowsOfStep(asked.lists) + kRowsOfHitMax;
  for (const v1::SearchMatch earlier : kMatches) {
    if (earlier == match) break;
    if (earlier != v1::SEARCH_MATCH_CODE) reserve += RowsOfHolds(AskedBy(earlier, scope).lists);
  }
  for (Thing next = range.begin; next < range.end && !ended_; ++next) {
    auto step = NextInAll(asked.lists, next, range.end, reserve);
    if (!step.ok()) return step.status();
    if (!step->aligned) {
      GoOnAt(match, step->thing);
      break;
    }
    next = step->thing;
    if (next == kNoThing) break;
    auto earlier = FoundEarlier(match, scope, next);
    if (!earlier.ok()) return earlier.status();
    if (*earlier == Earlier::kYes) continue;
    if (answer_.page.rows.size() == hit_count_max_) {
      GoOnAt(match, next);
      break;
    }
    const bool look_closer = IsByWords(match) && (asked.loose || *earlier == Earlier::kMaybe);
    if (auto status = Show(match, next, look_closer); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Searching::Run(PagePlace place) {
  for (const v1::SearchMatch match : kMatches) {
    if (match < place.match) continue;
    if (match > place.match) place = {match, 0};
    for (const v1::SearchKind kind : kKinds) {
      const bool party = kind == v1::SEARCH_KIND_PARTY;
      ThingRange range = RangeOf(kind);
      range.begin = std::max(range.begin, place.next);
      if (ended_ || range.begin >= range.end || !IsWanted(kind)) continue;
      if (party && !member_ && match != v1::SEARCH_MATCH_CODE) continue;
      const MemberId scope = party ? member_.value_or(MemberId::kRegistry) : MemberId::kRegistry;
      auto status = RunRange(match, scope, range);
      if (!status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

absl::Status CheckKinds(const std::vector<v1::SearchKind>& kinds) {
  for (const v1::SearchKind kind : kinds) {
    if (std::ranges::find(kKinds, kind) != kKinds.end()) continue;
    return RefuseField("kinds", std::to_string(kind) + ": want items, services, parties, classes");
  }
  return absl::OkStatus();
}

// Whose parties are searched, nobody's for a caller without member who names none.
absl::StatusOr<std::optional<MemberId>> MemberOf(storage::ReadTransaction& transaction,
                                                 const access::Caller& caller,
                                                 const std::string& name) {
  if (name.empty()) return caller.member;
  auto member = catalog::MemberMeant(transaction, caller, name, "member");
  if (!member.ok()) return member.status();
  if (!caller.ReachesPrivate(*member)) return NotFound(catalog::MemberName(*member));
  return std::optional(*member);
}

}  // namespace

absl::StatusOr<Answer> Search(storage::ReadTransaction& transaction, const Environment& environment,
                              const access::Caller& caller, bool parties_readable,
                              const Wanted& wanted, const PageRequest& page) {
  if (auto status = CheckKinds(wanted.kinds); !status.ok()) return status;
  auto query = ReadQuery(wanted.query);
  if (!query.ok()) return query.status();
  auto place = ReadPlace(page.after);
  if (!place.ok()) return place.status();
  auto member = MemberOf(transaction, caller, wanted.member);
  if (!member.ok()) return member.status();
  Searching searching(transaction, environment, *std::move(query), page);
  auto begun = searching.Begin(caller, parties_readable, wanted, *member);
  if (!begun.ok()) return begun;
  if (auto status = searching.Run(*place); !status.ok()) return status;
  return searching.Take();
}

}  // namespace radyab::search

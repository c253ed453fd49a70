// member create, get, list, update.
#include "clients/cli/field_flags.h"
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/resource_update.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/member_client.h"

namespace radyab::cli {
namespace {

constexpr FieldFlag kMemberFlags[] = {
    {"--name-fa", "display_name.fa", "Persian name"},
    {"--name-en", "display_name.en", "English name"},
    {"--gs1-prefix", "gs1_company_prefix", "its own GS1 company prefix, 4 to 12 digits"},
};

struct MemberArguments {
  std::string member;
  std::string request_id;
  UpdateOptions update;
  ListLimit limit;
  std::unique_ptr<FieldFlags> flags;
};

ExitCode CreateMember(Session& session, const MemberArguments& arguments) {
  v1::CreateMemberRequest request;
  if (!arguments.flags->Apply(*request.mutable_member(), session.errors()))
    return ExitCode::kRefused;
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  request.set_request_id(session.ChangeId(arguments.request_id));
  return PrintAnswer(session, client::MemberClient(connection).CreateMember(request));
}

ExitCode GetMember(Session& session, const MemberArguments& arguments) {
  const auto name = MemberName(arguments.member);
  if (!name) return session.errors().PrintRefusal("member", name.refusal());
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  v1::GetMemberRequest request;
  request.set_name(*name);
  return PrintAnswer(session, client::MemberClient(connection).GetMember(request));
}

ExitCode UpdateMember(Session& session, const MemberArguments& arguments) {
  const auto name = MemberName(arguments.member);
  if (!name) return session.errors().PrintRefusal("member", name.refusal());
  if (arguments.flags->GivenFields().empty()) return PrintNothingToChange(session);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const client::MemberClient members(connection);
  const auto read = [&] {
    v1::GetMemberRequest get;
    get.set_name(*name);
    return members.GetMember(get);
  };
  v1::UpdateMemberRequest request;
  if (!FillUpdate(session, *arguments.flags, arguments.update, *name, read, request,
                  *request.mutable_member())) {
    return session.exit_code;
  }
  return PrintAnswer(session, members.UpdateMember(request));
}

ExitCode ListMembers(Session& session, const MemberArguments& arguments) {
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  v1::ListMembersRequest request;
  request.set_page_size(PageSizeFor(arguments.limit));
  return PrintList(session, client::MemberClient(connection).ListMembers(request),
                   {{"MEMBER", "name"},
                    {"NAME", "display_name"},
                    {"GS1 PREFIX", "gs1_company_prefix"},
                    {"PARTY", "party_code"},
                    {"BLOCKS", "blocks"}},
                   arguments.limit);
}

}  // namespace

void AddMemberVerbs(CLI::App& app, Session& session) {
  CLI::App& family = AddFamily(app, "member", "organisations that own codes");
  auto create = std::make_shared<MemberArguments>();
  CLI::App& create_verb = AddVerb(family, "create", "registers a member", session,
                                  [&session, create] { return CreateMember(session, *create); });
  create->flags = std::make_unique<FieldFlags>(create_verb, kMemberFlags);
  AddRequestId(create_verb, create->request_id);

  auto get = std::make_shared<MemberArguments>();
  CLI::App& get_verb = AddVerb(family, "get", "shows a member", session,
                               [&session, get] { return GetMember(session, *get); });
  AddText(get_verb, "member", get->member, "its number: 00017, 17 or members/00017").Required();

  auto list = std::make_shared<MemberArguments>();
  CLI::App& list_verb = AddVerb(family, "list", "lists the members", session,
                                [&session, list] { return ListMembers(session, *list); });
  AddLimit(list_verb, list->limit);

  auto update = std::make_shared<MemberArguments>();
  CLI::App& update_verb = AddVerb(family, "update", "changes the given fields", session,
                                  [&session, update] { return UpdateMember(session, *update); });
  AddText(update_verb, "member", update->member, "its number").Required();
  update->flags = std::make_unique<FieldFlags>(update_verb, kMemberFlags);
  AddUpdateOptions(update_verb, update->update);
}

}  // namespace radyab::cli

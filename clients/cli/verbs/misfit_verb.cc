// class misfits: items and services that do not fit a class as it stands.
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/class_fit_client.h"

namespace radyab::cli {
namespace {

struct MisfitArguments {
  std::string key_code;
  std::string as_class;
  std::string member;
  bool services = false;
  ListLimit limit;
};

ExitCode ListMisfits(Session& session, const MisfitArguments& arguments) {
  v1::ListClassMisfitsRequest request;
  const auto* name = TakeOrPrint(session.errors(), "key_code", ClassName(arguments.key_code));
  if (name == nullptr) return ExitCode::kRefused;
  request.set_class_name(*name);
  if (!arguments.as_class.empty()) {
    const auto* wanted = TakeOrPrint(session.errors(), "--as", ClassName(arguments.as_class));
    if (wanted == nullptr) return ExitCode::kRefused;
    request.set_as_class(*wanted);
  }
  if (!arguments.member.empty()) {
    const auto* member = TakeOrPrint(session.errors(), "--member", MemberName(arguments.member));
    if (member == nullptr) return ExitCode::kRefused;
    request.set_member(*member);
  }
  request.set_services(arguments.services);
  request.set_page_size(PageSizeFor(arguments.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintList(session, client::ClassFitClient(connection).ListClassMisfits(request),
                   {{"RESOURCE", "name"},
                    {"NAME", "display_name"},
                    {"CLASS", "class_name"},
                    {"FAULTS", "faults"}},
                   arguments.limit);
}

}  // namespace

void AddMisfitVerb(CLI::App& family, Session& session) {
  auto list = std::make_shared<MisfitArguments>();
  CLI::App& verb =
      AddVerb(family, "misfits", "items whose attributes do not fit their class as it is now",
              session, [&session, list] { return ListMisfits(session, *list); });
  AddText(verb, "key_code", list->key_code, "the class, with all below it").Required();
  AddText(verb, "--as", list->as_class,
          "those that would not fit this class, were they moved there");
  AddText(verb, "--member", list->member, "only this member's; without it the key's, or all");
  AddFlag(verb, "--service", list->services, "services, not items");
  AddLimit(verb, list->limit);
}

}  // namespace radyab::cli

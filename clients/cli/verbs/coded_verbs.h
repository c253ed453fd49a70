// create, get, list, update and state of the things that bear a code: items, services, parties.
#pragma once

#include <string>

#include "clients/cli/attribute_words.h"
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/coded_arguments.h"
#include "clients/cli/verbs/life_state.h"

namespace radyab::cli {

// Thing tells the kinds apart: Resource, the request types, kFamily, kCollection, kBearer, kFlags,
// Columns(), Of (the resource of a request) and the calls Create, Get, List, Update.
template <class Thing>
class CodedVerbs {
 public:
  using Resource = typename Thing::Resource;
  using CreateRequest = typename Thing::CreateRequest;
  static constexpr bool kHasAttributes = requires(Resource resource) { resource.add_attributes(); };
  static constexpr bool kMayBeReserved = requires(CreateRequest made) { made.reserved_code(); };
  static constexpr bool kMayBeStrict = requires(CreateRequest made) { made.strict(); };

  static ExitCode Create(Session& session, const CodedArguments& arguments) {
    CreateRequest request;
    Resource& resource = Thing::Of(request);
    if (!arguments.flags->Apply(resource, session.errors()) ||
        !TakeAttributes(session, arguments, resource) ||
        !arguments.aliases->Apply(*request.mutable_aliases(), session.errors())) {
      return ExitCode::kRefused;
    }
    if constexpr (kMayBeReserved) request.set_reserved_code(arguments.reserved);
    request.set_validate_only(arguments.dry_run);
    if constexpr (kMayBeStrict) request.set_strict(arguments.strict);
    const auto connection = session.Connect();
    if (connection == nullptr) return session.exit_code;
    request.set_request_id(session.ChangeId(arguments.request_id));
    return PrintAnswer(session, Thing::Create(connection, request));
  }

  static ExitCode Get(Session& session, const CodedArguments& arguments) {
    const auto name = CodeName(Thing::kCollection, arguments.code);
    if (!name) return session.errors().PrintRefusal("code", name.refusal());
    const auto connection = session.Connect();
    if (connection == nullptr) return session.exit_code;
    typename Thing::GetRequest request;
    request.set_name(*name);
    return PrintAnswer(session, Thing::Get(connection, request));
  }

  static ExitCode Update(Session& session, const CodedArguments& arguments) {
    const auto name = CodeName(Thing::kCollection, arguments.code);
    if (!name) return session.errors().PrintRefusal("code", name.refusal());
    const bool with_attributes = !arguments.attributes.empty();
    if (arguments.flags->GivenFields().empty() && !with_attributes) {
      return PrintNothingToChange(session);
    }
    typename Thing::UpdateRequest request;
    Resource& resource = Thing::Of(request);
    if (!TakeAttributes(session, arguments, resource)) return ExitCode::kRefused;
    const auto connection = session.Connect();
    if (connection == nullptr) return session.exit_code;
    const auto read = [&] {
      typename Thing::GetRequest get;
      get.set_name(*name);
      return Thing::Get(connection, get);
    };
    if (!FillUpdate(session, *arguments.flags, arguments.update, *name, read, request, resource)) {
      return session.exit_code;
    }
    if (with_attributes) request.mutable_update_mask()->add_paths("attributes");
    return PrintAnswer(session, Thing::Update(connection, request));
  }

  static ExitCode List(Session& session, const CodedArguments& arguments) {
    typename Thing::ListRequest request;
    if (!arguments.member.empty()) {
      const auto member = MemberName(arguments.member);
      if (!member) return session.errors().PrintRefusal("--member", member.refusal());
      request.set_member(*member);
    }
    request.set_name_prefix(arguments.name_prefix);
    request.set_page_size(PageSizeFor(arguments.limit));
    const auto connection = session.Connect();
    if (connection == nullptr) return session.exit_code;
    return PrintList(session, Thing::List(connection, request), Thing::Columns(), arguments.limit);
  }

  static void Add(CLI::App& app, Session& session, const std::string& help) {
    CLI::App& family = AddFamily(app, Thing::kFamily, help);
    auto create = std::make_shared<CodedArguments>();
    CLI::App& create_verb = AddVerb(family, "create", "registers one and issues its code", session,
                                    [&session, create] { return Create(session, *create); });
    AddResourceFlags(create_verb, *create);
    create->aliases = std::make_unique<AliasFlags>(create_verb, Thing::kBearer);
    if constexpr (kMayBeReserved) {
      AddText(create_verb, "--reserved", create->reserved, "the reserved code that it shall bear");
    }
    if constexpr (kMayBeStrict) {
      AddFlag(create_verb, "--strict", create->strict, "refuse what is much like one that stands");
    }
    AddFlag(create_verb, "--dry-run", create->dry_run, "only checks: nothing is registered");
    AddRequestId(create_verb, create->request_id);

    auto get = std::make_shared<CodedArguments>();
    CLI::App& get_verb = AddVerb(family, "get", "shows one", session,
                                 [&session, get] { return Get(session, *get); });
    AddText(get_verb, "code", get->code, "its code").Required();

    auto list = std::make_shared<CodedArguments>();
    CLI::App& list_verb = AddVerb(family, "list", "lists them", session,
                                  [&session, list] { return List(session, *list); });
    AddText(list_verb, "--member", list->member, "only those of this member");
    AddText(list_verb, "--name", list->name_prefix, "only those whose name begins so");
    AddLimit(list_verb, list->limit);

    auto update = std::make_shared<CodedArguments>();
    CLI::App& update_verb = AddVerb(family, "update", "changes the given fields", session,
                                    [&session, update] { return Update(session, *update); });
    AddText(update_verb, "code", update->code, "its code").Required();
    AddResourceFlags(update_verb, *update);
    AddUpdateOptions(update_verb, update->update);
    AddLifeStateVerb(family, session);
  }

 private:
  static bool TakeAttributes(const Session& session, const CodedArguments& arguments,
                             Resource& resource) {
    if constexpr (kHasAttributes) {
      for (const std::string& word : arguments.attributes) {
        const auto attribute = AttributeOf(word);
        if (TakeOrPrint(session.errors(), "--attribute", attribute) == nullptr) return false;
        *resource.add_attributes() = *attribute;
      }
    }
    return true;
  }

  static void AddResourceFlags(CLI::App& verb, CodedArguments& arguments) {
    arguments.flags = std::make_unique<FieldFlags>(verb, Thing::kFlags);
    if constexpr (kHasAttributes) {
      AddTexts(verb, "--attribute", arguments.attributes, "KEY=VALUE; again for each attribute");
    }
  }
};

}  // namespace radyab::cli

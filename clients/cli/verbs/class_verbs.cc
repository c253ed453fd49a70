// class create, get, list, update; misfits stands in a file of its own.
#include "clients/cli/attribute_words.h"
#include "clients/cli/field_flags.h"
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/resource_update.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/class_client.h"

namespace radyab::cli {
namespace {

constexpr FieldFlag kClassFlags[] = {
    {"--name-fa", "display_name.fa", "Persian name"},
    {"--name-en", "display_name.en", "English name"},
    {"--pattern-fa", "name_pattern.fa", "how items are named in Persian: \"{base} [{brand}]\""},
    {"--pattern-en", "name_pattern.en", "how items are named in English"},
};
constexpr const char* kAttributeHelp =
    "an attribute, KEY:TYPE[:required][:identifying][:unit=U][:values=a|b][:values_fa=…]"
    "[:values_en=…][:fa=NAME][:en=NAME]; TYPE: text, number, choice; again for each";
constexpr const char* kReferenceHelp =
    "its place in another classification, unspsc|gpc|hs|isic|eclass=CODE; again for each";

struct ClassArguments {
  std::string key_code;
  std::vector<std::string> attributes;
  std::vector<std::string> references;
  std::string parent;
  std::int64_t version = 0;
  std::string request_id;
  UpdateOptions update;
  ListLimit limit;
  std::unique_ptr<FieldFlags> flags;
};

// The attributes and cross-references of the flags. False after a refusal was printed.
bool TakeLists(const Session& session, const ClassArguments& arguments, v1::Class& node) {
  for (const std::string& word : arguments.attributes) {
    const auto attribute = AttributeTemplateOf(word);
    if (TakeOrPrint(session.errors(), "--attribute", attribute) == nullptr) return false;
    *node.add_attributes() = *attribute;
  }
  for (const std::string& word : arguments.references) {
    const auto reference = CrossReferenceOf(word);
    if (TakeOrPrint(session.errors(), "--reference", reference) == nullptr) return false;
    *node.add_cross_references() = *reference;
  }
  return true;
}

ExitCode CreateClass(Session& session, const ClassArguments& arguments) {
  v1::CreateClassRequest request;
  const auto name = ClassName(arguments.key_code);
  if (!name) return session.errors().PrintRefusal("class", name.refusal());
  v1::Class& node = *request.mutable_class_node();
  node.set_key_code(name->substr(name->find('/') + 1));
  if (!arguments.flags->Apply(node, session.errors()) || !TakeLists(session, arguments, node)) {
    return ExitCode::kRefused;
  }
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  request.set_request_id(session.ChangeId(arguments.request_id));
  return PrintAnswer(session, client::ClassClient(connection).CreateClass(request));
}

ExitCode GetClass(Session& session, const ClassArguments& arguments) {
  const auto name = ClassName(arguments.key_code);
  if (!name) return session.errors().PrintRefusal("class", name.refusal());
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  v1::GetClassRequest request;
  request.set_name(*name);
  request.set_version(arguments.version);
  return PrintAnswer(session, client::ClassClient(connection).GetClass(request));
}

ExitCode UpdateClass(Session& session, const ClassArguments& arguments) {
  const auto name = ClassName(arguments.key_code);
  if (!name) return session.errors().PrintRefusal("class", name.refusal());
  if (arguments.flags->GivenFields().empty() && arguments.attributes.empty() &&
      arguments.references.empty()) {
    return PrintNothingToChange(session);
  }
  v1::UpdateClassRequest request;
  v1::Class& node = *request.mutable_class_node();
  if (!TakeLists(session, arguments, node)) return ExitCode::kRefused;
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const client::ClassClient classes(connection);
  const auto read = [&] {
    v1::GetClassRequest get;
    get.set_name(*name);
    return classes.GetClass(get);
  };
  if (!FillUpdate(session, *arguments.flags, arguments.update, *name, read, request, node)) {
    return session.exit_code;
  }
  auto& mask = *request.mutable_update_mask();
  if (!arguments.attributes.empty()) mask.add_paths("attributes");
  if (!arguments.references.empty()) mask.add_paths("cross_references");
  return PrintAnswer(session, classes.UpdateClass(request));
}

ExitCode ListClasses(Session& session, const ClassArguments& arguments) {
  v1::ListClassesRequest request;
  if (!arguments.parent.empty()) {
    const auto parent = ClassName(arguments.parent);
    if (!parent) return session.errors().PrintRefusal("--parent", parent.refusal());
    request.set_parent(*parent);
  }
  request.set_page_size(PageSizeFor(arguments.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintList(session, client::ClassClient(connection).ListClasses(request),
                   {{"CLASS", "key_code"}, {"NAME", "display_name"}, {"ATTRIBUTES", "attributes"}},
                   arguments.limit);
}

}  // namespace

void AddClassVerbs(CLI::App& app, Session& session) {
  CLI::App& family = AddFamily(app, "class", "the tree by which items and services are ordered");
  auto create = std::make_shared<ClassArguments>();
  CLI::App& create_verb = AddVerb(family, "create", "adds a class below its parent", session,
                                  [&session, create] { return CreateClass(session, *create); });
  AddText(create_verb, "key_code", create->key_code, "2 to 12 digits, two a level").Required();
  create->flags = std::make_unique<FieldFlags>(create_verb, kClassFlags);
  AddTexts(create_verb, "--attribute", create->attributes, kAttributeHelp);
  AddTexts(create_verb, "--reference", create->references, kReferenceHelp);
  AddRequestId(create_verb, create->request_id);

  auto get = std::make_shared<ClassArguments>();
  CLI::App& get_verb = AddVerb(family, "get", "shows a class", session,
                               [&session, get] { return GetClass(session, *get); });
  AddText(get_verb, "key_code", get->key_code, "its key code: 0412 or classes/0412").Required();
  AddNumber(get_verb, "--version", get->version, "as it stood at this version; else as it is")
      .AtLeastOne();

  auto list = std::make_shared<ClassArguments>();
  CLI::App& list_verb = AddVerb(family, "list", "lists classes in order of key code", session,
                                [&session, list] { return ListClasses(session, *list); });
  AddText(list_verb, "--parent", list->parent, "only this class and those below it");
  AddLimit(list_verb, list->limit);

  auto update = std::make_shared<ClassArguments>();
  CLI::App& update_verb = AddVerb(family, "update", "changes the given fields", session,
                                  [&session, update] { return UpdateClass(session, *update); });
  AddText(update_verb, "key_code", update->key_code, "its key code").Required();
  update->flags = std::make_unique<FieldFlags>(update_verb, kClassFlags);
  AddTexts(update_verb, "--attribute", update->attributes, kAttributeHelp);
  AddTexts(update_verb, "--reference", update->references, kReferenceHelp);
  AddUpdateOptions(update_verb, update->update);
  AddMisfitVerb(family, session);
}

}  // namespace radyab::cli

// admin key create, list, revoke; admin audit list.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

#include "clients/cli/field_flags.h"
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/admin_client.h"
#include "coding/code.h"

namespace radyab::cli {
namespace {

constexpr FieldFlag kKeyFlags[] = {
    {"--role", "role", "admin, registrar, member, warehouse, desk, quality, partner or operator"},
    {"--member", "member", "for whom it acts (every role but admin, registrar, operator)"},
    {"--display-name", "display_name", "whose key it is"},
};

struct KeyArguments {
  std::string name;
  std::string out_file;
  std::string request_id;
  ListLimit limit;
  std::unique_ptr<FieldFlags> flags;
};

// A new file that only its owner may read; -1 when it is there already or cannot be made.
int OpenSecretFile(const std::string& path) {
  return open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
}

bool WriteAll(int file, const std::string& text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const ssize_t count = write(file, text.data() + at, text.size() - at);
    if (count <= 0) return false;
    at += static_cast<std::size_t>(count);
  }
  return fsync(file) == 0;
}

// Makes the key with its secret going to the file that is open already: a key without a place for
// its secret would be lost.
ExitCode CreateKey(Session& session, const KeyArguments& arguments) {
  v1::CreateKeyRequest request;
  if (!arguments.flags->Apply(*request.mutable_key(), session.errors())) return ExitCode::kRefused;
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const bool to_file = !arguments.out_file.empty();
  const int file = to_file ? OpenSecretFile(arguments.out_file) : -1;
  if (to_file && file < 0) {
    return session.errors().PrintFault(
        ExitCode::kUsage,
        "file \"" + arguments.out_file + "\" cannot be made, or is there already");
  }
  request.set_request_id(session.ChangeId(arguments.request_id));
  auto answer = client::AdminClient(connection).CreateKey(request);
  if (!answer) {
    if (to_file) {
      close(file);
      unlink(arguments.out_file.c_str());
    }
    return session.errors().Print(answer.error());
  }
  v1::CreateKeyResponse response = *std::move(answer);
  if (to_file) {
    const bool written = WriteAll(file, response.secret() + "\n");
    if ((close(file) != 0) || !written) {
      return session.errors().PrintFault(
          ExitCode::kInternal, "the secret could not be written: name another file with --out");
    }
    session.printer().PrintMessage(response.key());
  } else {
    session.printer().PrintMessage(response);  // the one time it is shown
  }
  return ExitCode::kOk;
}

ExitCode ListKeys(Session& session, const KeyArguments& arguments) {
  v1::ListKeysRequest request;
  request.set_page_size(PageSizeFor(arguments.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintList(session, client::AdminClient(connection).ListKeys(request),
                   {{"KEY", "name"},
                    {"ROLE", "role"},
                    {"MEMBER", "member"},
                    {"WHOSE", "display_name"},
                    {"CREATED", "create_time"},
                    {"REVOKED", "revoke_time"}},
                   arguments.limit);
}

ExitCode RevokeKey(Session& session, const KeyArguments& arguments) {
  v1::RevokeKeyRequest request;
  request.set_name(arguments.name.starts_with("keys/") ? arguments.name : "keys/" + arguments.name);
  request.set_request_id(session.ChangeId(arguments.request_id));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintAnswer(session, client::AdminClient(connection).RevokeKey(request));
}

// The name of a resource as the audit trail has it: a code in any form gets its collection, other
// names ("members/00017", "events/7") stay as they are.
coding::Parsed<std::string> ResourceName(const std::string& text) {
  const auto digits = CodeDigits(text);
  if (!digits) {
    if (text.empty() || text.find('/') != std::string::npos) return text;
    return digits.refusal();
  }
  switch (coding::ParseCode(*digits)->kind()) {
    case coding::Kind::kItem:
      return "items/" + *digits;
    case coding::Kind::kService:
      return "services/" + *digits;
    case coding::Kind::kParty:
      return "parties/" + *digits;
    default:
      return "cases/" + *digits;
  }
}

struct AuditArguments {
  std::string resource;
  std::int64_t after_sequence = 0;
  ListLimit limit;
};

ExitCode ListAudit(Session& session, const AuditArguments& arguments) {
  v1::ListAuditRequest request;
  const auto resource = ResourceName(arguments.resource);
  if (!resource) return session.errors().PrintRefusal("--resource", resource.refusal());
  request.set_resource(*resource);
  request.set_after_sequence(arguments.after_sequence);
  request.set_page_size(PageSizeFor(arguments.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintList(session, client::AdminClient(connection).ListAudit(request),
                   {{"NO", "sequence"},
                    {"TIME", "time"},
                    {"WHO", "key"},
                    {"METHOD", "method"},
                    {"RESOURCE", "resource"}},
                   arguments.limit);
}

void AddKeyVerbs(CLI::App& admin, Session& session) {
  CLI::App& family = AddFamily(admin, "key", "API keys");
  auto create = std::make_shared<KeyArguments>();
  CLI::App& create_verb =
      AddVerb(family, "create", "makes a key; its secret is shown once", session,
              [&session, create] { return CreateKey(session, *create); });
  create->flags = std::make_unique<FieldFlags>(create_verb, kKeyFlags);
  AddBytes(create_verb, "--out", create->out_file,
           "new file for the secret (mode 0600); it is not printed");
  AddRequestId(create_verb, create->request_id);

  auto list = std::make_shared<KeyArguments>();
  CLI::App& list_verb = AddVerb(family, "list", "lists the keys, revoked ones too", session,
                                [&session, list] { return ListKeys(session, *list); });
  AddLimit(list_verb, list->limit);

  auto revoke = std::make_shared<KeyArguments>();
  CLI::App& revoke_verb = AddVerb(family, "revoke", "makes a key worthless", session,
                                  [&session, revoke] { return RevokeKey(session, *revoke); });
  AddText(revoke_verb, "key", revoke->name, "its id, or keys/ID")->required();
  AddRequestId(revoke_verb, revoke->request_id);
}

}  // namespace

void AddAdminVerbs(CLI::App& app, Session& session) {
  CLI::App& admin = AddFamily(app, "admin", "keys and the audit trail");
  AddKeyVerbs(admin, session);
  CLI::App& audit = AddFamily(admin, "audit", "who changed what");
  auto list = std::make_shared<AuditArguments>();
  CLI::App& list_verb = AddVerb(audit, "list", "lists changes, oldest first", session,
                                [&session, list] { return ListAudit(session, *list); });
  AddText(list_verb, "--resource", list->resource,
          "only changes to this: a code, members/00017, classes/0412 …");
  list_verb.add_option("--after", list->after_sequence, "only changes after this sequence");
  AddLimit(list_verb, list->limit);
}

}  // namespace radyab::cli

// admin key create, list, rotate, revoke.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

#include "clients/cli/field_flags.h"
#include "clients/cli/time_span.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/admin_client.h"

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
  std::string grace = "24h";
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

// Where a secret goes: a file that was opened before the key was asked for, since a key without a
// place for its secret would be lost; or standard output.
class SecretPlace {
 public:
  // Nothing is opened for an empty path.
  explicit SecretPlace(std::string path) : path_(std::move(path)) {
    if (!path_.empty()) file_ = OpenSecretFile(path_);
  }
  SecretPlace(const SecretPlace&) = delete;
  SecretPlace& operator=(const SecretPlace&) = delete;

  bool is_there() const { return path_.empty() || file_ >= 0; }
  ExitCode RefuseMissing(const Session& session) const {
    return session.errors().PrintFault(
        ExitCode::kUsage, "file \"" + path_ + "\" cannot be made, or is there already");
  }
  // There is no secret: nothing stays behind.
  void Remove() {
    if (file_ < 0) return;
    close(file_);
    unlink(path_.c_str());
  }
  // Puts the secret of `response` where it belongs and prints the rest.
  template <class Response>
  ExitCode Keep(const Session& session, const Response& response) {
    if (path_.empty()) {
      session.printer().PrintMessage(response);  // the one time it is shown
      return ExitCode::kOk;
    }
    const bool written = WriteAll(file_, response.secret() + "\n");
    if ((close(file_) != 0) || !written) {
      return session.errors().PrintFault(
          ExitCode::kInternal, "the secret could not be written: name another file with --out");
    }
    session.printer().PrintMessage(response.key());
    return ExitCode::kOk;
  }

 private:
  const std::string path_;
  int file_ = -1;
};

// Sends a request whose answer holds a secret.
template <class Request, class Call>
ExitCode AskForSecret(Session& session, const KeyArguments& arguments, Request request, Call call) {
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  SecretPlace place(arguments.out_file);
  if (!place.is_there()) return place.RefuseMissing(session);
  request.set_request_id(session.ChangeId(arguments.request_id));
  const auto answer = call(client::AdminClient(connection), request);
  if (answer) return place.Keep(session, *answer);
  place.Remove();
  return session.errors().Print(answer.error());
}

std::string KeyName(const std::string& given) {
  return given.starts_with("keys/") ? given : "keys/" + given;
}

ExitCode CreateKey(Session& session, const KeyArguments& arguments) {
  v1::CreateKeyRequest request;
  if (!arguments.flags->Apply(*request.mutable_key(), session.errors())) return ExitCode::kRefused;
  return AskForSecret(session, arguments, request,
                      [](auto client, const auto& wanted) { return client.CreateKey(wanted); });
}

ExitCode RotateKey(Session& session, const KeyArguments& arguments) {
  v1::RotateKeyRequest request;
  request.set_name(KeyName(arguments.name));
  const auto grace = SecondsOf(arguments.grace);
  if (!grace) {
    session.errors().PrintRefusal("--grace", grace.refusal());
    return ExitCode::kUsage;
  }
  request.mutable_grace()->set_seconds(*grace);
  return AskForSecret(session, arguments, request,
                      [](auto client, const auto& wanted) { return client.RotateKey(wanted); });
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
                    {"ROTATED", "rotate_time"},
                    {"REVOKED", "revoke_time"}},
                   arguments.limit);
}

ExitCode RevokeKey(Session& session, const KeyArguments& arguments) {
  v1::RevokeKeyRequest request;
  request.set_name(KeyName(arguments.name));
  request.set_request_id(session.ChangeId(arguments.request_id));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintAnswer(session, client::AdminClient(connection).RevokeKey(request));
}

void AddKeyVerbs(CLI::App& admin, Session& session) {
  CLI::App& family = AddFamily(admin, "key", "API keys");
  auto create = std::make_shared<KeyArguments>();
  CLI::App& create_verb =
      AddVerb(family, "create", "makes a key; its secret is shown once", session,
              [&session, create] { return CreateKey(session, *create); });
  AlsoNamed(create_verb, "new");
  create->flags = std::make_unique<FieldFlags>(create_verb, kKeyFlags);
  AddBytes(create_verb, "--out", create->out_file,
           "new file for the secret (mode 0600); it is not printed");
  AddRequestId(create_verb, create->request_id);

  auto list = std::make_shared<KeyArguments>();
  CLI::App& list_verb = AddVerb(family, "list", "lists the keys, revoked ones too", session,
                                [&session, list] { return ListKeys(session, *list); });
  AddLimit(list_verb, list->limit);

  auto rotate = std::make_shared<KeyArguments>();
  CLI::App& rotate_verb =
      AddVerb(family, "rotate", "gives a key a new secret; it is shown once", session,
              [&session, rotate] { return RotateKey(session, *rotate); });
  AddText(rotate_verb, "key", rotate->name, "its id, or keys/ID").Required();
  AddText(rotate_verb, "--grace", rotate->grace,
          "how long the old secret stays good: 0, 90m, 24h (the default) … 30d");
  AddBytes(rotate_verb, "--out", rotate->out_file,
           "new file for the secret (mode 0600); it is not printed");
  AddRequestId(rotate_verb, rotate->request_id);

  auto revoke = std::make_shared<KeyArguments>();
  CLI::App& revoke_verb = AddVerb(family, "revoke", "makes a key worthless", session,
                                  [&session, revoke] { return RevokeKey(session, *revoke); });
  AddText(revoke_verb, "key", revoke->name, "its id, or keys/ID").Required();
  AddRequestId(revoke_verb, revoke->request_id);
}

}  // namespace

void AddAdminVerbs(CLI::App& app, Session& session) {
  CLI::App& admin = AddFamily(app, "admin", "keys, the audit trail, backup and upkeep");
  AddUpkeepVerbs(admin, session);
  AddKeyVerbs(admin, session);
  AddAuditVerbs(admin, session);
}

}  // namespace radyab::cli

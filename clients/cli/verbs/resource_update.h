// Updates: only the given fields are sent, with the version that they change, so that nobody's
// change in between is lost.
#pragma once

#include <string>

#include "clients/cli/field_flags.h"
#include "clients/cli/session.h"
#include "clients/cli/verb.h"
#include "clients/cpp/client_error.h"

namespace radyab::cli {

// Which version an update may overwrite.
struct UpdateOptions {
  std::string etag;    // only this one; empty: the one that is read just before
  bool force = false;  // any
  std::string request_id;
};

inline void AddUpdateOptions(CLI::App& verb, UpdateOptions& options) {
  Argument etag = AddText(verb, "--etag", options.etag,
                          "refuse unless this is the present version; without it the one that "
                          "is read just before");
  AddFlag(verb, "--force", options.force, "overwrite any version").Excludes(etag);
  AddRequestId(verb, options.request_id);
}

// A usage fault for a retry that would read a version of its own: the change itself has made a new
// one, so the request would be another one.
inline ExitCode PrintRetryWithoutVersion(const Session& session, const std::string& want) {
  return session.errors().PrintFault(
      ExitCode::kUsage,
      "--request-id wants " + want + " beside it: a retry must name the version it changes");
}

// Fills the request of an update of the resource `name` and notes how to repeat it. `read` answers
// the present resource; it is asked only when the command line names no version. `resource` is that
// of `request`. False after what was wrong was printed, with the exit code in the session.
template <class Request, class Resource, class Read>
bool FillUpdate(Session& session, const FieldFlags& flags, const UpdateOptions& options,
                const std::string& name, Read read, Request& request, Resource& resource) {
  session.exit_code = ExitCode::kRefused;
  if (!flags.Apply(resource, session.errors())) return false;
  for (const std::string& field : flags.GivenFields()) {
    request.mutable_update_mask()->add_paths(field);
  }
  resource.set_name(name);
  resource.set_etag(options.etag);
  if (options.etag.empty() && !options.force) {
    if (!options.request_id.empty()) {
      session.exit_code = PrintRetryWithoutVersion(session, "--etag or --force");
      return false;
    }
    const client::Answer<Resource> present = read();
    if (!present) {
      session.exit_code = session.errors().Print(present.error());
      return false;
    }
    resource.set_etag(present->etag());
  }
  request.set_request_id(session.ChangeId(options.request_id));
  if (options.force) session.RepeatWith("--force", "");
  if (!resource.etag().empty()) session.RepeatWith("--etag", resource.etag());
  return true;
}

// A usage fault for an update that names no field.
inline ExitCode PrintNothingToChange(const Session& session) {
  return session.errors().PrintFault(ExitCode::kUsage,
                                     "nothing to change: give at least one field; see --help");
}

}  // namespace radyab::cli

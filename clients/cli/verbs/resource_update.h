// Updates: what is there is read, the given fields are changed, and nobody's change in between is
// lost.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "clients/cli/field_flags.h"
#include "clients/cli/session.h"
#include "clients/cpp/client_error.h"

namespace radyab::cli {

// Which version an update may overwrite.
struct UpdateOptions {
  std::string etag;    // only this one; empty: the one that was just read
  bool force = false;  // any
  std::string request_id;
};

inline void AddUpdateOptions(CLI::App& verb, UpdateOptions& options) {
  verb.add_option("--etag", options.etag, "refuse unless this is the present version")
      ->type_name("TEXT");
  verb.add_flag("--force", options.force, "overwrite any version");
  verb.add_option("--request-id", options.request_id, "id that tells a retry from a new change")
      ->type_name("TEXT");
}

// Fills an update request from the resource as read: the flags' fields, their mask and the etag.
// `resource` is that of `request`. False after what was wrong was printed, with the exit code in
// the session.
template <class Request, class Resource>
bool FillUpdate(Session& session, const FieldFlags& flags, const UpdateOptions& options,
                Request& request, Resource& resource) {
  session.exit_code = ExitCode::kRefused;
  if (!flags.Apply(resource, session.errors())) return false;
  for (const std::string& field : flags.GivenFields())
    request.mutable_update_mask()->add_paths(field);
  if (!options.etag.empty()) resource.set_etag(options.etag);
  if (options.force) resource.clear_etag();
  request.set_request_id(options.request_id);
  return true;
}

// A usage fault for an update that names no field.
inline ExitCode PrintNothingToChange(const Session& session) {
  return session.errors().PrintFault(ExitCode::kUsage,
                                     "nothing to change: give at least one field; see --help");
}

}  // namespace radyab::cli

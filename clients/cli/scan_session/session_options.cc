#include "clients/cli/scan_session/session_options.h"

#include "clients/cli/offline_site.h"

namespace radyab::cli {

void AddSessionOptions(CLI::App& verb, SessionArguments& arguments) {
  Argument session =
      AddWord(verb, "--session", arguments.kind,
              "what is done with the goods; any: a command barcode says it. Scans are lines of "
              "standard input when no pictures are named")
          .OneOf({"receive", "ship", "pack", "count", "any"});
  session.Excludes(ArgumentOf(verb, "--no-resolve"));
  const auto with = [&session](Argument option) { option.Needs(session); };
  with(AddBytes(verb, "--notice", arguments.notice,
                "the expected goods: a shipping notice of the registry, notices/NUMBER, or a table "
                "with object, quantity, unit, expiry_date"));
  with(AddText(verb, "--to", arguments.to, "ship: code of who shall receive it"));
  with(AddText(verb, "--from", arguments.from, "receive: code of who sent it"));
  with(AddText(verb, "--into", arguments.into, "pack: the container, sscc/N or its 18 digits"));
  with(AddText(verb, "--holder", arguments.holder,
               "count: code of the party whose stock is held against what is counted"));
  with(AddFlag(verb, "--each", arguments.each,
               "an event a scan, one scan later; else one transaction at the end"));
  with(AddFlag(verb, "--finish", arguments.finish_at_end, "the end of the input finishes"));
  with(AddText(verb, "--place", arguments.place, "where: a GLN or a named place"));
  with(AddText(verb, "--reference", arguments.reference, "order, invoice or delivery note"));
  with(AddText(verb, "--member", arguments.member,
               "the member that records it; without it that of the key"));
  with(AddBytes(verb, "--journal", arguments.journal,
                "file that keeps the session; without it one below XDG_STATE_HOME"));
  with(AddFlag(verb, "--resume", arguments.resume, "goes on with the session of a journal"));
  with(AddOffline(verb, arguments.offline,
                  "by the code pack in this folder, whose queue keeps the events; no server"));
  with(AddBytes(verb, "--report", arguments.report,
                "file for what was counted and expected: .json, else a table"));
}

}  // namespace radyab::cli

// The verbs of the program, a file a family. Each function adds its verbs to `app`; `session` and
// `app` outlive the parsing.
#pragma once

namespace CLI {
class App;
}

namespace radyab::cli {

class Session;

void AddCodeVerbs(CLI::App& app, Session& session);         // code check: without a server
void AddReserveVerbs(CLI::App& code, Session& session);     // code reserve, reservations
void AddResolveVerb(CLI::App& app, Session& session);       // resolve
void AddParseVerb(CLI::App& app, Session& session);         // parse: without a server
void AddScanVerb(CLI::App& app, Session& session);          // scan
void AddLabelVerb(CLI::App& app, Session& session);         // label
void AddLabelsVerb(CLI::App& app, Session& session);        // labels
void AddCommandSheetVerb(CLI::App& app, Session& session);  // command-sheet
void AddItemVerbs(CLI::App& app, Session& session);         // item create, get, list, update, state
void AddServiceVerbs(CLI::App& app, Session& session);      // service, the same
void AddPartyVerbs(CLI::App& app, Session& session);        // party, the same, and those below it:
void AddMergeVerbs(CLI::App& party, Session& session);      // party merge, unmerge, merges
void AddPartyDuplicateVerbs(CLI::App& party, Session& session);  // party duplicates find, list, …
void AddItemDuplicateVerbs(CLI::App& item, Session& session);    // item duplicates, the same
void AddServiceDuplicateVerbs(CLI::App& service, Session& session);  // service duplicates
void AddHouseholdVerbs(CLI::App& party, Session& session);   // party households find, veto, vetoes
void AddConsentVerb(CLI::App& party, Session& session);      // party consent
void AddCleanVerb(CLI::App& party, Session& session);        // party clean
void AddAliasVerbs(CLI::App& app, Session& session);         // alias add, end, list
void AddAuthenticityVerbs(CLI::App& app, Session& session);  // authenticity register, ask, get …
void AddClassVerbs(CLI::App& app, Session& session);         // class create, get, list, update
void AddMisfitVerb(CLI::App& family, Session& session);      // class misfits
void AddMemberVerbs(CLI::App& app, Session& session);        // member create, get, list, update
void AddEventVerbs(CLI::App& app, Session& session);  // event commission … return, get, list
void AddSearchVerb(CLI::App& app, Session& session);  // search
void AddTextVerbs(CLI::App& app, Session& session);   // text fold: without a server
void AddTraceVerbs(CLI::App& app, Session& session);  // trace, custody, contents, deliveries, sscc
// notice create, get, list, update, close, cancel
void AddNoticeVerbs(CLI::App& app, Session& session);
void AddCompareVerb(CLI::App& notice, Session& session);  // notice compare
void AddCaseVerbs(CLI::App& app, Session& session);       // case open … track
void AddImportVerb(CLI::App& app, Session& session);      // import
void AddExportVerb(CLI::App& app, Session& session);      // export
void AddOfflineVerbs(CLI::App& app, Session& session);    // pack, queue
void AddAdminVerbs(CLI::App& app, Session& session);      // admin key, admin audit
void AddAuditVerbs(CLI::App& admin, Session& session);    // admin audit list, verify
// backup, restore, scrub, stats and drain, below `admin`
void AddUpkeepVerbs(CLI::App& admin, Session& session);

}  // namespace radyab::cli

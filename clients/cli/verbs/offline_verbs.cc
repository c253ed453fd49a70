// pack fetch, show, verify; queue list, send, refused, retry, drop: a site without a network.
#include <cstdio>
#include <functional>

#include "clients/cli/offline_site.h"
#include "clients/cli/output/language.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/code_pack_client.h"
#include "clients/offline/digest.h"

namespace radyab::cli {
namespace {

constexpr std::size_t kKeyFileBytesMax = 4'096;

struct OfflineArguments {
  std::string folder;
  std::string member;
  std::string signing_key;
  bool whole = false;
  std::int64_t number = 0;
  bool all = false;
  ListLimit limit;
};

using Arguments = std::shared_ptr<OfflineArguments>;
using Act = ExitCode (*)(Session&, OfflineSite&, const OfflineArguments&);

ExitCode FetchPack(Session& session, OfflineSite& site, const OfflineArguments& arguments) {
  offline::PackWanted wanted;
  wanted.member = arguments.member;
  wanted.whole = arguments.whole;
  wanted.now_us = offline::AskedNow().now_us;
  if (!arguments.signing_key.empty()) {
    const auto text = ReadSmallFile(arguments.signing_key, kKeyFileBytesMax);
    const auto key = text ? offline::ReadPublicKey(*text) : std::nullopt;
    if (!key) {
      return session.errors().PrintFault(
          ExitCode::kUsage,
          "--signing-key: \"" + arguments.signing_key + "\" cannot be read; want 64 hex digits");
    }
    wanted.public_key = *key;
  }
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const client::CodePackClient packs(connection);
  const auto change =
      site.pack.Fetch(wanted, [&](const v1::FetchCodePackRequest& request, const auto& take) {
        return packs.FetchCodePack(request, take);
      });
  if (!change) return session.errors().Print(change.error());
  const Printer printer = session.printer();
  if (printer.json()) {
    printer.PrintMessage(change->pack);
    return ExitCode::kOk;
  }
  const std::string changed = change->whole ? LocalSentence("all of it was fetched", {})
                                            : LocalSentence("{1} parts were new, {2} are gone",
                                                            {std::to_string(change->buckets_new),
                                                             std::to_string(change->buckets_gone)});
  printer.PrintText(
      LocalSentence("{1} codes as of change {2}", {std::to_string(change->pack.entry_count()),
                                                   std::to_string(change->pack.version())}) +
      "; " + changed + "\n");
  return ExitCode::kOk;
}

ExitCode PrintHeld(const Session& session, const offline::HeldPack& held) {
  const Printer printer = session.printer();
  v1::CodePack shown = held.pack;
  if (!printer.json()) shown.clear_digest();  // no text for people
  printer.PrintMessage(shown);
  if (!printer.json()) {
    printer.PrintText("signing_key  " + offline::WriteHex(held.public_key) + "\n");
  }
  return ExitCode::kOk;
}

ExitCode ShowPack(Session& session, OfflineSite& site, const OfflineArguments&) {
  const auto held = site.pack.Held();
  if (!held) return session.errors().Print(held.error());
  if (held->has_value()) return PrintHeld(session, **held);
  return session.errors().PrintFault(ExitCode::kNotFound,
                                     "there is no pack; fetch one (pack fetch)");
}

ExitCode VerifyPack(Session& session, OfflineSite& site, const OfflineArguments&) {
  const auto held = site.pack.Verify();
  if (!held) return session.errors().Print(held.error());
  return PrintHeld(session, *held);
}

ExitCode SendQueue(Session& session, OfflineSite& site, const OfflineArguments&) {
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const auto sent = site.queue.Replay(client::TraceClient(connection), offline::AskedNow().now_us);
  const auto left = site.queue.Count();
  if (!left) return session.errors().Print(left.error());
  if (!sent) {
    std::fprintf(stderr, "%s\n",
                 LocalSentence("{1} wait on", {std::to_string(left->waiting)}).c_str());
    return session.errors().Print(sent.error());
  }
  const Printer printer = session.printer();
  const std::string stored = std::to_string(sent->stored);
  const std::string duplicates = std::to_string(sent->duplicates);
  const std::string refused = std::to_string(sent->refused);
  if (printer.json()) {
    printer.PrintText("{\"stored\":" + stored + ",\"duplicates\":" + duplicates + ",\"refused\":" +
                      refused + ",\"waiting\":" + std::to_string(left->waiting) + "}\n");
  } else {
    printer.PrintText(LocalSentence("{1} stored, {2} were there before, {3} refused",
                                    {stored, duplicates, refused}) +
                      "\n");
  }
  if (sent->refused == 0) return ExitCode::kOk;
  if (!printer.json()) {
    std::fprintf(
        stderr, "  %s\n",
        Local("queue refused tells why; what was mended goes back by queue retry").c_str());
  }
  return ExitCode::kRefused;
}

using Visit = std::function<bool(const v1::QueuedOperation&)>;

ExitCode ListOperations(const Session& session, const OfflineArguments& arguments,
                        std::vector<Column> columns,
                        const std::function<std::optional<client::ClientError>(Visit)>& for_each) {
  const Printer printer = session.printer();
  ListPrinter list(printer, std::move(columns));
  const auto fault = for_each([&](const v1::QueuedOperation& operation) {
    list.Add(operation);
    return arguments.limit.count == 0 ||
           static_cast<std::int64_t>(list.count()) < arguments.limit.count;
  });
  list.End();
  if (fault) return session.errors().Print(*fault);
  if (list.count() == 0 && !printer.json()) printer.PrintText(Local("none") + "\n");
  return ExitCode::kOk;
}

ExitCode ListQueue(Session& session, OfflineSite& site, const OfflineArguments& arguments) {
  return ListOperations(session, arguments,
                        {{"NO", "number"},
                         {"KIND", "event.kind"},
                         {"TIME", "event.event_time"},
                         {"REFERENCE", "event.reference"}},
                        [&](const Visit& visit) { return site.queue.ForEachWaiting(visit); });
}

ExitCode ListRefused(Session& session, OfflineSite& site, const OfflineArguments& arguments) {
  return ListOperations(session, arguments,
                        {{"NO", "number"},
                         {"KIND", "event.kind"},
                         {"TIME", "event.event_time"},
                         {"REASON", "refusal_reason"},
                         {"NOTES", "refusal_message"}},
                        [&](const Visit& visit) { return site.queue.ForEachRefused(visit); });
}

ExitCode NotRefused(const Session& session, std::int64_t number) {
  return session.errors().PrintFault(
      ExitCode::kNotFound,
      LocalSentence("{1} is not among the refused (queue refused)", {std::to_string(number)}));
}

ExitCode RetryRefused(Session& session, OfflineSite& site, const OfflineArguments& arguments) {
  if (!arguments.all && arguments.number == 0) {
    return session.errors().PrintFault(ExitCode::kUsage,
                                       "which one? Want its number (queue refused), or --all");
  }
  std::int64_t count = 1;
  if (arguments.all) {
    const auto all = site.queue.RetryAllRefused();
    if (!all) return session.errors().Print(all.error());
    count = *all;
  } else {
    const auto there = site.queue.RetryRefused(arguments.number);
    if (!there) return session.errors().Print(there.error());
    if (!*there) return NotRefused(session, arguments.number);
  }
  const Printer printer = session.printer();
  printer.PrintText(printer.json() ? "{\"waiting_again\":" + std::to_string(count) + "}\n"
                                   : LocalSentence("{1} wait again; send them (queue send)",
                                                   {std::to_string(count)}) +
                                         "\n");
  return ExitCode::kOk;
}

ExitCode DropRefused(Session& session, OfflineSite& site, const OfflineArguments& arguments) {
  const auto dropped = site.queue.DropRefused(arguments.number);
  if (!dropped) return session.errors().Print(dropped.error());
  if (*dropped) return ExitCode::kOk;
  return NotRefused(session, arguments.number);
}

CLI::App& AddOfflineVerb(CLI::App& family, Session& session, const Arguments& arguments,
                         const std::string& name, const std::string& help, Act act) {
  CLI::App& verb = AddVerb(family, name, help, session, [&session, arguments, act] {
    const auto site = OpenSite(session, arguments->folder);
    return site == nullptr ? session.exit_code : act(session, *site, *arguments);
  });
  AddOffline(verb, arguments->folder, "the folder of this site").Required();
  return verb;
}

}  // namespace

void AddOfflineVerbs(CLI::App& app, Session& session) {
  const auto arguments = std::make_shared<OfflineArguments>();
  CLI::App& pack = AddFamily(app, "pack", "the code pack that answers without a network");
  CLI::App& fetch = AddOfflineVerb(pack, session, arguments, "fetch",
                                   "fetches what is new, checks it and takes it over", &FetchPack);
  AddText(fetch, "--member", arguments->member, "whose pack; without it that of the key");
  AddBytes(fetch, "--signing-key", arguments->signing_key,
           "file with the public key to trust from now on (pack.pub of the server)");
  AddFlag(fetch, "--whole", arguments->whole, "everything, whatever is held");
  AddOfflineVerb(pack, session, arguments, "show", "what is held, and until when it is good",
                 &ShowPack);
  AddOfflineVerb(pack, session, arguments, "verify", "computes digests and signature again",
                 &VerifyPack);

  CLI::App& queue = AddFamily(app, "queue", "events that were scanned without a network");
  CLI::App& list = AddOfflineVerb(queue, session, arguments, "list", "those that wait", &ListQueue);
  AddLimit(list, arguments->limit);
  AddOfflineVerb(queue, session, arguments, "send", "sends those that wait, in their order",
                 &SendQueue);
  CLI::App& refused = AddOfflineVerb(queue, session, arguments, "refused",
                                     "those that the server refused, and why", &ListRefused);
  AddLimit(refused, arguments->limit);
  CLI::App& retry = AddOfflineVerb(
      queue, session, arguments, "retry",
      "puts refused ones back among those that wait, as they were kept", &RetryRefused);
  const Argument number =
      AddNumber(retry, "number", arguments->number, "its number (queue refused)").AtLeastOne();
  AddFlag(retry, "--all", arguments->all, "all of them").Excludes(number);
  CLI::App& drop = AddOfflineVerb(queue, session, arguments, "drop",
                                  "takes one off the list of the refused", &DropRefused);
  AddNumber(drop, "number", arguments->number, "its number").Required();
}

}  // namespace radyab::cli

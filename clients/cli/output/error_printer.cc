#include "clients/cli/output/error_printer.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>

#include "clients/cli/output/display_text.h"
#include "clients/cli/output/language.h"

namespace radyab::cli {
namespace {

using client::ClientError;
using client::ErrorCode;
using nlohmann::ordered_json;

struct ReasonAdvice {
  std::string_view reason;
  std::string_view advice;
};

constexpr std::array kAdvice = {
    ReasonAdvice{"NO_KEY",
                 "set RADYAB_KEY, or give --key-file FILE (the first one is admin.key in the "
                 "server's data folder)"},
    ReasonAdvice{"WRONG_KEY",
                 "the key is unknown or revoked: ask for a new one "
                 "(radyab admin key create)"},
    ReasonAdvice{"ROLE_NOT_ALLOWED", "use a key whose role may do this"},
    ReasonAdvice{"NOT_FOUND", "check what was named, and whose key asks"},
    ReasonAdvice{"ALREADY_EXISTS", "use what is there, or choose another"},
    ReasonAdvice{"STALE_ETAG", "somebody changed it meanwhile: look at it again and repeat"},
    ReasonAdvice{"REQUEST_ID_REUSED", "leave --request-id out, or give a new one"},
    ReasonAdvice{"UNKNOWN_CLASS", "radyab class list shows the classes"},
    ReasonAdvice{"MISSING_ATTRIBUTE", "radyab class get KEYCODE shows the attributes of the class"},
    ReasonAdvice{"UNKNOWN_ATTRIBUTE", "radyab class get KEYCODE shows the attributes of the class"},
    ReasonAdvice{"WRONG_ATTRIBUTE", "radyab class get KEYCODE shows the attributes of the class"},
    ReasonAdvice{"MISSING_GS1_PREFIX", "radyab member update MEMBER --gs1-prefix PREFIX"},
    ReasonAdvice{"IMPOSSIBLE_MOVE", "radyab custody OBJECT tells where the goods are"},
    ReasonAdvice{"NOT_RESERVED", "radyab code reservations lists the codes that stand"},
    ReasonAdvice{"NOT_ACTIVE", "radyab resolve CODE tells its state and its successor"},
    ReasonAdvice{"WRITE_QUEUE_FULL", "the server has too much to do: repeat in a moment"},
    ReasonAdvice{"STORE_FULL", "tell the operator: the store has reached its limit"},
    ReasonAdvice{"OFFLINE_FULL",
                 "make room on the disk of that folder and repeat: what was kept is there"},
    ReasonAdvice{"OFFLINE_FAILED",
                 "that is what the disk or the system said; nothing of this was kept"},
    ReasonAdvice{"OFFLINE_DAMAGED",
                 "keep the folder; a damaged pack is fetched again (radyab pack fetch --whole)"},
    ReasonAdvice{"STORE_CLOSED", "the server is going down: repeat when it is back"},
};

// "refused", "not found", "no answer", "fault" or "usage": the first words of a line.
std::string_view Heading(ExitCode code) {
  switch (code) {
    case ExitCode::kNotFound:
      return "not found";
    case ExitCode::kUnreachable:
      return "no answer";
    case ExitCode::kInternal:
      return "fault";
    case ExitCode::kUsage:
      return "usage";
    default:
      return "refused";
  }
}

void WriteError(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stderr); }

void WriteJson(const ordered_json& error) {
  WriteError(
      ordered_json{{"error", error}}.dump(-1, ' ', false, ordered_json::error_handler_t::replace) +
      "\n");
}

std::string LineOf(ExitCode code, std::string_view message) {
  return "radyab: " + Local(Heading(code)) + ": " + Printable(message);
}

// Whether a failure leaves open what became of a change.
bool LeavesOpen(ExitCode code) {
  return code == ExitCode::kUnreachable || code == ExitCode::kInternal;
}

// "request_id" of "--request-id".
std::string KeyOf(const std::string& flag) {
  std::string key = flag.substr(flag.find_first_not_of('-'));
  std::ranges::replace(key, '-', '_');
  return key;
}

ordered_json MetadataOf(const std::vector<RepeatWord>& repeat) {
  ordered_json metadata = ordered_json::object();
  for (const RepeatWord& word : repeat) metadata[KeyOf(word.flag)] = word.value;
  return metadata;
}

ordered_json JsonOf(const ClientError& error) {
  ordered_json fields = ordered_json::array();
  for (const auto& field : error.fields) {
    fields.push_back({{"field", field.field}, {"description", field.description}});
  }
  return ordered_json{{"code", client::ErrorCodeName(error.code)},
                      {"reason", error.reason},
                      {"message", error.message},
                      {"fields", std::move(fields)},
                      {"metadata", error.metadata}};
}

}  // namespace

std::string OptionOfField(std::string_view field, const std::vector<std::string>& options) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= field.size();) {
    const std::size_t end = std::min(field.find('.', begin), field.size());
    std::string part(field.substr(begin, end - begin));
    part.resize(std::min(part.find('['), part.size()));
    std::ranges::replace(part, '_', '-');
    parts.push_back(std::move(part));
    begin = end + 1;
  }
  const auto known = [&](const std::string& option) {
    return std::ranges::find(options, option) != options.end();
  };
  const std::size_t count = parts.size();
  if (count >= 2 && parts[count - 2] == "display-name" && known("--name-" + parts[count - 1])) {
    return "--name-" + parts[count - 1];
  }
  for (std::size_t part = count; part > 0; --part) {
    for (const char* ending : {"-name", "-party", ""}) {  // class_name: --class
      std::string word = parts[part - 1];
      if (!word.ends_with(ending)) continue;
      word.resize(word.size() - std::string_view(ending).size());
      if (!word.empty() && known("--" + word)) return "--" + word;
    }
  }
  return "";
}

std::string ErrorPrinter::OptionsLine(const ClientError& error) const {
  std::vector<std::string> named;
  std::string list;
  for (const auto& field : error.fields) {
    const std::string option = OptionOfField(field.field, options_);
    if (option.empty() || std::ranges::find(named, option) != named.end()) continue;
    named.push_back(option);
    list += (list.empty() ? "" : ", ") + option;
  }
  return list.empty() ? "" : "  " + LocalSentence("look at {1}", {list}) + "\n";
}

std::string AdviceFor(const ClientError& error, std::string_view server) {
  for (const ReasonAdvice& entry : kAdvice) {
    if (entry.reason == error.reason) return Local(entry.advice);
  }
  if (error.code == ErrorCode::kUnavailable) {
    return LocalSentence(
        "is radyabd running at {1}? RADYAB_SERVER or --server HOST:PORT names another",
        {std::string(server)});
  }
  if (error.code == ErrorCode::kDeadlineExceeded) {
    return Local("give it more time with --timeout SECONDS");
  }
  if (error.code == ErrorCode::kInternal || error.code == ErrorCode::kUnknown) {
    return Local("the server's log says more");
  }
  return "";
}

ExitCode ErrorPrinter::Print(const ClientError& error) const {
  const ExitCode code = ExitCodeOf(error);
  if (form_ == OutputForm::kJson) {
    ordered_json object = JsonOf(error);
    if (LeavesOpen(code)) object["metadata"].update(MetadataOf(repeat_));
    WriteJson(object);
    return code;
  }
  const bool unreachable = error.code == ErrorCode::kUnavailable && error.reason.empty();
  std::string text = LineOf(
      code, unreachable ? LocalSentence("{1} cannot be reached: {2}", {server_, error.message})
                        : error.message);
  if (!error.reason.empty()) text += " (" + Printable(error.reason) + ")";
  text += "\n";
  for (const auto& field : error.fields) {
    const std::string line = field.field + ": " + field.description;
    if (error.message.find(line) == std::string::npos) text += "  " + Printable(line) + "\n";
  }
  text += OptionsLine(error);
  const std::string advice = AdviceFor(error, server_);
  if (!advice.empty()) text += "  " + advice + "\n";
  WriteError(text + RepeatLine(code));
  return code;
}

std::string ErrorPrinter::RepeatLine(ExitCode code) const {
  if (!LeavesOpen(code) || repeat_.empty()) return "";
  std::string words;
  for (const RepeatWord& word : repeat_) {
    words += " " + word.flag + (word.value.empty() ? "" : " " + Printable(word.value));
  }
  return "  " + LocalSentence("it may be done or not; to do it once only repeat with{1}", {words}) +
         "\n";
}

ExitCode ErrorPrinter::PrintRefusal(std::string_view what, const coding::Refusal& refusal) const {
  if (form_ == OutputForm::kJson) {
    WriteJson(ordered_json{
        {"code", "INVALID_ARGUMENT"},
        {"reason", coding::RefusalReasonName(refusal.reason)},
        {"message", refusal.message},
        {"fields", {{{"field", what}, {"description", refusal.message}}}},
        {"metadata",
         {{"at", std::to_string(refusal.at)}, {"length", std::to_string(refusal.length)}}}});
  } else {
    WriteError(LineOf(ExitCode::kRefused, std::string(what) + ": " + refusal.message) + " (" +
               std::string(coding::RefusalReasonName(refusal.reason)) + ")\n");
  }
  return ExitCode::kRefused;
}

ExitCode ErrorPrinter::PrintFault(ExitCode code, std::string_view message) const {
  if (form_ == OutputForm::kJson) {
    const std::string_view name = code == ExitCode::kInternal ? "INTERNAL" : "INVALID_ARGUMENT";
    WriteJson(ordered_json{{"code", name},
                           {"reason", code == ExitCode::kUsage ? "USAGE" : ""},
                           {"message", message},
                           {"fields", ordered_json::array()},
                           {"metadata", LeavesOpen(code) ? MetadataOf(repeat_) : MetadataOf({})}});
  } else {
    WriteError(LineOf(code, message) + "\n" + RepeatLine(code));
  }
  return code;
}

}  // namespace radyab::cli

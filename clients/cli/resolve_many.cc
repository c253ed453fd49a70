#include "clients/cli/resolve_many.h"

#include <charconv>
#include <sstream>
#include <utility>

#include "clients/cli/output/display_text.h"
#include "clients/cli/output/language.h"
#include "clients/cli/output/message_text.h"
#include "coding/code.h"
#include "coding/scan_payload.h"
#include "coding/utf8_reader.h"

namespace radyab::cli {
namespace {

v1::Resolution Refused(const std::string& text, const std::string& reason,
                       const std::string& message) {
  v1::Resolution resolution;
  resolution.set_text(text);
  resolution.mutable_refusal()->set_reason(reason);
  resolution.mutable_refusal()->set_message(message);
  return resolution;
}

int NumberOf(const std::map<std::string, std::string>& metadata, const std::string& key) {
  const auto found = metadata.find(key);
  int number = 0;
  if (found != metadata.end()) {
    const std::string& text = found->second;
    std::from_chars(text.data(), text.data() + text.size(), number);
  }
  return number;
}

// The refusal of a single call in the form in which a batch gives it.
v1::Resolution AsResolution(const std::string& text, const client::ClientError& error) {
  v1::Resolution resolution = Refused(text, error.reason, error.message);
  const auto refusal = error.metadata.find("refusal");
  if (refusal != error.metadata.end()) {
    v1::CodeRefusal& code_refusal = *resolution.mutable_refusal()->mutable_code_refusal();
    code_refusal.set_reason(refusal->second);
    code_refusal.set_at(NumberOf(error.metadata, "at"));
    code_refusal.set_length(NumberOf(error.metadata, "length"));
    code_refusal.set_message(error.message);
  }
  const auto meant = error.metadata.find("did_you_mean");
  if (meant != error.metadata.end()) {
    std::istringstream codes(meant->second);
    for (std::string code; std::getline(codes, code, ',');) {
      resolution.mutable_refusal()->add_did_you_mean(code);
    }
  }
  return resolution;
}

client::Answer<v1::Resolution> ResolveOne(const client::CodeClient& codes,
                                          const std::string& text) {
  v1::ResolveRequest request;
  request.set_text(text);
  auto answer = codes.Resolve(request);
  if (answer || (answer.error().reason != "NOT_FOUND" && answer.error().reason != "INVALID_CODE")) {
    return answer;
  }
  return AsResolution(text, answer.error());
}

// Asks for the texts at `wanted` of `texts` and puts the answers there.
std::optional<client::ClientError> ResolveBatch(const client::CodeClient& codes,
                                                const std::vector<std::string>& texts,
                                                const std::vector<std::size_t>& wanted,
                                                std::vector<v1::Resolution>& resolutions) {
  if (wanted.empty()) return std::nullopt;
  if (wanted.size() == 1) {
    auto one = ResolveOne(codes, texts[wanted[0]]);
    if (!one) return one.error();
    resolutions[wanted[0]] = *std::move(one);
    return std::nullopt;
  }
  v1::BatchResolveRequest request;
  for (const std::size_t at : wanted) request.add_texts(texts[at]);
  auto answer = codes.BatchResolve(request);
  if (!answer) return answer.error();
  if (static_cast<std::size_t>(answer->resolutions_size()) != wanted.size()) {
    return client::ClientError{.code = client::ErrorCode::kInternal,
                               .message = "the server did not answer every text of a batch"};
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    resolutions[wanted[i]] = answer->resolutions(static_cast<int>(i));
  }
  return std::nullopt;
}

}  // namespace

client::Answer<std::vector<v1::Resolution>> ResolveMany(const client::CodeClient& codes,
                                                        const std::vector<std::string>& texts) {
  std::vector<v1::Resolution> resolutions(texts.size());
  std::vector<std::size_t> wanted;
  std::size_t bytes = 0;  // of the texts in `wanted`
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!coding::IsValidUtf8(texts[i])) {
      resolutions[i] = Refused(Printable(texts[i]), "INVALID_CODE", "the text is not UTF-8");
      continue;
    }
    if (texts[i].size() > coding::kScanPayloadBytesMax) {
      // The server refuses a batch whole when one of its texts is too long.
      resolutions[i] =
          Refused("", "INVALID_CODE",
                  "text: " + std::to_string(texts[i].size()) + " bytes, want at most " +
                      std::to_string(coding::kScanPayloadBytesMax));
      continue;
    }
    const bool full =
        wanted.size() == kResolveTextsMax || bytes + texts[i].size() > kResolveBytesMax;
    if (full) {
      if (auto error = ResolveBatch(codes, texts, wanted, resolutions)) return *std::move(error);
      wanted.clear();
      bytes = 0;
    }
    wanted.push_back(i);
    bytes += texts[i].size();
  }
  if (auto error = ResolveBatch(codes, texts, wanted, resolutions)) return *std::move(error);
  return resolutions;
}

ExitCode ExitCodeOf(const v1::Resolution& resolution) {
  if (!resolution.has_refusal()) return ExitCode::kOk;
  const std::string& reason = resolution.refusal().reason();
  return reason == "NOT_FOUND" || reason == "NOT_IN_PACK" ? ExitCode::kNotFound
                                                          : ExitCode::kRefused;
}

std::string DidYouMean(const v1::ResolveRefusal& refusal) {
  const auto& meant = refusal.did_you_mean();
  std::string codes;
  for (int at = 0; at < meant.size(); ++at) {
    const auto code = coding::ParseCode(meant[at]);
    if (at > 0) codes += Local(at + 1 == meant.size() ? " or " : ", ");
    codes += code ? code->Grouped() : meant[at];
  }
  return codes.empty() ? codes : LocalSentence("did you mean {1}?", {codes});
}

ResolutionWords WordsOf(const v1::Resolution& resolution) {
  ResolutionWords words;
  const auto code = coding::ParseCode(resolution.code());
  words.code = code ? code->Grouped() : resolution.code();
  if (code) words.kind = std::string(coding::KindName(code->kind()));
  if (resolution.has_refusal()) {
    words.state = resolution.refusal().reason();
    words.name = resolution.refusal().message();
    return words;
  }
  for (const char* field : {"item", "service", "party"}) {
    words.name += FieldText(resolution, std::string(field) + ".display_name");
    words.state += FieldText(resolution, std::string(field) + ".life.state");
  }
  words.state += FieldText(resolution, "case.state");
  words.state += FieldText(resolution, "reservation.state");
  if (words.kind.empty()) words.name = resolution.object();
  return words;
}

}  // namespace radyab::cli

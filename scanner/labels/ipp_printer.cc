#include "scanner/labels/ipp_printer.h"

#include <httplib.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <signal.h>

#include <memory>

#include "scanner/labels/ipp_message.h"

namespace radyab::scanner {
namespace {

constexpr std::string_view kUserName = "radyab";
// An answer is a few hundred bytes.
constexpr std::size_t kAnswerBytesMax = 1 << 20;

void SetLimits(httplib::ClientImpl& client, const IppPrinterOptions& options) {
  client.set_connection_timeout(std::chrono::milliseconds(options.connect_milliseconds_max));
  client.set_read_timeout(std::chrono::milliseconds(options.answer_milliseconds_max));
  client.set_write_timeout(std::chrono::milliseconds(options.answer_milliseconds_max));
}

ScanFault Fault(FaultKind kind, const PrinterAddress& address, const std::string& what) {
  return {kind, "printer " + address.Text() + " " + what};
}

// What is wrong with the certificate of a printer that was asked for it.
std::string WhyNotTrusted(const httplib::SSLClient& client, const PrinterAddress& address,
                          const IppPrinterOptions& options) {
  const long verdict = client.get_openssl_verify_result();
  if (verdict == X509_V_OK) return "it is of another name than " + address.host;
  const std::string trusted = options.authority_file.empty() ? "the authorities of this system"
                                                             : "\"" + options.authority_file + "\"";
  return std::string(X509_verify_cert_error_string(verdict)) + " (trusted: " + trusted + ")";
}

// Faults before a byte of the request was sent are told apart from those after it. `secure`: null
// without TLS.
ScanFault NoAnswer(const PrinterAddress& address, const IppPrinterOptions& options,
                   httplib::Error error, const httplib::SSLClient* secure) {
  const auto unreachable = [&](const std::string& what) {
    return Fault(FaultKind::kPrinterUnreachable, address, what);
  };
  switch (error) {
    case httplib::Error::Connection:
      return unreachable("cannot be reached: no connection, is the host right and the printer on?");
    case httplib::Error::ConnectionTimeout:
      return unreachable("cannot be reached: no connection in " +
                         std::to_string(options.connect_milliseconds_max / 1000) + " s");
    case httplib::Error::SSLConnection:
      return unreachable(
          "does not speak TLS, or no version of it that is safe (ipp:// is without)");
    case httplib::Error::SSLLoadingCerts:
      return unreachable("is not asked: \"" + options.authority_file +
                         "\" holds no certificate to trust, want a PEM file");
    case httplib::Error::SSLServerVerification:
      return unreachable("is not trusted, its certificate: " +
                         WhyNotTrusted(*secure, address, options));
    default:
      return Fault(FaultKind::kPrinterLost, address,
                   "ended the connection without an answer: " + httplib::to_string(error));
  }
}

// While it lives a connection that was cut ends no process: OpenSSL writes without MSG_NOSIGNAL.
// For one thread, which gets back the signals it had.
class NoPipeSignal {
 public:
  NoPipeSignal() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~NoPipeSignal() {
    const timespec at_once = {};
    while (!was_pending_ && sigtimedwait(&pipe_, nullptr, &at_once) == SIGPIPE) {
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  NoPipeSignal(const NoPipeSignal&) = delete;
  NoPipeSignal& operator=(const NoPipeSignal&) = delete;

 private:
  sigset_t pipe_, before_;
  bool was_pending_ = false;
};

// A client that trusts what it shall.
std::unique_ptr<httplib::SSLClient> SecureClient(const PrinterAddress& address,
                                                 const IppPrinterOptions& options) {
  auto client = std::make_unique<httplib::SSLClient>(address.host, address.port);
  SSL_CTX_set_min_proto_version(client->ssl_context(), TLS1_2_VERSION);
  if (!options.authority_file.empty()) client->set_ca_cert_path(options.authority_file);
  client->enable_server_certificate_verification(true);
  return client;
}

}  // namespace

Outcome<std::int32_t> PrintByIpp(const PrinterAddress& address, const std::string& job_name,
                                 const std::string& document_format, std::string_view document,
                                 const IppPrinterOptions& options) {
  const NoPipeSignal no_pipe_signal;
  const auto secure = address.tls ? SecureClient(address, options) : nullptr;
  httplib::ClientImpl plain(address.host, address.port);
  httplib::ClientImpl& client = secure ? *secure : plain;
  SetLimits(client, options);
  IppPrintJob job;
  job.printer_uri = address.Text();
  job.user_name = kUserName;
  job.job_name = job_name;
  job.document_format = document_format;
  std::string body = WritePrintJob(job);
  body += document;
  const httplib::Result answer = client.Post(address.path, body, "application/ipp");
  if (!answer) return NoAnswer(address, options, answer.error(), secure.get());
  if (answer->status != 200) {
    return Fault(FaultKind::kPrinterRefused, address,
                 "refuses the job: HTTP status " + std::to_string(answer->status));
  }
  const auto read =
      answer->body.size() <= kAnswerBytesMax ? ReadIppAnswer(answer->body) : std::nullopt;
  if (!read) return Fault(FaultKind::kPrinterLost, address, "does not answer by IPP");
  if (!read->Taken()) {
    std::string why = read->status >= 0x0100 ? IppStatusName(read->status)
                                             : "the job ended at once, " + read->job_state_reasons;
    if (!read->status_message.empty()) why += " (" + read->status_message + ")";
    return Fault(FaultKind::kPrinterRefused, address, "refuses the job: " + why);
  }
  return read->job_id;
}

}  // namespace radyab::scanner

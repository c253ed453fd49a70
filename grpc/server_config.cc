#include "grpc/server_config.h"

#include "CLI/CLI.hpp"

namespace radyab::rpc {
namespace {

void AddOptions(CLI::App& app, ServerConfig& config) {
  app.set_config("--config", "", "read these options from an INI file: data = /var/lib/radyab");
  app.add_option("--data", config.data, "folder of the registry; made when it is missing")
      ->capture_default_str();
  app.add_option("--listen", config.settings.listen, "HOST:PORT; port 0 takes any free one")
      ->capture_default_str();
  app.add_flag("--plaintext", config.settings.plaintext,
               "serve other machines without TLS: only behind a proxy that has it");
  app.add_option("--store", config.store, "lmdb:FOLDER or memory: (default lmdb:DATA)");
  app.add_option("--tls-cert", config.settings.tls_cert, "certificate chain, PEM");
  app.add_option("--tls-key", config.settings.tls_key, "private key of the certificate, PEM");
  app.add_option("--tls-client-ca", config.settings.tls_client_ca,
                 "clients must show a certificate of this authority, PEM");
  app.add_option("--port-file", config.port_file, "write the bound port here when ready");
  app.add_option("--drain-ms", config.drain_ms, "how long calls in flight may take at the end")
      ->capture_default_str()
      ->check(CLI::Range(0, 3'600'000));
  app.add_option("--log-level", config.log_level, "debug, info, warning or error")
      ->capture_default_str()
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}));
}

}  // namespace

ReadConfig ReadCommandLine(int argument_count, const char* const* arguments) {
  ReadConfig read;
  CLI::App app("radyabd: the registry's server", "radyabd");
  AddOptions(app, read.config);
  app.set_version_flag("--version", "radyabd 0.1.0");
  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::ParseError& fault) {  // CLI11's way to say so; it ends here
    read.finished = true;
    read.exit_code = app.exit(fault) == 0 ? 0 : 2;
  }
  return read;
}

}  // namespace radyab::rpc

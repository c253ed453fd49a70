#include "grpc/server_config.h"

#include "CLI/CLI.hpp"
#include "grpc/serving.h"
#include "registry/generation.h"

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
  app.add_flag("--tls-client-optional", config.settings.tls_client_optional,
               "clients may come without a certificate");
  app.add_option("--tls-deny-list", config.settings.tls_deny_list,
                 "client certificates that are not taken: lines of sha256:HEX or serial:HEX");
  app.add_option("--port-file", config.port_file, "write the bound port here when ready");
  app.add_option("--drain-ms", config.drain_ms, "how long calls in flight may take at the end")
      ->capture_default_str()
      ->check(CLI::Range(0, 3'600'000));
  auto* restore =
      app.add_option("--restore", config.restore,
                     "make the folder DATA, which is missing or empty, from this backup, and end");
  app.add_option("--generation", config.generation,
                 "with --restore: the generation of the new registry, when the one after the "
                 "backup's is taken")
      ->needs(restore)
      ->check(CLI::Range(1, static_cast<int>(kGenerationMax)));
  app.add_flag("--drill", config.drill,
               "with --restore: only to try the backup; what it issues must not be used")
      ->needs(restore);
  app.add_flag("--scrub", config.scrub,
               "look for damage in the folder DATA, which no server has open, and end")
      ->excludes(restore);
  app.add_option("--log-level", config.log_level, "debug, info, warning or error")
      ->capture_default_str()
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}));
  app.add_option("--log-form", config.log_form, "text or json")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json"}));
  app.add_option("--log-refused", config.log_refused,
                 "the level of refused and failed calls: debug, info, warning or off")
      ->capture_default_str()
      ->check(CLI::IsMember({"debug", "info", "warning", "off"}));
  app.add_option("--file-bytes-max", config.file_bytes_max,
                 "soft limit of the data file; beyond it changes are refused with STORE_FULL")
      ->capture_default_str()
      ->check(CLI::Range(std::uint64_t{1} << 20, std::uint64_t{1} << 40));
  app.add_option("--reserved-per-member", config.reserved_per_member,
                 "codes that one member may have reserved and not yet used")
      ->capture_default_str()
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{100'000'000}));
  app.add_option("--heartbeat-ms", config.heartbeat_ms,
                 "how often the health service tries a change; 0: never")
      ->capture_default_str()
      ->check(CLI::Range(0, 3'600'000));
}

}  // namespace

ReadConfig ReadCommandLine(int argument_count, const char* const* arguments) {
  ReadConfig read;
  CLI::App app("radyabd: the registry's server", "radyabd");
  AddOptions(app, read.config);
  app.set_version_flag("--version", std::string("radyabd ") + kServerVersion);
  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::ParseError& fault) {  // CLI11's way to say so; it ends here
    read.finished = true;
    read.exit_code = app.exit(fault) == 0 ? 0 : 2;
  }
  return read;
}

}  // namespace radyab::rpc

#include "server/commands/configuration_commands.hpp"

#include <openssl/crypto.h>
#include <sqlite3.h>
#include <iostream>
#include <nlohmann/json.hpp>

#include "server/state/channels.hpp"
#include "server/version.hpp"

namespace sahut::server {

int run_config_show(const CommonFlags& flags) {
  const auto configuration = configuration_of(flags);
  if (!configuration) return exit_failed;
  std::cout << show_configuration(*configuration);
  return exit_done;
}

int run_config_check(const CommonFlags& flags) {
  const auto configuration = configuration_of(flags);
  if (!configuration) return exit_failed;
  const auto channels = channels_of(*configuration);
  if (!channels.ok()) return fail(channels.problem());
  std::cout << "The configuration is good.\n";
  return exit_done;
}

int run_config_example() {
  std::cout << example_configuration();
  return exit_done;
}

int run_version(bool json) {
  if (json) {
    const nlohmann::ordered_json version = {{"sahut", sahut_version},
                                            {"compiler", __VERSION__},
                                            {"sqlite", sqlite3_libversion()},
                                            {"openssl", OpenSSL_version(OPENSSL_VERSION_STRING)}};
    std::cout << version.dump() << "\n";
  } else {
    std::cout << "sahut " << sahut_version << "\n";
  }
  return exit_done;
}

}  // namespace sahut::server

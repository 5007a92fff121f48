// The configuration: flags > environment > file > default, each value with the place it came from.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "values/problem.hpp"

namespace sahut::server {

/// A value and who set it: "default", "sahut.toml line 3", "SAHUT_SERVER_LISTEN", "--listen".
struct Setting {
  std::vector<std::string> values;  ///< one, or several for a key that may be a list
  std::string source = "default";

  [[nodiscard]] const std::string& text() const;
};

struct ChannelConfiguration {
  std::string name;  ///< of the path: /webhooks/NAME
  std::map<std::string, Setting> settings;

  [[nodiscard]] std::string text(std::string_view key) const;
};

struct Configuration {
  std::map<std::string, Setting> settings;  ///< by "section.key": every key of the table is there
  std::vector<ChannelConfiguration> channels;

  /// REQUIRES: a key of the table, such as "server.listen".
  [[nodiscard]] const std::string& text(std::string_view key) const;
  [[nodiscard]] std::int64_t integer(std::string_view key) const;
};

/// What to load from. The environment and the files are read by the caller's functions, so that tests need neither.
struct ConfigurationSources {
  std::optional<std::string> file;                 ///< path of the TOML file
  std::map<std::string, std::string> environment;  ///< all of it; only names that start with SAHUT_ are looked at
  std::map<std::string, std::string> flags;        ///< by "section.key"
};

/// All problems at once, each with place and cure; empty `problems` means `configuration` is good.
struct LoadedConfiguration {
  Configuration configuration;
  std::vector<Problem> problems;
};
[[nodiscard]] LoadedConfiguration load_configuration(const ConfigurationSources& sources);

/// `config show`: every value with its source, secrets as "(set, hidden)".
[[nodiscard]] std::string show_configuration(const Configuration& configuration);
/// `config example`: a file with every key explained, all of it commented out.
[[nodiscard]] std::string example_configuration();

/// "127.0.0.1:8080" or "[::1]:8080" → address and port.
struct ListenAddress {
  std::string address;
  std::uint16_t port = 0;
};
[[nodiscard]] Result<ListenAddress> parse_listen(std::string_view text, std::string_view where);

}  // namespace sahut::server

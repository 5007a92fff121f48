// What the subcommands share: where the data is, how a failure is told, and the exit status.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/configuration/configuration.hpp"
#include "values/problem.hpp"

namespace sahut::server {

constexpr int exit_done = 0;
constexpr int exit_failed = 1;
constexpr int exit_usage = 2;

/// The flags that several commands take.
struct CommonFlags {
  std::optional<std::string> config;
  std::string data;  ///< the data folder
  std::optional<std::string> listen;
};

/// Prints "sahut: PROBLEM" on standard error; returns exit_failed.
int fail(const Problem& problem);
int fail(const std::vector<Problem>& problems);

/// Where these flags say the configuration comes from.
[[nodiscard]] ConfigurationSources sources_of(const CommonFlags& flags);

/// The configuration from file, environment and flags; problems are printed and nothing is returned.
[[nodiscard]] std::optional<Configuration> configuration_of(const CommonFlags& flags);

/// The process's environment.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> environment_list();

/// A whole file, at most `max_bytes`.
[[nodiscard]] Result<std::string> read_whole_file(const std::string& path, std::size_t max_bytes);
/// Writes a file whole or not at all: a temporary name first, then renamed. "-" is standard output.
[[nodiscard]] std::optional<Problem> write_whole_file(const std::string& path, const std::string& text);

}  // namespace sahut::server

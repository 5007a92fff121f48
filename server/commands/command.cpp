#include "server/commands/command.hpp"

#include <unistd.h>

#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX wants the program to declare it

namespace sahut::server {

int fail(const Problem& problem) {
  std::cerr << "sahut: " << problem.text() << "\n";
  return exit_failed;
}

int fail(const std::vector<Problem>& problems) {
  for (const Problem& problem : problems) fail(problem);
  return exit_failed;
}

std::vector<std::pair<std::string, std::string>> environment_list() {
  std::vector<std::pair<std::string, std::string>> list;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string text = *variable;
    const std::size_t equals = text.find('=');
    if (equals != std::string::npos) list.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return list;
}

ConfigurationSources sources_of(const CommonFlags& flags) {
  ConfigurationSources sources;
  sources.file = flags.config;
  for (auto& [name, value] : environment_list()) sources.environment[name] = value;
  if (flags.listen) sources.flags["server.listen"] = *flags.listen;
  return sources;
}

std::optional<Configuration> configuration_of(const CommonFlags& flags) {
  LoadedConfiguration loaded = load_configuration(sources_of(flags));
  if (!loaded.problems.empty()) {
    fail(loaded.problems);
    return std::nullopt;
  }
  return std::move(loaded.configuration);
}

Result<std::string> read_whole_file(const std::string& path, std::size_t max_bytes) {
  std::ifstream file(path, std::ios::binary);
  if (!file.is_open()) {
    return Problem{"unreadable", path, std::string("this file cannot be read (") + std::strerror(errno) + ").",
                   "Check its path and permissions."};
  }
  std::ostringstream text;
  text << file.rdbuf();
  std::string whole = std::move(text).str();
  if (whole.size() > max_bytes) {
    return Problem{
        "too_big", path,
        "this file has " + std::to_string(whole.size()) + " bytes; at most " + std::to_string(max_bytes) + " are read.",
        "Split it."};
  }
  return whole;
}

std::optional<Problem> write_whole_file(const std::string& path, const std::string& text) {
  if (path == "-") {
    std::cout << text << std::flush;
    return std::nullopt;
  }
  const std::string part = path + ".part";
  {
    std::ofstream file(part, std::ios::binary | std::ios::trunc);
    file << text;
    file.flush();
    if (!file) {
      return Problem{"unwritable", path, std::string("this file cannot be written (") + std::strerror(errno) + ").",
                     "Check the folder, its permissions and the free space."};
    }
  }
  if (std::rename(part.c_str(), path.c_str()) != 0) {
    return Problem{"unwritable", path, std::string("this file cannot be replaced (") + std::strerror(errno) + ").",
                   "Check the folder and its permissions."};
  }
  return std::nullopt;
}

}  // namespace sahut::server

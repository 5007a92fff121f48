// `sahut user add|list|passwd|disable`.
#pragma once

#include <optional>
#include <string>

#include "server/commands/command.hpp"

namespace sahut::server {

struct UserFlags {
  std::string action;  ///< add | list | passwd | disable
  std::string name;
  std::string role = "agent";
  std::string office;
  std::optional<std::string> password_file;  ///< else the first line of standard input
};
[[nodiscard]] int run_user(const CommonFlags& common, const UserFlags& flags);

}  // namespace sahut::server

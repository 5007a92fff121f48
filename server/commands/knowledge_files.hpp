// `sahut city import|export` and `sahut knowledge import|export|lint|test`.
#pragma once

#include <string>

#include "server/commands/command.hpp"

namespace sahut::server {

struct FileFlags {
  std::string action;
  std::string file;
  bool dry_run = false;
};
[[nodiscard]] int run_city(const CommonFlags& common, const FileFlags& flags);
[[nodiscard]] int run_knowledge(const CommonFlags& common, const FileFlags& flags);

}  // namespace sahut::server

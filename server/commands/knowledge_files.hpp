// `sahut city import|export` and `sahut knowledge import|export|lint|test`.
#pragma once

#include <string>

#include "server/commands/command.hpp"

namespace sahut::server {

struct FileFlags {
  std::string action;
  std::string file;
  bool dry_run = false;
  double floor = 0;          ///< `test` fails if fewer are answered right at once, 0..1
  double floor_offered = 0;  ///< … or right or among the choices
};
[[nodiscard]] int run_city(const CommonFlags& common, const FileFlags& flags);
[[nodiscard]] int run_knowledge(const CommonFlags& common, const FileFlags& flags);

}  // namespace sahut::server

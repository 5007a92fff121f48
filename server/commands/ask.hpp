// `sahut ask` and `sahut chat`: the published knowledge, asked from a terminal.
#pragma once

#include <string>

#include "server/commands/command.hpp"

namespace sahut::server {

[[nodiscard]] int run_ask(const CommonFlags& common, const std::string& text, bool json);
[[nodiscard]] int run_chat(const CommonFlags& common);

}  // namespace sahut::server

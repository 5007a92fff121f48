// The store as a subcommand opens it: beside a running server, without keeping it from anything.
#pragma once

#include <memory>
#include <optional>

#include "escalation/city.hpp"
#include "server/commands/command.hpp"
#include "server/state/system_clock.hpp"
#include "storage/store.hpp"
#include "values/id.hpp"

namespace sahut::server {

struct ToolStore {
  Configuration configuration;
  SystemClock clock;
  std::unique_ptr<storage::Store> store;
  std::shared_ptr<const escalation::City> city;
};

/// Problems are printed; then nothing is returned.
[[nodiscard]] std::unique_ptr<ToolStore> open_tool_store(const CommonFlags& common);

/// Ids of a tool beside a running server carry another node number, so that they never meet.
constexpr std::uint16_t tool_node = 1023;

}  // namespace sahut::server

#include "server/commands/migrate.hpp"

#include <iostream>

#include "server/commands/tool_store.hpp"
#include "storage/migrations.hpp"

namespace sahut::server {

int run_migrate(const CommonFlags& common) {
  const auto tool = open_tool_store(common);
  if (!tool) return exit_failed;
  int version = 0;
  tool->store->read([&](storage::Connection& connection) { version = storage::schema_version(connection); });
  std::cout << "The database has version " << version << ", the newest this program knows.\n";
  return exit_done;
}

}  // namespace sahut::server

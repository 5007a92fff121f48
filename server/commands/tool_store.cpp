#include "server/commands/tool_store.hpp"

#include <cstdlib>

#include "server/state/city_of_store.hpp"

namespace sahut::server {

std::unique_ptr<ToolStore> open_tool_store(const CommonFlags& common) {
  auto configuration = configuration_of(common);
  if (!configuration) return nullptr;
  auto tool = std::make_unique<ToolStore>();
  tool->configuration = std::move(*configuration);
  storage::StoreOptions options;
  options.folder = common.data;
  options.url = tool->configuration.text("store.url");
  options.exclusive = false;
  options.now = tool->clock.now();
  options.fatal = [](const storage::Error& error) {
    fail({"disk", "", std::string("the disk failed: ") + error.what() + ".", "Nothing of this command was kept."});
    std::_Exit(exit_failed);
  };
  auto store = storage::Store::open(options);
  if (!store.ok()) {
    fail(store.problem());
    return nullptr;
  }
  tool->store = std::move(store).value();
  tool->store->read([&](storage::Connection& connection) {
    tool->city =
        city_of_store(connection, tool->configuration.text("city.name"), tool->configuration.text("city.time_zone"));
  });
  return tool;
}

}  // namespace sahut::server

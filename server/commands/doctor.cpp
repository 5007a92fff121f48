#include "server/commands/doctor.hpp"

#include <algorithm>
#include <iostream>

#include "adapters/findings.hpp"
#include "escalation/local_time.hpp"
#include "server/configuration/keys.hpp"
#include "server/doctor/last_received.hpp"
#include "server/doctor/machine_checks.hpp"
#include "server/doctor/network_checks.hpp"
#include "server/doctor/network_tool.hpp"
#include "server/doctor/report.hpp"
#include "server/doctor/store_checks.hpp"
#include "server/state/city_of_store.hpp"
#include "server/state/system_clock.hpp"
#include "storage/store.hpp"

namespace sahut::server {
namespace {

using adapters::found;

/// The configuration as far as it can be read; its faults are reported.
LoadedConfiguration check_configuration(const CommonFlags& common, Report& report) {
  LoadedConfiguration loaded = load_configuration(sources_of(common));
  for (const Problem& problem : loaded.problems) {
    report.add(found("server", "configuration_bad", {{"words", problem.text()}}));
  }
  if (loaded.problems.empty()) report.add(found("server", "configuration_ok"));
  return loaded;
}

/// The configuration file, if a secret stands in it.
std::optional<std::string> file_with_secrets(const CommonFlags& common, const Configuration& configuration) {
  if (!common.config) return std::nullopt;
  for (const ChannelConfiguration& channel : configuration.channels) {
    for (const auto& [name, setting] : channel.settings) {
      const Key* const key = find_key("channels", name);
      if (key != nullptr && key->secret && setting.source.starts_with(*common.config)) return common.config;
    }
  }
  return std::nullopt;
}

void check_contents(storage::Connection& connection, const Configuration& configuration, UnixMillis now,
                    Report& report) {
  const auto city = city_of_store(connection, configuration.text("city.name"), configuration.text("city.time_zone"));
  check_backup(connection, now, report);
  check_knowledge(connection, escalation::local_moment(now, city->time_zone).date, report);
  check_accounts(connection, report);
  check_outbox(connection, now, report);
  check_media(connection, configuration.integer("media.most_megabytes") << 20, now, report);
}

/// Everything about the data; gives the path of the database if it can be read.
std::string check_data(const CommonFlags& common, const Configuration& configuration, const Clock& clock,
                       Report& report) {
  const auto database = storage::database_path(configuration.text("store.url"), common.data);
  if (!database.ok()) {
    report.add(found("server", "database_elsewhere", {{"words", database.problem().text()}}));
    return {};
  }
  if (!check_folder(common.data, report)) return {};
  check_file_modes(common.data, *database, file_with_secrets(common, configuration), report);
  check_disk(common.data, report);
  const auto connection = check_database(*database, report);
  if (!connection) return {};
  try {
    check_contents(*connection, configuration, clock.now(), report);
  } catch (const std::exception& error) {  // a table that is not as expected, a zone the machine does not know
    report.add(found("server", "database_unreadable", {{"words", error.what()}, {"path", *database}}));
  }
  return *database;
}

}  // namespace

int run_doctor(const CommonFlags& common, bool json) {
  Report report(json ? nullptr : &std::cout);
  const SystemClock clock;
  const LoadedConfiguration loaded = check_configuration(common, report);
  const std::string database = check_data(common, loaded.configuration, clock, report);
  check_open_files(report);

  NetworkTool network(http::client_options_from(environment_list()));
  check_running(loaded.configuration, network, report);
  check_public_url(loaded.configuration, network, report);
  const auto channels = channels_of(loaded.configuration);
  if (channels.ok()) {
    const auto last = [&](const std::string& channel) { return last_received(database, channel); };
    check_channels(loaded.configuration, *channels, last, clock, network, report);
  } else {
    report.add(found("server", "channel_bad", {{"words", channels.problem().text()}}));
  }
  std::cout << (json ? report.json() : report.summary()) << "\n";
  return report.failed() ? exit_failed : exit_done;
}

}  // namespace sahut::server

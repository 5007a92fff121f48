#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <thread>

#include "adapters/own_address.hpp"
#include "adapters/whatsapp/examine.hpp"
#include "adapters/whatsapp/test_message.hpp"
#include "server/commands/chosen_channel.hpp"
#include "server/commands/setup.hpp"
#include "server/doctor/last_received.hpp"
#include "server/doctor/network_tool.hpp"
#include "server/doctor/report.hpp"
#include "server/sessions/tokens.hpp"
#include "server/state/channels.hpp"
#include "server/state/examine_channel.hpp"
#include "server/state/system_clock.hpp"
#include "storage/sqlite_connection.hpp"
#include "storage/store.hpp"

namespace sahut::server {
namespace {

namespace whatsapp = adapters::whatsapp;
using namespace std::chrono_literals;

constexpr auto longest_wait = 30s;
constexpr auto look_every = 250ms;

/// What the operator copies into Meta's dashboard.
void print_what_to_enter(const std::string& url, const std::string& verify_token, bool show) {
  std::cout << "Isi di dasbor Meta (WhatsApp, Configuration, Webhook):\n"
            << "  Callback URL   " << (url.empty() ? "(isi dulu public_url)" : url) << "\n"
            << "  Verify token   " << (show ? verify_token : "(disembunyikan; tampilkan dengan --show-secrets)") << "\n"
            << "  Webhook field  messages\n\n"
            << std::flush;
}

/// A status of a message that no conversation knows waits in early_status; ours is one of those. The worst or furthest
/// of those that came.
std::optional<adapters::Check> report_of(storage::Connection& connection, const std::string& channel,
                                         const std::string& external_id) {
  return connection.query_one<adapters::Check>(
      "SELECT state, error FROM early_status WHERE channel = $1 AND external_id = $2"
      " ORDER BY CASE state WHEN 'failed' THEN 0 WHEN 'read' THEN 1 WHEN 'delivered' THEN 2 ELSE 3 END LIMIT 1",
      {channel, external_id},
      [](const storage::Row& row) { return whatsapp::judge_report(row.text(0), row.string(1)); });
}

adapters::Check wait_for_report(const std::string& database, const std::string& channel,
                                const std::string& external_id) {
  std::cout << "Menunggu kabar dari Meta, paling lama " << longest_wait.count() << " detik ...\n" << std::flush;
  const auto connection = storage::open_sqlite(database, {.read_only = true, .vfs = {}});
  const auto end = std::chrono::steady_clock::now() + longest_wait;
  while (std::chrono::steady_clock::now() < end) {
    if (auto check = report_of(*connection, channel, external_id)) return *std::move(check);
    std::this_thread::sleep_for(look_every);
  }
  return whatsapp::no_report(static_cast<int>(longest_wait.count()));
}

void send_test(const NamedChannel& channel, const std::string& number, const std::string& database,
               NetworkTool& network, Report& report) {
  const adapters::SendVerdict verdict =
      channel.channel->classify(network.perform(channel.channel->render(whatsapp::test_delivery(number))));
  report.add(whatsapp::judge_send(verdict));
  if (verdict.kind == adapters::SendVerdict::Kind::accepted) {
    report.add(wait_for_report(database, channel.name, verdict.external_id));
  }
}

}  // namespace

int run_setup_whatsapp(const CommonFlags& common, const SetupFlags& flags) {
  const auto configuration = configuration_of(common);
  if (!configuration) return exit_failed;
  const ChosenChannel chosen = choose_channel(*configuration, "whatsapp", flags.channel);
  if (chosen.channel == nullptr) return chosen.exit_status;
  const auto channels = channels_of(*configuration);
  if (!channels.ok()) return fail(channels.problem());
  const NamedChannel& channel = *channels->find(chosen.channel->name);
  const auto database = storage::database_path(configuration->text("store.url"), common.data);
  std::optional<std::string> number;
  if (!flags.to.empty()) {
    number = whatsapp::number_of(flags.to);
    if (!number) {
      fail({"bad_number", "--to", "this is not a phone number.", "Write it as 6281200000001."});
      return exit_usage;
    }
    std::error_code error;
    if (!database.ok()) return fail(database.problem());
    if (!std::filesystem::is_regular_file(*database, error)) {
      return fail({"not_found", *database, "there is no database in which the status of a test message could arrive.",
                   "Start the server first, with the same --data."});
    }
  }

  const std::string verify_token = chosen.channel->text("verify_token");
  const std::string url = webhook_url_of(configuration->text("server.public_url"), channel.name);
  print_what_to_enter(url, verify_token, flags.show_secrets || ::isatty(STDOUT_FILENO) == 1);

  NetworkTool network(http::client_options_from(environment_list()));
  Report report(&std::cout);
  const whatsapp::Account account =
      whatsapp::account_of(settings_of(*chosen.channel, {"api_base", "phone_number_id", "access_token", "waba_id"}));
  std::optional<adapters::Check> refusal;
  if (!account.waba_id.empty()) {
    refusal = whatsapp::refusal_of_subscription(network.perform(whatsapp::subscribe(account)));
  }
  const adapters::ExaminationContext context{
      .webhook_url = url,
      .now = SystemClock().now(),
      .last_received_at = database.ok() ? last_received(*database, channel.name) : UnixMillis{}};
  const auto checks = network.wait_for(examine_channel(network.client(), channel, context));
  report.add(checks);
  // A token that may not subscribe usually may not look either, and then it was said.
  const bool said = refusal && std::any_of(checks.begin(), checks.end(),
                                           [&](const adapters::Check& check) { return check.code == refusal->code; });
  if (!said) report.add(std::move(refusal));
  if (!url.empty()) {
    const std::string challenge = random_token().substr(0, 16);
    report.add(
        adapters::judge_handshake(network.perform(adapters::handshake(url, verify_token, challenge)), url, challenge));
  }
  if (number) send_test(channel, *number, *database, network, report);
  std::cout << report.summary() << "\n";
  return report.failed() ? exit_failed : exit_done;
}

}  // namespace sahut::server

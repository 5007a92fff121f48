#include <iostream>

#include "adapters/own_address.hpp"
#include "adapters/telegram/examine.hpp"
#include "adapters/telegram/registration.hpp"
#include "server/commands/chosen_channel.hpp"
#include "server/commands/setup.hpp"
#include "server/doctor/network_tool.hpp"
#include "server/doctor/report.hpp"
#include "server/state/examine_channel.hpp"
#include "server/state/system_clock.hpp"

namespace sahut::server {
namespace {

namespace telegram = adapters::telegram;
using adapters::Check;
using adapters::HttpAnswer;

/// Sets the webhook, or removes the one that keeps polling from working. False: there is no use in looking further.
bool registered(const telegram::Settings& settings, const std::string& url, NetworkTool& network, Report& report) {
  if (settings.mode == telegram::Mode::polling) {
    report.add(telegram::judge_removal(network.perform(telegram::delete_webhook(settings.api))));
    return !report.failed();
  }
  if (auto fault = telegram::check_address(url)) {
    report.add(*std::move(fault));
    return false;
  }
  report.add(telegram::refusal_of_registration(
      network.perform(telegram::set_webhook(settings.api, url, settings.secret_tokens.front()))));
  return !report.failed();
}

/// What Telegram says now. An error from before the registration counts only while messages still wait behind it.
void look_again(const telegram::Settings& settings, const std::string& url, UnixMillis registered_at,
                const HttpAnswer& me, NetworkTool& network, Report& report) {
  const HttpAnswer info = network.perform(telegram::get_webhook_info(settings.api));
  const auto known = telegram::parse_webhook_info(info);
  const bool over = known.ok() && known->pending_updates == 0;
  const HttpAnswer answers[] = {me, info};
  std::vector<Check> checks = telegram::examine(
      answers, settings,
      {.webhook_url = url, .now = registered_at, .last_received_at = over ? registered_at : UnixMillis{}});
  checks.erase(checks.begin());  // the token was told already
  report.add(std::move(checks));
}

}  // namespace

int run_setup_telegram(const CommonFlags& common, const SetupFlags& flags) {
  const auto configuration = configuration_of(common);
  if (!configuration) return exit_failed;
  const ChosenChannel chosen = choose_channel(*configuration, "telegram", flags.channel);
  if (chosen.channel == nullptr) return chosen.exit_status;
  const auto settings = telegram::read_settings(
      chosen.channel->name, settings_of(*chosen.channel, {"bot_token", "secret_token", "mode", "api_base"}));
  if (!settings.ok()) return fail(settings.problem());

  NetworkTool network(http::client_options_from(environment_list()));
  Report report(&std::cout);
  const HttpAnswer me = network.perform(telegram::get_me(settings->api));
  report.add(telegram::check_token(me));
  const UnixMillis now = SystemClock().now();
  const bool polls = settings->mode == telegram::Mode::polling;
  const std::string url = polls ? "" : webhook_url_of(configuration->text("server.public_url"), chosen.channel->name);
  if (!report.failed() && registered(*settings, url, network, report)) {
    look_again(*settings, url, now, me, network, report);
    if (!polls) report.add(adapters::judge_webhook(network.perform(adapters::look_at(url)), url));
  }
  std::cout << report.summary() << "\n";
  return report.failed() ? exit_failed : exit_done;
}

}  // namespace sahut::server

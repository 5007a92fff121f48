#include "server/doctor/network_checks.hpp"

#include <cstdlib>
#include <optional>
#include <utility>

#include "adapters/findings.hpp"
#include "adapters/json_reader.hpp"
#include "adapters/own_address.hpp"
#include "server/doctor/http_date.hpp"
#include "server/sessions/tokens.hpp"
#include "server/state/examine_channel.hpp"

namespace sahut::server {
namespace {

using adapters::Check;
using adapters::found;
using adapters::HttpAnswer;
using adapters::TransportFailure;

constexpr int local_timeout_ms = 3'000;
/// The Date header has whole seconds, and the answer travelled; signatures and deadlines stand a minute.
constexpr std::int64_t clock_off_s = 30;
constexpr std::int64_t clock_wrong_s = 300;

/// Where a listener on every address is reached from here.
std::string local_url(const ListenAddress& listen) {
  std::string host = listen.address;
  if (host == "0.0.0.0") host = "127.0.0.1";
  if (host == "::") host = "::1";
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  return "http://" + host + ":" + std::to_string(listen.port);
}

Check check_clock(const HttpAnswer& answer, UnixMillis now, const std::string& peer) {
  const auto told = http_date(adapters::find_header(answer.headers, "Date").value_or(""));
  const std::int64_t seconds = std::abs(now.ms_since(told.value_or(now))) / 1000;
  const char* const code = seconds > clock_wrong_s ? "clock_wrong" : seconds > clock_off_s ? "clock_off" : "clock_ok";
  return found("server", code, {{"seconds", std::to_string(seconds)}, {"peer", peer}});
}

bool tells_the_time(const HttpAnswer& answer) {
  const auto date = adapters::find_header(answer.headers, "Date");
  return answer.failure == TransportFailure::none && date && http_date(*date);
}

}  // namespace

void check_running(const Configuration& configuration, NetworkTool& network, Report& report) {
  const auto listen = parse_listen(configuration.text("server.listen"), "server.listen");
  if (!listen.ok() || listen->port == 0) return;  // nobody can know where it answers
  const std::string url = local_url(*listen);
  adapters::HttpCall call = adapters::look_at(url + "/readyz");
  call.timeout_ms = local_timeout_ms;
  const HttpAnswer answer = network.perform(std::move(call));
  adapters::Words words = {{"address", url}, {"status", std::to_string(answer.status)}};
  const auto body = adapters::parse_json(answer.body);
  const bool ours = body && adapters::member(body.value(), "ready").is_boolean();
  if (answer.failure != TransportFailure::none) {
    report.add(found("server", "not_running", words));
  } else if (!ours) {
    report.add(found("server", "other_server", words));
  } else if (adapters::flag_of(adapters::member(body.value(), "ready"))) {
    report.add(found("server", "running", words));
  } else {
    words["words"] = adapters::dump(adapters::member(body.value(), "checks"));
    report.add(found("server", "not_ready", words));
  }
}

void check_public_url(const Configuration& configuration, NetworkTool& network, Report& report) {
  std::string url = configuration.text("server.public_url");
  while (url.ends_with('/')) url.pop_back();
  if (url.empty()) {
    report.add(found("server", "public_url_missing"));
    return;
  }
  if (!url.starts_with("https://")) report.add(found("server", "public_url_http", {{"url", url}}));
  report.add(adapters::judge_health(network.perform(adapters::look_at(url + "/healthz")), url));
  const std::string& proxies = configuration.text("server.trusted_proxies");
  if (!proxies.empty()) {
    report.add(found("server", "proxies_ok", {{"proxies", proxies}}));
  } else if (url.starts_with("https://")) {
    report.add(found("server", "proxies_missing"));
  }
}

void check_channels(const Configuration& configuration, const Channels& channels,
                    const std::function<UnixMillis(const std::string&)>& last_received, const Clock& clock,
                    NetworkTool& network, Report& report) {
  const std::string& public_url = configuration.text("server.public_url");
  if (channels.all.empty()) report.add(found("server", "no_channels"));
  std::optional<Check> time;
  for (const NamedChannel& channel : channels.all) {
    const auto answers = network.wait_for(ask_channel(network.client(), channel));
    if (answers.empty()) continue;
    const UnixMillis now = clock.now();
    const std::string url = webhook_url_of(public_url, channel.name, channel.path_secret);
    const std::string prefix = "channel." + channel.name + ".";
    report.add(channel.channel->examine(
                   answers, {.webhook_url = url, .now = now, .last_received_at = last_received(channel.name)}),
               prefix);
    if (!time && tells_the_time(answers.back())) time = check_clock(answers.back(), now, channel.name);
    for (const ChannelConfiguration& wanted : configuration.channels) {
      if (wanted.name != channel.name || channel.kind != "whatsapp" || url.empty()) continue;
      const std::string challenge = random_token().substr(0, 16);
      report.add(adapters::judge_handshake(
                     network.perform(adapters::handshake(url, wanted.text("verify_token"), challenge)), url, challenge),
                 prefix);
    }
  }
  report.add(std::move(time));
}

}  // namespace sahut::server

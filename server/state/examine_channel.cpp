#include "server/state/examine_channel.hpp"

#include <chrono>
#include <utility>

namespace sahut::server {
namespace {

using adapters::HttpAnswer;
using boost::asio::awaitable;
using std::chrono::steady_clock;

constexpr std::chrono::milliseconds longest_examination{10'000};
/// With less than this left a call is not worth beginning.
constexpr std::int64_t shortest_call_ms = 100;

HttpAnswer too_late() {
  HttpAnswer answer;
  answer.failure = adapters::TransportFailure::never_left;
  answer.failure_text = "no answer in time";
  return answer;
}

}  // namespace

std::string webhook_url_of(std::string_view public_url, std::string_view channel, std::string_view path_secret) {
  while (public_url.ends_with('/')) public_url.remove_suffix(1);
  if (public_url.empty()) return {};
  return std::string(public_url) + "/webhooks/" + std::string(channel) + (path_secret.empty() ? "" : "/•••");
}

awaitable<std::vector<HttpAnswer>> ask_channel(http::HttpClient& client, const NamedChannel& channel) {
  std::vector<HttpAnswer> answers;
  if (channel.channel == nullptr) co_return answers;
  std::vector<adapters::Probe> probes = channel.channel->probes();
  const auto end = steady_clock::now() + longest_examination;
  for (adapters::Probe& probe : probes) {
    if (!answers.empty() && answers.back().failure != adapters::TransportFailure::none) {
      answers.push_back(answers.back());
      continue;
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - steady_clock::now()).count();
    if (left < shortest_call_ms) {
      answers.push_back(too_late());
      continue;
    }
    probe.call.timeout_ms = static_cast<int>(left);
    HttpAnswer answer = co_await client.perform(std::move(probe.call));
    answers.push_back(std::move(answer));
  }
  co_return answers;
}

awaitable<std::vector<adapters::Check>> examine_channel(http::HttpClient& client, const NamedChannel& channel,
                                                        adapters::ExaminationContext context) {
  std::vector<HttpAnswer> answers = co_await ask_channel(client, channel);
  if (answers.empty()) co_return std::vector<adapters::Check>();
  std::vector<adapters::Check> checks = channel.channel->examine(answers, context);
  co_return checks;
}

}  // namespace sahut::server

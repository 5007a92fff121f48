#include "adapters/gateway/examine.hpp"

#include <string_view>

#include "adapters/findings.hpp"

namespace sahut::adapters::gateway {
namespace {

constexpr std::string_view channel = "gateway";

Check check_session(const HttpAnswer& answer, const Profile& profile) {
  Words words = {{"gateway", profile.name}, {"status", std::to_string(answer.status)}, {"detail", answer.failure_text}};
  if (answer.failure != TransportFailure::none) return found(channel, "api_unreachable", words);
  if (answer.status == 401 || answer.status == 403) return found(channel, "key_refused", words);
  if (answer.status == 404) return found(channel, "session_unknown", words);
  const auto parsed = parse_json(answer.body);
  if (answer.status < 200 || answer.status > 299 || !parsed) return found(channel, "api_strange", words);
  for (const StateRule& rule : profile.examine.states) {
    if (!rule.when.holds(parsed.value())) continue;
    words["state"] = first_word(parsed.value(), {rule.when.at});
    return found(channel, rule.finding, words);
  }
  return found(channel, "api_strange", words);
}

}  // namespace

std::vector<Probe> probes(const Profile& profile, const std::string& api_base, const Words& settings) {
  HttpCall call;
  call.method = profile.examine.method;
  call.url = api_base + filled(profile.examine.path, settings);
  for (const auto& [key, value] : profile.send.headers) call.headers.emplace_back(key, filled(value, settings));
  std::vector<Probe> all;
  all.push_back({"session", std::move(call)});
  return all;
}

std::vector<Check> examine(std::span<const HttpAnswer> answers, const Profile& profile,
                           const ExaminationContext& context) {
  std::vector<Check> checks = {check_session(answers[0], profile)};
  const Words words = {{"gateway", profile.name}};
  // The others usually run on this machine and call us by a private address; a secret in the address is another matter.
  if (profile.authentication.scheme == Scheme::path) {
    if (context.webhook_url.empty()) {
      checks.push_back(found(channel, "no_public_url", words));
    } else if (!context.webhook_url.starts_with("https://")) {
      checks.push_back(found(channel, "not_https", words));
    }
  }
  if (!context.last_received_at.known()) checks.push_back(found(channel, "nothing_received", words));
  return checks;
}

}  // namespace sahut::adapters::gateway

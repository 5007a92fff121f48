#include "adapters/gateway/channel.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "adapters/gateway/authenticate.hpp"
#include "adapters/gateway/base64.hpp"
#include "adapters/gateway/classify.hpp"
#include "adapters/gateway/examine.hpp"
#include "adapters/gateway/media.hpp"
#include "adapters/gateway/parse.hpp"
#include "adapters/gateway/render.hpp"
#include "adapters/placeholders.hpp"
#include "adapters/settings_reader.hpp"

namespace sahut::adapters::gateway {
namespace {

/// A secret in an address is seen by proxies and may be guessed at leisure.
constexpr std::size_t shortest_path_secret = 16;

class GatewayChannel final : public Channel {
 public:
  GatewayChannel(const Profile& profile, std::vector<std::string> secrets, std::string api_base, Words words)
      : profile_(profile),
        authenticator_(profile.authentication, std::move(secrets)),
        api_base_(std::move(api_base)),
        words_(std::move(words)) {}

  [[nodiscard]] std::string_view kind() const override { return "gateway"; }

  /// Slow like a person: WhatsApp bans numbers on gateways that write like machines.
  [[nodiscard]] Pace pace() const override {
    return {.contact_burst = 3, .contact_interval_ms = 2'000, .channel_per_second = 5};
  }

  [[nodiscard]] WebhookVerdict receive(const WebhookRequest& request, UnixMillis now) const override {
    WebhookVerdict verdict;
    if (request.method != "POST") {
      verdict.status = 405;
      verdict.reason = "wrong_method";
      verdict.body = "This is the address a WhatsApp gateway delivers messages to; there is nothing to see here.\n";
      return verdict;
    }
    if (!authenticator_.is_authentic(request, now)) {
      verdict.status = 401;
      verdict.reason = "bad_signature";
      verdict.body = "The signature or secret does not match.\n";
      return verdict;
    }
    auto events = parse(request.body, profile_, now);
    if (!events) {
      verdict.status = 400;
      verdict.reason = events.problem().code;
      verdict.body = events.problem().what + "\n";
      return verdict;
    }
    verdict.events = std::move(events).value();
    return verdict;
  }

  [[nodiscard]] HttpCall render(const Delivery& delivery) const override {
    return gateway::render(profile_, address(), delivery);
  }

  [[nodiscard]] std::optional<HttpCall> typing(const std::string& contact,
                                               const std::string& external_id) const override {
    return render_sign(profile_.typing, profile_, address(), contact, external_id);
  }
  [[nodiscard]] std::optional<HttpCall> mark_read(const std::string& contact,
                                                  const std::string& external_id) const override {
    return render_sign(profile_.read, profile_, address(), contact, external_id);
  }

  [[nodiscard]] std::optional<HttpCall> seek_media(const std::string& attachment) const override {
    return gateway::seek_media(profile_, address(), attachment);
  }
  [[nodiscard]] MediaStep next_media_step(const HttpAnswer& answer, int step) const override {
    return profile_.media.base64 ? media_in(answer, *profile_.media.base64) : Channel::next_media_step(answer, step);
  }

  [[nodiscard]] SendVerdict classify(const HttpAnswer& answer) const override {
    return gateway::classify(answer, profile_.send);
  }

  [[nodiscard]] std::vector<Probe> probes() const override { return gateway::probes(profile_, api_base_, words_); }
  [[nodiscard]] std::vector<Check> examine(std::span<const HttpAnswer> answers,
                                           const ExaminationContext& context) const override {
    return gateway::examine(answers, profile_, context);
  }

 private:
  [[nodiscard]] Address address() const { return {api_base_, words_}; }

  const Profile& profile_;  ///< lives as long as the program
  Authenticator authenticator_;
  std::string api_base_;
  Words words_;  ///< the profile's settings, and {basic}
};

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

bool stands_in_a_path(const Profile& profile, const std::string& place) {
  const std::string* const paths[] = {&profile.send.path,          &profile.examine.path,    &profile.send_picture.path,
                                      &profile.send_document.path, &profile.send_place.path, &profile.media.call.path};
  return std::any_of(std::begin(paths), std::end(paths),
                     [&](const std::string* path) { return path->find(place) != std::string::npos; });
}

/// A word in a path must not become more path.
bool fits_a_path(const std::string& word) {
  return word.find_first_of("/?#% ") == std::string::npos;
}

}  // namespace

Result<std::shared_ptr<const Channel>> make(const std::string& name, const ChannelSettings& settings) {
  SettingsReader reader(name, settings);
  const std::string profile_name = reader.required("profile", "Write one of: " + joined(profile_names()) + ".");
  const Profile* const profile = find_profile(profile_name);
  if (profile == nullptr) {
    if (profile_name.empty()) return *reader.problem();
    return Problem{"bad_setting", "channels." + name + ".profile", "This gateway is not known.",
                   "Write one of: " + joined(profile_names()) + "."};
  }
  const std::vector<std::string> secrets =
      reader.required_list("secret", "Choose 32 or more random letters and digits, and give the gateway the same.");
  for (const std::string& secret : secrets) {
    for (const std::string& known : profile->refused_secrets) {
      if (secret == known) {
        reader.refuse("unsafe_secret", "secret", "This is the gateway's default, which everybody knows.",
                      "Choose 32 or more random letters and digits, and give the gateway the same.");
      }
    }
    if (profile->authentication.scheme == Scheme::path && secret.size() < shortest_path_secret) {
      reader.refuse("unsafe_secret", "secret", "A secret that is part of the address needs 16 characters or more.",
                    "Choose 32 or more random letters and digits.");
    }
  }
  const std::string api_base = reader.base_url("api_base", profile->api_base);
  Words words;
  for (const SettingRule& rule : profile->settings) {
    words[rule.key] =
        rule.otherwise.empty() ? reader.required(rule.key, rule.cure) : reader.optional(rule.key, rule.otherwise);
    const std::string place = "{" + rule.key + "}";
    const bool in_a_path = stands_in_a_path(*profile, place);
    if (in_a_path && !fits_a_path(words[rule.key])) {
      reader.refuse("bad_setting", rule.key, "This name cannot be part of an address.", "Rename it at the gateway.");
    }
  }
  words["basic"] = base64(words["username"] + ":" + words["password"]);
  if (auto problem = reader.problem()) return *std::move(problem);
  return std::shared_ptr<const Channel>(
      std::make_shared<GatewayChannel>(*profile, secrets, api_base, std::move(words)));
}

}  // namespace sahut::adapters::gateway

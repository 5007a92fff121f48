#include "adapters/whatsapp/examine.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "adapters/findings.hpp"
#include "adapters/message_time.hpp"
#include "adapters/whatsapp/refusal.hpp"
#include "values/masking.hpp"

namespace sahut::adapters::whatsapp {
namespace {

constexpr std::string_view channel = "whatsapp";
constexpr std::int64_t day_ms = 24LL * 3600 * 1000;
constexpr std::int64_t soon_days = 14;
constexpr std::array<std::string_view, 2> needed_scopes = {"whatsapp_business_messaging",
                                                           "whatsapp_business_management"};

/// Everything found so far; one finding of a kind is enough.
class Findings {
 public:
  void add(Check check) {
    const bool there = std::any_of(checks_.begin(), checks_.end(),
                                   [&](const Check& one) { return one.code == check.code && one.what == check.what; });
    if (!there) checks_.push_back(std::move(check));
  }
  void add(std::string_view code, const Words& words = {}) { add(found(channel, code, words)); }
  [[nodiscard]] std::vector<Check> take() && { return std::move(checks_); }

 private:
  std::vector<Check> checks_;
};

/// A number's `status` (Meta: business-phone-numbers). CONNECTED is well; what is not listed is said as it is.
std::string_view finding_of_state(std::string_view state) {
  struct Row {
    std::string_view state;
    std::string_view finding;
  };
  constexpr std::array rows = {Row{"", "number_ok"},
                               Row{"CONNECTED", "number_ok"},
                               Row{"PENDING", "number_not_registered"},
                               Row{"UNVERIFIED", "number_not_registered"},
                               Row{"OFFLINE", "number_not_registered"},
                               Row{"DISCONNECTED", "number_not_registered"},
                               Row{"DELETED", "number_unknown"},
                               Row{"MIGRATED", "number_unknown"},
                               Row{"BANNED", "number_banned"}};
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& one) { return one.state == state; });
  return row == rows.end() ? "number_restricted" : row->finding;
}

void add_number(const Json& number, Findings& findings) {
  const std::string state = word_of(member(number, "status"));
  const std::string platform = word_of(member(number, "platform_type"));
  const Words words = {{"number", name_of(member(number, "display_phone_number"))},
                       {"name", name_of(member(number, "verified_name"))},
                       {"state", state},
                       {"platform", platform}};
  if (platform == "ON_PREMISE") {
    findings.add("number_elsewhere", words);
  } else if (platform == "NOT_APPLICABLE") {
    findings.add("number_not_registered", words);
  } else {
    findings.add(finding_of_state(state), words);
  }
  const std::string quality = word_of(member(number, "quality_rating"));
  if (quality == "RED") findings.add("quality_low");
  if (quality == "YELLOW") findings.add("quality_middle");
}

/// Meta: support/health-status. Codes from public examples: 141006 payment, 141010 business verification, 138024 and
/// 138025 calls, which we do not make.
void add_health(const Json& health, Findings& findings) {
  for (const Json& entity : elements(member(health, "entities"))) {
    const std::string ability = word_of(member(entity, "can_send_message"));
    if (ability != "BLOCKED" && ability != "LIMITED") continue;
    bool explained = false;
    for (const Json& error : elements(member(entity, "errors"))) {
      const auto code = integer_of(member(error, "error_code")).value_or(0);
      if (code == 138024 || code == 138025) continue;
      explained = true;
      if (code == 141006) {
        findings.add("no_payment");
      } else if (code == 141010) {
        findings.add("business_unverified");
      } else {
        findings.add(ability == "BLOCKED" ? "health_blocked" : "health_limited",
                     {{"words", mask_numbers(name_of(member(error, "error_description")))}});
      }
    }
    for (const Json& info : elements(member(entity, "additional_info"))) {
      explained = true;
      findings.add(ability == "BLOCKED" ? "health_blocked" : "health_limited",
                   {{"words", mask_numbers(name_of(info))}});
    }
    if (!explained && ability == "BLOCKED") {
      findings.add("health_blocked", {{"words", word_of(member(entity, "entity_type"))}});
    }
  }
}

void add_version(const HttpAnswer& answer, const Account& account, Findings& findings) {
  const std::size_t slash = account.api_base.rfind('/');
  const std::string asked = account.api_base.substr(slash + 1);
  const auto used = find_header(answer.headers, "facebook-api-version");
  if (used && asked.starts_with('v') && !used->empty() && *used != asked) {
    findings.add("version_moved", {{"asked", asked}, {"used", std::string(*used)}});
  }
}

std::string missing_scopes(const Json& data) {
  std::string missing;
  for (const std::string_view needed : needed_scopes) {
    const Json::array_t& scopes = elements(member(data, "scopes"));
    const bool there =
        std::any_of(scopes.begin(), scopes.end(), [&](const Json& scope) { return word_of(scope) == needed; });
    if (!there) missing += (missing.empty() ? "" : ", ") + std::string(needed);
  }
  return missing;
}

void add_token(const GraphAnswer& answer, UnixMillis now, Findings& findings) {
  if (answer.refusal) {
    // Some tokens may not ask about themselves; that is no fault of theirs.
    const bool about_token = answer.refusal->code.starts_with("token_") && answer.refusal->code != "token_scopes";
    if (about_token || answer.refusal->code == "api_unreachable") {
      findings.add(*answer.refusal);
    } else {
      findings.add("token_unknown", {{"detail", answer.words.empty() ? answer.refusal->what : answer.words}});
    }
    return;
  }
  const Json& data = member(answer.body, "data");
  if (!flag_of(member(data, "is_valid"))) {
    const Json& error = member(data, "error");
    findings.add(error.is_object() ? check_error(error) : found(channel, "token_refused"));
    return;
  }
  if (const std::string scopes = missing_scopes(data); !scopes.empty()) {
    findings.add("token_scopes", {{"scopes", scopes}});
    return;
  }
  const UnixMillis expires = moment_of(integer_of(member(data, "expires_at")));
  if (!expires.known()) {
    findings.add("token_ok", {{"until", "Masa berlakunya tidak terbatas."}});
    return;
  }
  const std::int64_t days = std::max<std::int64_t>(expires.ms_since(now) / day_ms, 0);
  const Words words = {{"days", std::to_string(days)}, {"until", "Masih berlaku " + std::to_string(days) + " hari."}};
  findings.add(days <= soon_days ? "token_expires_soon" : "token_ok", words);
}

/// The WhatsApp accounts a token may manage: what waba_id might be.
std::string hint_of_accounts(const Json& token) {
  for (const Json& scope : elements(member(token, "data", "granular_scopes"))) {
    if (word_of(member(scope, "scope")) != "whatsapp_business_management") continue;
    std::string ids;
    for (const Json& id : elements(member(scope, "target_ids"))) ids += (ids.empty() ? "" : ", ") + word_of(id);
    if (!ids.empty()) return "Token ini mengenal: " + ids + ".";
  }
  return {};
}

void add_subscription(const GraphAnswer& answer, const Json& token, Findings& findings) {
  if (answer.refusal) {
    if (answer.refusal->code == "number_unknown" || answer.refusal->code == "token_scopes") {
      findings.add("waba_unknown");
    } else {
      findings.add("subscription_error", {{"words", answer.words.empty() ? answer.refusal->what : answer.words}});
    }
    return;
  }
  const std::string own = word_of(member(token, "data", "app_id"));
  const Json::array_t& apps = elements(member(answer.body, "data"));
  const bool subscribed = std::any_of(apps.begin(), apps.end(), [&](const Json& app) {
    const std::string id = word_of(member(app, "whatsapp_business_api_data", "id"));
    return own.empty() || id == own;  // without the token's app, any subscription has to do
  });
  findings.add(subscribed ? "subscribed" : "not_subscribed");
}

/// Meta looks for a callback URL at the number, then at the account, then at the app.
void add_callback(const GraphAnswer& answer, const ExaminationContext& context, Findings& findings) {
  if (auto address = check_address(context.webhook_url)) {
    findings.add(*std::move(address));
    return;
  }
  const Json& configuration = member(answer.body, "webhook_configuration");
  if (!configuration.is_object()) return;  // not every token may see it
  std::string url;
  for (const char* const level : {"phone_number", "whatsapp_business_account", "application"}) {
    if (url.empty()) url = text_of(member(configuration, level));
  }
  if (url.empty()) {
    findings.add("callback_missing");
  } else if (url == context.webhook_url) {
    findings.add("callback_ok");
  } else {
    // Scheme and host: what follows may be another program's secret.
    const std::size_t path = url.find('/', url.find("://") == std::string::npos ? 0 : url.find("://") + 3);
    const bool same_host = context.webhook_url.starts_with(url.substr(0, path) + "/");
    findings.add("callback_elsewhere", {{"url", same_host || path == std::string::npos ? url : url.substr(0, path)},
                                        {"expected", context.webhook_url}});
  }
}

}  // namespace

std::vector<Probe> probes(const Account& account) {
  std::vector<Probe> all;
  all.push_back({"number", ask_number(account)});
  all.push_back({"token", ask_token(account)});
  all.push_back({"callback", ask_callback(account)});
  if (!account.waba_id.empty()) all.push_back({"subscription", ask_subscriptions(account)});
  return all;
}

std::vector<Check> examine(std::span<const HttpAnswer> answers, const Account& account,
                           const ExaminationContext& context) {
  Findings findings;
  const GraphAnswer number = graph_answer(answers[0]);
  const GraphAnswer token = graph_answer(answers[1]);
  const GraphAnswer callback = graph_answer(answers[2]);
  if (number.refusal && number.refusal->name == "token") {
    // Unreachable or a dead token: everything else would say the same again.
    findings.add(*number.refusal);
    if (auto address = check_address(context.webhook_url)) findings.add(*std::move(address));
    return std::move(findings).take();
  }
  add_token(token, context.now, findings);
  if (number.refusal) {
    findings.add(*number.refusal);
  } else {
    add_number(number.body, findings);
    add_health(member(number.body, "health_status"), findings);
    add_version(answers[0], account, findings);
  }
  if (account.waba_id.empty()) {
    findings.add("waba_missing", {{"hint", hint_of_accounts(token.body)}});
  } else {
    add_subscription(graph_answer(answers[3]), token.body, findings);
  }
  add_callback(callback, context, findings);
  if (!context.last_received_at.known()) findings.add("nothing_received");
  return std::move(findings).take();
}

std::optional<Check> refusal_of_subscription(const HttpAnswer& answer) {
  const GraphAnswer graph = graph_answer(answer);
  if (!graph.refusal && flag_of(member(graph.body, "success"))) return std::nullopt;
  if (!graph.refusal) return found(channel, "subscription_error", {{"words", "success tidak true."}});
  const bool unknown = graph.refusal->code == "number_unknown";
  return unknown ? found(channel, "waba_unknown") : *graph.refusal;
}

std::optional<Check> check_address(const std::string& webhook_url) {
  if (webhook_url.empty()) return found(channel, "no_public_url");
  if (!webhook_url.starts_with("https://")) return found(channel, "not_https");
  if (webhook_url.find('+') != std::string::npos) return found(channel, "plus_in_address");
  return std::nullopt;
}

}  // namespace sahut::adapters::whatsapp

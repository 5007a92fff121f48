#include "adapters/telegram/bot_api.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/settings_reader.hpp"

namespace sahut::adapters::telegram {
namespace {

bool is_token_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// Digits, a colon, letters: it goes into a URL, so nothing else may be in it.
bool is_bot_token(std::string_view token) {
  const std::size_t colon = token.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == token.size()) return false;
  const auto id = token.substr(0, colon);
  const auto secret = token.substr(colon + 1);
  return std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
         std::all_of(secret.begin(), secret.end(), is_token_character);
}

/// The Bot API's own rule for setWebhook's secret_token.
bool is_secret_token(std::string_view token) {
  return !token.empty() && token.size() <= 256 && std::all_of(token.begin(), token.end(), is_token_character);
}

}  // namespace

Json wanted_updates_json() {
  Json wanted = Json::array();
  for (const char* const kind : wanted_updates) wanted.push_back(kind);
  return wanted;
}

HttpCall BotApi::method(std::string_view name) const {
  HttpCall call;
  call.url = base + "/bot" + token + "/" + std::string(name);
  return call;
}

HttpCall BotApi::call(std::string_view name, const Json& arguments) const {
  HttpCall call = method(name);
  call.headers = {{"Content-Type", "application/json"}};
  call.body = dump(arguments);
  return call;
}

Result<Settings> read_settings(const std::string& name, const ChannelSettings& settings) {
  SettingsReader reader(name, settings);
  Settings read;
  read.api.token = reader.required("bot_token", "Ask @BotFather for it with /newbot or /token.");
  if (!is_bot_token(read.api.token)) {
    reader.refuse("bad_setting", "bot_token", "This is not a bot token: digits, a colon and letters.",
                  "Copy the whole token from @BotFather.");
  }
  const std::string mode = reader.optional("mode", "webhook");
  read.mode = mode == "polling" ? Mode::polling : Mode::webhook;
  if (mode != "polling" && mode != "webhook") {
    reader.refuse("bad_setting", "mode", "This mode is not known.", "Write \"webhook\" or \"polling\".");
  }
  const bool may_be_left_out = read.mode == Mode::polling && !settings.contains("secret_token");
  if (!may_be_left_out) {
    read.secret_tokens = reader.required_list(
        "secret_token", "Choose 32 or more random letters and digits; `sahut setup telegram` tells Telegram.");
  }
  for (const std::string& token : read.secret_tokens) {
    if (!is_secret_token(token)) {
      reader.refuse("bad_setting", "secret_token", "Telegram takes only letters, digits, _ and -, at most 256.",
                    "Choose 32 or more random letters and digits.");
    }
  }
  read.api.base = reader.base_url("api_base", "https://api.telegram.org");
  if (auto problem = reader.problem()) return *std::move(problem);
  return read;
}

std::string message_key(std::int64_t chat, std::int64_t message) {
  return "m:" + std::to_string(chat) + ":" + std::to_string(message);
}

std::optional<std::int64_t> message_number(std::string_view key) {
  if (!key.starts_with("m:")) return std::nullopt;
  const std::size_t colon = key.find(':', 2);
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view number = key.substr(colon + 1, key.find(':', colon + 1) - colon - 1);
  std::int64_t message = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), message);
  if (error != std::errc{} || end != number.data() + number.size() || message <= 0) return std::nullopt;
  return message;
}

}  // namespace sahut::adapters::telegram

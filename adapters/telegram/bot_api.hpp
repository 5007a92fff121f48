// Where the Bot API is and as which bot we call it. The token is part of every URL: URLs of this file are secrets.
#pragma once

#include <string>
#include <string_view>

#include "adapters/channel.hpp"
#include "adapters/json_reader.hpp"

namespace sahut::adapters::telegram {

/// What we want to hear of; anything else Telegram keeps to itself.
constexpr const char* wanted_updates[] = {"message", "edited_message", "callback_query", "my_chat_member"};
[[nodiscard]] Json wanted_updates_json();

struct BotApi {
  std::string base;   ///< "https://api.telegram.org", without a slash at the end
  std::string token;  ///< "123456789:AA…"

  /// The call of one method, without its arguments.
  [[nodiscard]] HttpCall method(std::string_view name) const;
  /// … with JSON arguments.
  [[nodiscard]] HttpCall call(std::string_view name, const Json& arguments) const;
};

/// How updates come: Telegram calls us, or we ask (no public address needed).
enum class Mode { webhook, polling };

struct Settings {
  BotApi api;
  std::vector<std::string> secret_tokens;  ///< empty only in polling mode: then no webhook is believed
  Mode mode = Mode::webhook;
};

/// Settings: bot_token, secret_token (one or more; may be left out when polling), mode, api_base.
[[nodiscard]] Result<Settings> read_settings(const std::string& name, const ChannelSettings& settings);

/// The house's names of Telegram's messages: "m:CHAT:MESSAGE". A resident's message has ":UPDATE" behind it, because
/// the update is what Telegram repeats, while only update and message together stay unique when Telegram restarts its
/// numbering of updates (it does after a week without any).
[[nodiscard]] std::string message_key(std::int64_t chat, std::int64_t message);
/// The message's number in a name made above, or nothing.
[[nodiscard]] std::optional<std::int64_t> message_number(std::string_view key);

}  // namespace sahut::adapters::telegram

// The channels of a configuration, made ready.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/channel.hpp"
#include "adapters/telegram/bot_api.hpp"
#include "server/configuration/configuration.hpp"
#include "values/problem.hpp"

namespace sahut::server {

/// A channel with its name. The web chat has no adapter: it is the server's own page.
struct NamedChannel {
  std::string name;
  std::string kind;
  std::optional<adapters::telegram::Settings> polled;  ///< Telegram without a public address: we ask for updates
  std::shared_ptr<const adapters::Channel> channel;    ///< null for the web chat
  std::string profile;                                 ///< of a gateway
  std::string path_secret;                             ///< what follows /webhooks/NAME/ where the gateway cannot sign
  std::string link;                                    ///< where residents open it: https://wa.me/…, https://t.me/…
  std::int64_t free_messages = 0;                      ///< a month, of WhatsApp; 0 = nothing is metered
};

struct Channels {
  std::vector<NamedChannel> all;
  std::string web_chat;                       ///< name of the web chat, empty if it is turned off
  std::vector<std::string> web_chat_origins;  ///< other sites that may hold the web chat; "*" = all

  [[nodiscard]] const NamedChannel* find(std::string_view name) const;
};

/// A channel without its secret is a Problem: it must not start (fail closed).
[[nodiscard]] Result<Channels> channels_of(const Configuration& configuration);

}  // namespace sahut::server

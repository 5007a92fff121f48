// Files of residents (Bot API, getFile): at most 20 MB, the address holds for an hour and has the token in it.
#pragma once

#include <optional>
#include <string>

#include "adapters/channel.hpp"
#include "adapters/telegram/bot_api.hpp"

namespace sahut::adapters::telegram {

[[nodiscard]] std::optional<HttpCall> seek_media(const BotApi& api, const std::string& attachment);
/// The answer to seek_media.
[[nodiscard]] MediaStep media_path(const BotApi& api, const HttpAnswer& answer);

}  // namespace sahut::adapters::telegram

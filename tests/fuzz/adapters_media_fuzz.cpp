// Any attachment and any answer on the way to a file: no call leaves for a server that is not the channel's own.
#include <cstdint>
#include <cstdlib>
#include <string>

#include <nlohmann/json.hpp>

#include "adapters/channel.hpp"
#include "adapters/media_type.hpp"
#include "adapters/web_address.hpp"

namespace {

using namespace sahut::adapters;

constexpr const char* own_host = "channel.example";

std::vector<std::shared_ptr<const Channel>> all_channels() {
  const std::string base = "https://channel.example";
  std::vector<std::shared_ptr<const Channel>> channels;
  const auto add = [&](const char* kind, const ChannelSettings& settings) {
    auto made = make_channel("x", kind, settings);
    if (!made) std::abort();
    channels.push_back(std::move(made).value());
  };
  add("whatsapp", {{"phone_number_id", "1"},
                   {"access_token", "t"},
                   {"app_secret", "s"},
                   {"verify_token", "v"},
                   {"api_base", base}});
  add("telegram", {{"bot_token", "1:a"}, {"secret_token", "s"}, {"api_base", base}});
  for (const char* profile : {"waha", "evolution"}) {
    ChannelSettings settings = {
        {"profile", profile}, {"secret", "sixteen-letters-1"}, {"api_key", "k"}, {"api_base", base}};
    if (std::string_view(profile) == "evolution") settings.emplace("instance", "i");
    add("gateway", settings);
  }
  return channels;
}

void must_be_ours(const HttpCall& call) {
  const auto address = web_address_of(call.url);
  const bool metas = address && (is_within(address->host, "facebook.com") || is_within(address->host, "fbsbx.com") ||
                                 is_within(address->host, "fbcdn.net") || is_within(address->host, "whatsapp.net"));
  if (!address || !address->tls || (address->host != own_host && !metas)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto channels = all_channels();
  const std::string text(reinterpret_cast<const char*>(data), size);
  (void)media_type_of(text);
  for (const auto& channel : channels) {
    if (const auto call = channel->seek_media(text)) must_be_ours(*call);
    // The same bytes as the value of each key that an attachment or an answer may hold.
    for (const char* key : {"url", "media_id", "file_id"}) {
      const nlohmann::json attachment = {{key, text}};
      const std::string dumped = attachment.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
      if (const auto call = channel->seek_media(dumped)) must_be_ours(*call);
      HttpAnswer answer;
      answer.status = 200;
      answer.body = dumped;
      const MediaStep step = channel->next_media_step(answer, 0);
      if (step.kind == MediaStep::Kind::call) must_be_ours(step.call);
    }
    HttpAnswer answer;
    answer.status = 200;
    answer.body = text;
    const MediaStep step = channel->next_media_step(answer, 0);
    if (step.kind == MediaStep::Kind::call) must_be_ours(step.call);
  }
  return 0;
}

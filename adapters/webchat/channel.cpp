#include "adapters/webchat/channel.hpp"

#include <stdexcept>

#include "adapters/settings_reader.hpp"

namespace sahut::adapters::webchat {
namespace {

class WebchatChannel final : public Channel {
 public:
  [[nodiscard]] std::string_view kind() const override { return "webchat"; }
  [[nodiscard]] Pace pace() const override { return {}; }

  [[nodiscard]] WebhookVerdict receive(const WebhookRequest& /*request*/, UnixMillis /*now*/) const override {
    WebhookVerdict verdict;
    verdict.status = 404;
    verdict.reason = "no_webhook";
    verdict.body = "The web chat has no webhook; its API is below /api/v1/chat/.\n";
    return verdict;
  }

  [[nodiscard]] HttpCall render(const Delivery& /*delivery*/) const override {
    throw std::logic_error("the web chat is delivered by the server itself, not by an HTTP call");
  }
  [[nodiscard]] SendVerdict classify(const HttpAnswer& /*answer*/) const override {
    throw std::logic_error("the web chat is delivered by the server itself, not by an HTTP call");
  }
};

}  // namespace

Result<std::shared_ptr<const Channel>> make(const std::string& name, const ChannelSettings& settings) {
  SettingsReader reader(name, settings);
  if (auto problem = reader.problem()) return *std::move(problem);
  return std::shared_ptr<const Channel>(std::make_shared<WebchatChannel>());
}

}  // namespace sahut::adapters::webchat

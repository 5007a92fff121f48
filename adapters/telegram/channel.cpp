#include "adapters/telegram/channel.hpp"

#include <utility>

#include "adapters/hmac.hpp"
#include "adapters/telegram/bot_api.hpp"
#include "adapters/telegram/classify.hpp"
#include "adapters/telegram/examine.hpp"
#include "adapters/telegram/media.hpp"
#include "adapters/telegram/render.hpp"
#include "adapters/telegram/update.hpp"

namespace sahut::adapters::telegram {
namespace {

class TelegramChannel final : public Channel {
 public:
  explicit TelegramChannel(Settings settings) : settings_(std::move(settings)) {}

  [[nodiscard]] std::string_view kind() const override { return "telegram"; }

  /// Bot FAQ: about one message a second to one chat, short bursts allowed; some thirty a second in all.
  [[nodiscard]] Pace pace() const override {
    return {.contact_burst = 5, .contact_interval_ms = 1'000, .channel_per_second = 30};
  }

  [[nodiscard]] WebhookVerdict receive(const WebhookRequest& request, UnixMillis /*now*/) const override {
    WebhookVerdict verdict;
    if (request.method != "POST") {
      verdict.status = 405;
      verdict.reason = "wrong_method";
      verdict.body = "This is the address Telegram delivers messages to; there is nothing to see here.\n";
      return verdict;
    }
    const auto token = find_only_header(request.headers, "X-Telegram-Bot-Api-Secret-Token");
    if (!token || !is_one_of(*token, settings_.secret_tokens)) {
      verdict.status = 401;
      verdict.reason = "bad_secret";
      verdict.body = "The secret token is not the secret_token of this channel.\n";
      return verdict;
    }
    auto events = parse(request.body);
    if (!events) {
      // Telegram itself always sends JSON. A refusal would hold up the whole chat for a day, but there is no chat here.
      verdict.status = 400;
      verdict.reason = events.problem().code;
      verdict.body = events.problem().what + "\n";
      return verdict;
    }
    verdict.events = std::move(events).value();
    return verdict;
  }

  [[nodiscard]] HttpCall render(const Delivery& delivery) const override {
    if (delivery.file) return send_file(settings_.api, delivery);
    if (delivery.place) return settings_.api.call("sendVenue", send_place_arguments(delivery));
    return settings_.api.call("sendMessage", send_message_arguments(delivery));
  }

  /// Lasts five seconds, or until the message.
  [[nodiscard]] std::optional<HttpCall> typing(const std::string& contact,
                                               const std::string& /*external_id*/) const override {
    return settings_.api.call("sendChatAction", {{"chat_id", chat_id(contact)}, {"action", "typing"}});
  }

  [[nodiscard]] std::optional<HttpCall> seek_media(const std::string& attachment) const override {
    return telegram::seek_media(settings_.api, attachment);
  }

  [[nodiscard]] MediaStep next_media_step(const HttpAnswer& answer, int step) const override {
    return step == 0 ? media_path(settings_.api, answer) : Channel::next_media_step(answer, step);
  }

  [[nodiscard]] SendVerdict classify(const HttpAnswer& answer) const override {
    return telegram::classify(answer, default_refusals());
  }

  [[nodiscard]] std::optional<HttpCall> acknowledge(const std::string& token) const override {
    if (token.empty()) return std::nullopt;
    return settings_.api.call("answerCallbackQuery", {{"callback_query_id", token}});
  }

  [[nodiscard]] std::vector<Probe> probes() const override { return telegram::probes(settings_.api); }
  [[nodiscard]] std::vector<Check> examine(std::span<const HttpAnswer> answers,
                                           const ExaminationContext& context) const override {
    return telegram::examine(answers, settings_, context);
  }

 private:
  Settings settings_;
};

}  // namespace

Result<std::shared_ptr<const Channel>> make(const std::string& name, const ChannelSettings& settings) {
  auto read = read_settings(name, settings);
  if (!read) return read.problem();
  return std::shared_ptr<const Channel>(std::make_shared<TelegramChannel>(std::move(read).value()));
}

}  // namespace sahut::adapters::telegram

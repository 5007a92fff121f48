#include "adapters/whatsapp/channel.hpp"

#include <algorithm>
#include <utility>

#include "adapters/settings_reader.hpp"
#include "adapters/whatsapp/account.hpp"
#include "adapters/whatsapp/classify.hpp"
#include "adapters/whatsapp/examine.hpp"
#include "adapters/whatsapp/media.hpp"
#include "adapters/whatsapp/parse.hpp"
#include "adapters/whatsapp/render.hpp"
#include "adapters/whatsapp/webhook.hpp"

namespace sahut::adapters::whatsapp {
namespace {

class WhatsAppChannel final : public Channel {
 public:
  struct Settings {
    std::string phone_number_id;
    std::string access_token;
    std::vector<std::string> app_secrets;
    std::string verify_token;
    std::string api_base;
    std::string ready_template;  ///< empty: the city has none
    std::string ready_template_language;
    std::string waba_id;
  };

  explicit WhatsAppChannel(Settings settings)
      : settings_(std::move(settings)), keys_(settings_.app_secrets, Digest::sha256) {}

  [[nodiscard]] std::string_view kind() const override { return "whatsapp"; }

  /// Meta, throughput (2026-05-21): 80 a second a number; to one resident a burst of 45, then one in 6 s.
  [[nodiscard]] Pace pace() const override {
    return {.contact_burst = 45, .contact_interval_ms = 6'000, .channel_per_second = 80};
  }

  [[nodiscard]] WebhookVerdict receive(const WebhookRequest& request, UnixMillis now) const override {
    if (request.method == "GET") return answer_handshake(request, settings_.verify_token);
    WebhookVerdict verdict;
    if (!is_signed(request, keys_)) {
      // Meta repeats a refused delivery for days: putting the secret right heals what was missed meanwhile.
      verdict.status = 401;
      verdict.reason = "bad_signature";
      verdict.body = "The signature does not match.\n";
      return verdict;
    }
    auto events = parse(request.body, settings_.phone_number_id, now);
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
    return to_messages(delivery.ready_notice
                           ? render_template(delivery, settings_.ready_template, settings_.ready_template_language)
                           : render_body(delivery));
  }

  [[nodiscard]] bool has_ready_notice() const override { return !settings_.ready_template.empty(); }

  [[nodiscard]] std::optional<HttpCall> mark_read(const std::string& /*contact*/,
                                                  const std::string& external_id) const override {
    return to_messages(render_read_mark(external_id));
  }

  [[nodiscard]] std::optional<HttpCall> typing(const std::string& /*contact*/,
                                               const std::string& external_id) const override {
    return to_messages(render_typing(external_id));
  }

  [[nodiscard]] std::optional<HttpCall> upload(const Delivery& delivery) const override {
    if (!delivery.file) return std::nullopt;
    return whatsapp::upload(account(), *delivery.file);
  }

  [[nodiscard]] SendVerdict classify_upload(const HttpAnswer& answer) const override {
    return whatsapp::classify_upload(answer, default_error_table());
  }

  [[nodiscard]] std::optional<HttpCall> seek_media(const std::string& attachment) const override {
    return whatsapp::seek_media(account(), attachment);
  }

  [[nodiscard]] MediaStep next_media_step(const HttpAnswer& answer, int step) const override {
    return step == 0 ? media_address(account(), answer) : Channel::next_media_step(answer, step);
  }

  [[nodiscard]] SendVerdict classify(const HttpAnswer& answer) const override {
    return whatsapp::classify(answer, default_error_table());
  }

  [[nodiscard]] std::vector<Probe> probes() const override { return whatsapp::probes(account()); }
  [[nodiscard]] std::vector<Check> examine(std::span<const HttpAnswer> answers,
                                           const ExaminationContext& context) const override {
    return whatsapp::examine(answers, account(), context);
  }

 private:
  [[nodiscard]] HttpCall to_messages(std::string body) const {
    HttpCall call;
    call.url = settings_.api_base + "/" + settings_.phone_number_id + "/messages";
    call.headers = {{"Authorization", "Bearer " + settings_.access_token}, {"Content-Type", "application/json"}};
    call.body = std::move(body);
    return call;
  }

  [[nodiscard]] Account account() const {
    return {settings_.api_base, settings_.phone_number_id, settings_.access_token, settings_.waba_id};
  }

  Settings settings_;
  HmacKeys keys_;
};

bool digits_only(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<std::shared_ptr<const Channel>> make(const std::string& name, const ChannelSettings& settings) {
  SettingsReader reader(name, settings);
  WhatsAppChannel::Settings read;
  read.phone_number_id =
      reader.required("phone_number_id",
                      "Copy \"Phone number ID\" from Meta's app dashboard, WhatsApp, API setup; it is not the number.");
  read.access_token = reader.required(
      "access_token",
      "Make a permanent token of a system user in Meta's business settings, with whatsapp_business_messaging.");
  read.app_secrets = reader.required_list(
      "app_secret",
      "Copy the app secret from Meta's app dashboard, App settings, Basic; without it anybody could write.");
  read.verify_token =
      reader.required("verify_token", "Choose a long random word and enter the same one in Meta's dashboard.");
  read.api_base = reader.base_url("api_base", default_api_base);
  read.ready_template = reader.optional("ready_template");
  read.ready_template_language = reader.optional("ready_template_language", "id");
  read.waba_id = reader.optional("waba_id");
  if (!digits_only(read.phone_number_id)) {
    reader.refuse("bad_setting", "phone_number_id", "This is not a phone number ID: it has digits only.",
                  "Copy \"Phone number ID\" from Meta's app dashboard, WhatsApp, API setup.");
  }
  if (!digits_only(read.waba_id)) {
    reader.refuse("bad_setting", "waba_id", "This is not the id of a WhatsApp Business Account: it has digits only.",
                  "Copy \"WhatsApp Business Account ID\" from WhatsApp Manager, or leave it out.");
  }
  if (auto problem = reader.problem()) return *std::move(problem);
  return std::shared_ptr<const Channel>(std::make_shared<WhatsAppChannel>(std::move(read)));
}

}  // namespace sahut::adapters::whatsapp

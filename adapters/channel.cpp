#include "adapters/channel.hpp"

#include "adapters/gateway/channel.hpp"
#include "adapters/telegram/channel.hpp"
#include "adapters/webchat/channel.hpp"
#include "adapters/whatsapp/channel.hpp"

namespace sahut::adapters {

std::optional<HttpCall> Channel::acknowledge(const std::string& /*token*/) const {
  return std::nullopt;
}

bool Channel::has_ready_notice() const {
  return false;
}

std::optional<HttpCall> Channel::mark_read(const std::string& /*contact*/, const std::string& /*external_id*/) const {
  return std::nullopt;
}

std::optional<HttpCall> Channel::typing(const std::string& /*contact*/, const std::string& /*external_id*/) const {
  return std::nullopt;
}

std::optional<HttpCall> Channel::upload(const Delivery& /*delivery*/) const {
  return std::nullopt;
}

SendVerdict Channel::classify_upload(const HttpAnswer& answer) const {
  return classify(answer);
}

std::optional<HttpCall> Channel::seek_media(const std::string& /*attachment*/) const {
  return std::nullopt;
}

MediaStep Channel::next_media_step(const HttpAnswer& answer, int /*step*/) const {
  MediaStep step = media_step_of(answer);
  if (step.kind == MediaStep::Kind::content) step.content = answer.body;
  return step;
}

std::vector<Probe> Channel::probes() const {
  return {};
}

std::vector<Check> Channel::examine(std::span<const HttpAnswer> /*answers*/,
                                    const ExaminationContext& /*context*/) const {
  return {};
}

Result<std::shared_ptr<const Channel>> make_channel(const std::string& name, const std::string& kind,
                                                    const ChannelSettings& settings) {
  if (kind == "whatsapp") return whatsapp::make(name, settings);
  if (kind == "telegram") return telegram::make(name, settings);
  if (kind == "gateway") return gateway::make(name, settings);
  if (kind == "webchat") return webchat::make(name, settings);
  return Problem{"unknown_kind", "channels." + name + ".kind", "This kind of channel is not known.",
                 "Write \"whatsapp\", \"telegram\", \"gateway\" or \"webchat\"."};
}

}  // namespace sahut::adapters

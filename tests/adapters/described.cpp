#include "tests/adapters/described.hpp"

#include <sstream>

namespace sahut::adapters::test {
namespace {

using namespace conversation;

std::string quoted(const std::string& text) {
  return " \"" + text + "\"";
}

std::string aka(const std::vector<std::string>& aliases) {
  std::string all;
  for (const std::string& alias : aliases) all += (all.empty() ? "" : ", ") + alias;
  return all.empty() ? all : " (aka " + all + ")";
}

std::string at(UnixMillis moment) {
  return moment.known() ? " @" + std::to_string(moment.value / 1000) : "";
}
std::string part(const char* name, const std::string& value) {
  return value.empty() ? "" : std::string(name) + value;
}

struct Describer {
  std::string operator()(const InboundMessage& m) const {
    return "message " + m.external_id + " from " + m.contact + aka(m.aliases) +
           (m.contact_name.empty() ? "" : quoted(m.contact_name)) + at(m.sent_at) + " " + std::string(name_of(m.kind)) +
           (m.text.empty() ? "" : quoted(m.text)) + part(" choice=", m.choice) + part(" quotes=", m.quoted_id) +
           part(" ack=", m.acknowledge) + part(" ", m.attachment) + (m.answerable ? "" : " silent");
  }
  std::string operator()(const DeliveryUpdate& u) const {
    return "update " + u.external_id + " " + std::string(name_of(u.state)) + at(u.at) + part(" corr=", u.correlation) +
           part(" code=", u.error_code) + part(" price=", u.pricing) +
           (u.error_text.empty() ? "" : quoted(u.error_text));
  }
  std::string operator()(const ContactMoved& m) const {
    return "moved " + m.external_id + " " + m.from + " -> " + m.to + aka(m.aliases);
  }
  std::string operator()(const ContactUnreachable& u) const { return "unreachable " + u.contact + at(u.at); }
  std::string operator()(const ChannelHealth& h) const {
    return std::string("health ") + (h.up ? "up " : "down ") + h.detail;
  }
  std::string operator()(const Ignored& i) const { return "ignored " + i.reason; }
};

}  // namespace

std::string described(const InboundEvent& event) {
  return std::visit(Describer{}, event);
}

std::vector<std::string> described(const std::vector<InboundEvent>& events) {
  std::vector<std::string> lines;
  for (const InboundEvent& event : events) lines.push_back(described(event));
  return lines;
}

std::shared_ptr<const Channel> made(const std::string& kind, const ChannelSettings& settings) {
  auto channel = make_channel("test", kind, settings);
  if (!channel) throw std::runtime_error(channel.problem().text());
  return std::move(channel).value();
}

WebhookRequest post(std::string_view body, Headers headers) {
  WebhookRequest request;
  request.method = "POST";
  request.headers = std::move(headers);
  request.body = body;
  return request;
}

}  // namespace sahut::adapters::test

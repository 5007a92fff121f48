#include "server/state/take_in.hpp"

#include <utility>

#include "server/observation/log.hpp"
#include "storage/repositories/conversations.hpp"

namespace sahut::server {
namespace {

/// What one step sees of the house: taken once, so that a publication in between changes nothing under it.
struct Moment {
  explicit Moment(Services& all)
      : services(all), snapshot(all.knowledge.get()), city(all.city.get()), now(all.clock.now()) {}

  Services& services;
  std::shared_ptr<const knowledge::Snapshot> snapshot;
  std::shared_ptr<const escalation::City> city;
  UnixMillis now;
};

/// The step owns what it reads: the caller may be gone when it runs.
auto inbound_step(const Moment& moment, InboundChannel channel, std::vector<conversation::InboundEvent> events) {
  return [moment, channel = std::move(channel), events = std::move(events)](storage::Connection& connection) {
    const Services& services = moment.services;
    const InboundContext context{services.ids,       *moment.snapshot,     *moment.city,
                                 services.sentences, services.case_prefix, services.media_rules.keep_days > 0};
    return take_events(connection, channel, events, moment.now, context);
  };
}

}  // namespace

boost::asio::awaitable<void> take_in(Services& services, InboundChannel channel,
                                     std::vector<conversation::InboundEvent> events, std::int64_t lane) {
  std::erase_if(events, [&](const conversation::InboundEvent& event) {
    const auto* ignored = std::get_if<conversation::Ignored>(&event);
    if (ignored != nullptr) services.metrics.event_ignored(channel.name, ignored->reason);
    return ignored != nullptr;
  });
  if (events.empty()) co_return;
  const auto taken = static_cast<double>(events.size());
  const Moment moment(services);
  const std::string name = channel.name;
  auto step = inbound_step(moment, std::move(channel), std::move(events));
  const InboundEffects effects = co_await storage::write(
      services.store.ledger(), storage::Lane{static_cast<std::uint64_t>(lane)}, std::move(step));
  services.metrics.event_taken(name, taken);
  services.channel_watch.received(name, moment.now);
  if (effects.duplicates > 0) services.metrics.duplicate_seen(name, static_cast<double>(effects.duplicates));
  if (effects.failed > 0) {
    services.metrics.event_failed(name, static_cast<double>(effects.failed));
    log(LogLevel::error, "an event could not be taken", {{"channel", name}, {"count", effects.failed}});
  }
  for (const std::string& action : effects.actions) services.metrics.turn_ended(action);
  for (const conversation::ChannelHealth& health : effects.health) {
    services.metrics.channel_up(name, health.up);
    services.channel_watch.health(name, health.up, health.detail, moment.now);
    log(health.up ? LogLevel::info : LogLevel::error,
        health.up ? "the channel's session is back"
                  : "the channel has lost its session: log it in again at the gateway",
        {{"channel", name}, {"detail", health.detail}});
  }
  services.live.publish(effects.live);
  for (const ContactId contact : effects.contacts_with_news) services.live.news_for(contact);
  if (effects.outbox) services.wake_ups.wake(name);
  if (effects.media) services.wake_ups.wake(std::string(media_wake_up));
}

std::string title_of_choice(Services& services, const storage::ContactRecord& contact, const std::string& value) {
  std::string title;
  services.store.read([&](storage::Connection& connection) {
    if (const auto thread = storage::open_conversation(connection, contact.id)) {
      for (const conversation::Choice& choice : thread->memory.offered) {
        if (choice.value == value) title = choice.title;
      }
    }
  });
  return title;
}

}  // namespace sahut::server

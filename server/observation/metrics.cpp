#include "server/observation/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace sahut::server {
namespace {

using CounterFamily = prometheus::Family<prometheus::Counter>;
using GaugeFamily = prometheus::Family<prometheus::Gauge>;

std::string text_of(std::string_view view) {
  return std::string(view);
}

CounterFamily& counter(prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}
GaugeFamily& gauge(prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
}

}  // namespace

struct Metrics::Families {
  explicit Families(prometheus::Registry& registry)
      : requests(counter(registry, "sahut_http_requests_total", "Requests answered, by route and status class")),
        request_seconds(prometheus::BuildHistogram()
                            .Name("sahut_http_request_seconds")
                            .Help("Time from the first byte of a request to the last of its answer, by route")
                            .Register(registry)),
        refused(counter(registry, "sahut_webhooks_refused_total", "Webhooks that were not authentic or not readable")),
        ignored(counter(registry, "sahut_events_ignored_total", "Authentic events with nothing to do, by reason")),
        taken(counter(registry, "sahut_events_taken_total", "Events of residents and channels that were committed")),
        duplicates(counter(registry, "sahut_events_duplicate_total", "Messages that had already been taken")),
        failed(counter(registry, "sahut_events_failed_total", "Events that could not be taken; look into the log")),
        turns(counter(registry, "sahut_turns_total", "How the bot's turns ended")),
        sends(counter(registry, "sahut_sends_total", "Attempts to deliver a message, by outcome")),
        files(counter(registry, "sahut_media_total", "Residents' files, by whether they could be fetched")),
        repeats(counter(registry, "sahut_sends_may_repeat_total",
                        "Messages that may have reached the resident before they are sent again")),
        waiting(gauge(registry, "sahut_outbox_waiting", "Messages that wait to leave")),
        dead(gauge(registry, "sahut_outbox_dead", "Messages that the channel refused for ever")),
        oldest(gauge(registry, "sahut_outbox_oldest_seconds", "Age of the oldest waiting message")),
        ledger_values(
            gauge(registry, "sahut_ledger", "The ledger: steps waiting now; steps and commits since the start")),
        up(gauge(registry, "sahut_channel_up", "1 if the channel's account works as far as we know")),
        streams(gauge(registry, "sahut_event_streams", "Pages that listen now")),
        knowledge_values(
            gauge(registry, "sahut_knowledge", "Version of the published knowledge and number of entries")) {}

  CounterFamily& requests;
  prometheus::Family<prometheus::Histogram>& request_seconds;
  CounterFamily& refused;
  CounterFamily& ignored;
  CounterFamily& taken;
  CounterFamily& duplicates;
  CounterFamily& failed;
  CounterFamily& turns;
  CounterFamily& sends;
  CounterFamily& files;
  CounterFamily& repeats;
  GaugeFamily& waiting;
  GaugeFamily& dead;
  GaugeFamily& oldest;
  GaugeFamily& ledger_values;
  GaugeFamily& up;
  GaugeFamily& streams;
  GaugeFamily& knowledge_values;
};

Metrics::Metrics()
    : registry_(std::make_shared<prometheus::Registry>()), families_(std::make_unique<Families>(*registry_)) {}
Metrics::~Metrics() = default;

void Metrics::request_done(std::string_view route, int status, double seconds) {
  const std::string status_class = std::to_string(status / 100) + "xx";
  families_->requests.Add({{"route", text_of(route)}, {"status", status_class}}).Increment();
  families_->request_seconds
      .Add({{"route", text_of(route)}},
           prometheus::Histogram::BucketBoundaries{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5})
      .Observe(seconds);
}
void Metrics::webhook_refused(std::string_view channel, std::string_view reason) {
  families_->refused.Add({{"channel", text_of(channel)}, {"reason", text_of(reason)}}).Increment();
}
void Metrics::event_ignored(std::string_view channel, std::string_view reason) {
  families_->ignored.Add({{"channel", text_of(channel)}, {"reason", text_of(reason)}}).Increment();
}
void Metrics::event_taken(std::string_view channel, double count) {
  families_->taken.Add({{"channel", text_of(channel)}}).Increment(count);
}
void Metrics::duplicate_seen(std::string_view channel, double count) {
  families_->duplicates.Add({{"channel", text_of(channel)}}).Increment(count);
}
void Metrics::event_failed(std::string_view channel, double count) {
  families_->failed.Add({{"channel", text_of(channel)}}).Increment(count);
}
void Metrics::turn_ended(std::string_view action) {
  families_->turns.Add({{"action", text_of(action)}}).Increment();
}
void Metrics::send_ended(std::string_view channel, std::string_view outcome) {
  families_->sends.Add({{"channel", text_of(channel)}, {"outcome", text_of(outcome)}}).Increment();
}
void Metrics::send_may_repeat(std::string_view channel, double count) {
  families_->repeats.Add({{"channel", text_of(channel)}}).Increment(count);
}
void Metrics::media_ended(std::string_view channel, std::string_view outcome) {
  families_->files.Add({{"channel", text_of(channel)}, {"outcome", text_of(outcome)}}).Increment();
}
void Metrics::outbox_depth(std::string_view channel, double waiting, double dead, double oldest_seconds) {
  families_->waiting.Add({{"channel", text_of(channel)}}).Set(waiting);
  families_->dead.Add({{"channel", text_of(channel)}}).Set(dead);
  families_->oldest.Add({{"channel", text_of(channel)}}).Set(oldest_seconds);
}
void Metrics::ledger(double waiting, double steps, double commits) {
  families_->ledger_values.Add({{"what", "waiting"}}).Set(waiting);
  families_->ledger_values.Add({{"what", "steps"}}).Set(steps);
  families_->ledger_values.Add({{"what", "commits"}}).Set(commits);
}
void Metrics::channel_up(std::string_view channel, bool up) {
  families_->up.Add({{"channel", text_of(channel)}}).Set(up ? 1 : 0);
}
void Metrics::event_streams(double open) {
  families_->streams.Add({}).Set(open);
}
void Metrics::knowledge(double version, double entries) {
  families_->knowledge_values.Add({{"what", "version"}}).Set(version);
  families_->knowledge_values.Add({{"what", "entries"}}).Set(entries);
}

std::string Metrics::text() const {
  return prometheus::TextSerializer().Serialize(registry_->Collect());
}

}  // namespace sahut::server

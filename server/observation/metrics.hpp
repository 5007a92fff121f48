// The figures operators scrape. Names and labels are fixed and few: never a phone number, an address or a resident's
// words.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace prometheus {
class Registry;
}

namespace sahut::server {

class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // All of them: any thread, nanoseconds.
  void request_done(std::string_view route, int status, double seconds);
  void webhook_refused(std::string_view channel, std::string_view reason);
  void event_ignored(std::string_view channel, std::string_view reason);
  void event_taken(std::string_view channel, double count);
  void duplicate_seen(std::string_view channel, double count);
  void event_failed(std::string_view channel, double count);
  void turn_ended(std::string_view action);
  void send_ended(std::string_view channel, std::string_view outcome);
  /// Sends that may reach the resident twice, because the process died or the line broke before the channel's yes was
  /// kept.
  void send_may_repeat(std::string_view channel, double count);
  /// A file of a resident: "stored", "later", or why it cannot be had.
  void media_ended(std::string_view channel, std::string_view outcome);
  void outbox_depth(std::string_view channel, double waiting, double dead, double oldest_seconds);
  void ledger(double waiting, double steps, double commits);
  void channel_up(std::string_view channel, bool up);
  void event_streams(double open);
  void knowledge(double version, double entries);

  /// The Prometheus text of everything.
  [[nodiscard]] std::string text() const;

 private:
  struct Families;
  std::shared_ptr<prometheus::Registry> registry_;
  std::unique_ptr<Families> families_;
};

}  // namespace sahut::server

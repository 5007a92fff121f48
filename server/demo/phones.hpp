// Two simulated phones for the demonstration: the page /demo types and taps, we post what Meta or Telegram would post
// to our own webhooks, and a small server of ours takes what the real senders would send to them. Nothing in between is
// simulated: adapters, ledger, turn, outbox and desk are those of every day.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>
#include <vector>

#include "server/configuration/configuration.hpp"
#include "server/http/client.hpp"
#include "server/http/router.hpp"
#include "values/id.hpp"
#include "values/problem.hpp"
#include "values/time.hpp"

namespace sahut::server {

class DemoPhones {
 public:
  /// Opens the port the senders will call, on 127.0.0.1. Keeps the references.
  [[nodiscard]] static Result<std::unique_ptr<DemoPhones>> open(boost::asio::io_context& context, const Clock& clock,
                                                                IdMaker& ids);
  ~DemoPhones();
  DemoPhones(const DemoPhones&) = delete;
  DemoPhones& operator=(const DemoPhones&) = delete;

  /// The two channels, with secrets made for this run.
  [[nodiscard]] std::vector<ChannelConfiguration> channels() const;
  /// GET /demo/events, POST /demo/messages, POST /demo/new-resident.
  [[nodiscard]] std::vector<http::Route> routes();
  /// From now on what is typed goes to `base`, such as "http://127.0.0.1:8080". The client outlives this.
  void start(http::HttpClient& client, const std::string& base);
  void stop();

 private:
  class State;
  explicit DemoPhones(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

}  // namespace sahut::server

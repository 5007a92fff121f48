// One channel's sender: takes rows of the outbox in the order of each contact, sends them within the channel's pace,
// and writes down what became of each. Survives everything but the end of the process; then the rows still wait in the
// store.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <exception>
#include <memory>
#include <random>

#include "server/http/client.hpp"
#include "server/outbox/pacer.hpp"
#include "server/outbox/send_plan.hpp"
#include "server/state/services.hpp"
#include "storage/repositories/media.hpp"
#include "storage/repositories/outbox.hpp"

namespace sahut::server {

class Sender : public std::enable_shared_from_this<Sender> {
 public:
  Sender(boost::asio::io_context& context, Services& services, const NamedChannel& channel, http::HttpClient& client);

  void start();
  /// Takes nothing more; calls under way finish. Any thread.
  void stop();
  /// Calls under way now.
  [[nodiscard]] std::size_t in_flight() const { return in_flight_; }

 private:
  /// A row with everything its call needs, read in the same step that marked it.
  struct Job {
    storage::OutboxRecord record;
    adapters::Delivery delivery;
    std::optional<storage::MediaRecord> file;  ///< the message carries it
    bool by_officer = false;
    bool sendable = true;  ///< false: the message or the contact is gone
  };

  boost::asio::awaitable<void> run();
  boost::asio::awaitable<std::vector<Job>> take_jobs();
  boost::asio::awaitable<void> deliver(Job job);
  boost::asio::awaitable<adapters::SendVerdict> bring_file(Job& job);
  boost::asio::awaitable<void> wait_for_departure();
  void report(std::exception_ptr failure);
  boost::asio::awaitable<void> settle(Job job, SendPlan plan, adapters::SendVerdict verdict);
  void count(storage::Connection& connection, const storage::OutboxRecord& record, const std::string& external_id);
  [[nodiscard]] UnixMillis next_moment();
  void poke();

  static constexpr std::size_t most_in_flight = 64;

  Services& services_;
  const NamedChannel& channel_;
  http::HttpClient& client_;
  boost::asio::strand<boost::asio::io_context::executor_type> strand_;
  boost::asio::steady_timer timer_;
  Pacer pacer_;
  std::mt19937_64 random_;
  UnixMillis paused_until_;
  std::atomic<std::size_t> in_flight_ = 0;
  std::atomic<bool> stopping_ = false;
};

}  // namespace sahut::server

#include "server/http/name_lookup.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

#include "server/http/quietly.hpp"

namespace sahut::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

/// Shared with the resolver's thread, which may still be at it when the deadline has passed.
struct Lookup {
  explicit Lookup(const asio::any_io_executor& executor) : resolver(executor), timer(executor) {}
  tcp::resolver resolver;
  asio::steady_timer timer;
  bool done = false;
  Addresses found;
};

/// The first of one family, the first of the other, and so on: the second attempt is never the same dead network.
std::vector<tcp::endpoint> alternating(std::vector<tcp::endpoint> endpoints) {
  const auto middle = std::stable_partition(endpoints.begin(), endpoints.end(),
                                            [](const tcp::endpoint& endpoint) { return endpoint.address().is_v6(); });
  std::vector<tcp::endpoint> mixed;
  auto v6 = endpoints.begin();
  auto v4 = middle;
  while (v6 != middle || v4 != endpoints.end()) {
    if (v6 != middle) mixed.push_back(*v6++);
    if (v4 != endpoints.end()) mixed.push_back(*v4++);
  }
  return mixed;
}

}  // namespace

asio::awaitable<Addresses> look_up(std::string host, std::string port, std::chrono::steady_clock::time_point deadline) {
  boost::system::error_code not_an_address;
  const auto address = asio::ip::make_address(host, not_an_address);
  if (!not_an_address) {
    Addresses known;
    known.endpoints.emplace_back(address, static_cast<std::uint16_t>(std::stoi(port)));
    co_return known;
  }
  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  const auto lookup = std::make_shared<Lookup>(executor);
  lookup->timer.expires_at(deadline);
  lookup->resolver.async_resolve(host, port,
                                 asio::bind_executor(executor, [lookup](const boost::system::error_code& error,
                                                                        tcp::resolver::results_type results) {
                                   lookup->done = true;
                                   lookup->found.error = error;
                                   for (const auto& entry : results)
                                     lookup->found.endpoints.push_back(entry.endpoint());
                                   lookup->timer.cancel();
                                 }));
  const auto [cancelled] = co_await lookup->timer.async_wait(quietly);
  (void)cancelled;
  if (!lookup->done) {
    lookup->resolver.cancel();
    Addresses late;
    late.error = asio::error::timed_out;
    co_return late;
  }
  lookup->found.endpoints = alternating(std::move(lookup->found.endpoints));
  co_return std::move(lookup->found);
}

}  // namespace sahut::http

#include "server/http/server.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "server/http/connection.hpp"
#include "server/http/quietly.hpp"

namespace sahut::http {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto accept_pause = 100ms;   ///< when there are no descriptors left: clients wait in the kernel's queue
constexpr auto trouble_pause = 10s;    ///< between two reports of it
constexpr auto longest_watch = 500ms;  ///< between two looks at the deadlines

std::size_t descriptors_for_connections() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return 1'000'000;
  return std::max<std::size_t>(static_cast<std::size_t>(limit.rlim_cur) / 4 * 3, 8);
}

/// A deadline is kept to within a quarter of the shortest time-out.
std::chrono::milliseconds watch_interval(const ServerLimits& limits) {
  const auto shortest = std::min({limits.idle, limits.header, limits.body, limits.write, limits.linger});
  return std::clamp<std::chrono::milliseconds>(shortest / 4, 5ms, longest_watch);
}

/// The listening socket and the watch. Held by its own coroutines, so that it outlives the Server until they end.
class Listener : public std::enable_shared_from_this<Listener> {
 public:
  Listener(asio::io_context& context, std::shared_ptr<Serving> serving)
      : serving_(std::move(serving)),
        context_(context),
        strand_(asio::make_strand(context)),
        acceptor_(strand_),
        watch_(strand_),
        pause_(strand_) {}

  std::optional<Problem> open() {
    const ServerOptions& options = serving_->options;
    boost::system::error_code error;
    const auto address = asio::ip::make_address(options.address, error);
    const std::string where = options.address + ":" + std::to_string(options.port);
    if (error) {
      return Problem{"bad_address", where, "`" + options.address + "` is not an address.",
                     "Write an IP address such as 127.0.0.1."};
    }
    const tcp::endpoint endpoint(address, options.port);
    (void)acceptor_.open(endpoint.protocol(), error);
    if (!error) (void)acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) (void)acceptor_.bind(endpoint, error);
    if (!error) (void)acceptor_.listen(4096, error);
    if (!error) {
      port_ = acceptor_.local_endpoint().port();
      return std::nullopt;
    }
    const std::string port = std::to_string(options.port);
    if (error == asio::error::address_in_use) {
      return Problem{"port_in_use", where, "port " + port + " is already in use by another program.",
                     "Stop that program, or choose another port with --listen."};
    }
    if (error == asio::error::access_denied) {
      return Problem{"port_forbidden", where, "port " + port + " may not be opened by this user.",
                     "Choose a port above 1023 with --listen."};
    }
    return Problem{"cannot_listen", where, "this address cannot be opened (" + error.message() + ").",
                   "Choose another with --listen."};
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }

  void start() {
    asio::co_spawn(strand_, accept(shared_from_this()), asio::detached);
    asio::co_spawn(strand_, watch(shared_from_this()), asio::detached);
  }

  void stop() {
    serving_->stopping = true;
    asio::post(strand_, [self = shared_from_this()] {
      boost::system::error_code ignored;
      (void)self->acceptor_.close(ignored);
      self->pause_.cancel();
    });
    serving_->registry->end_waiting();
  }

 private:
  using Strand = asio::strand<asio::io_context::executor_type>;

  // Coroutines are static and own what they use: a coroutine that is a member would outlive its object.
  static awaitable<void> accept(std::shared_ptr<Listener> self) {
    Serving& serving = *self->serving_;
    const std::size_t most = std::min(serving.options.most_connections, descriptors_for_connections());
    while (!serving.stopping) {
      if (serving.registry->size() >= most) {
        // Room is made only when somebody knocks.
        const auto [knock] = co_await self->acceptor_.async_wait(tcp::acceptor::wait_read, quietly);
        if (knock) co_return;
        if (serving.registry->size() >= most && !serving.registry->end_longest_idle()) {
          self->report("too many connections are open");
          co_await self->rest();
          continue;
        }
      }
      Socket socket(self->context_.get_executor());
      const auto [error] = co_await self->acceptor_.async_accept(socket, quietly);
      if (serving.stopping || error == asio::error::operation_aborted) co_return;
      if (error == asio::error::connection_aborted) continue;  // gone before it was taken
      if (error) {
        self->report("no connection can be accepted: " + error.message());
        co_await self->rest();
        continue;
      }
      self->take(std::move(socket));
    }
  }

  void take(Socket socket) {
    boost::system::error_code error;
    (void)socket.set_option(tcp::no_delay(true), error);
    const auto endpoint = socket.remote_endpoint(error);
    if (error) return;  // already gone
    auto watched = std::make_unique<WatchedSocket>(std::move(socket), serving_->registry);
    auto connection = std::make_shared<Connection>(serving_, std::move(watched), text_of(endpoint.address()));
    asio::co_spawn(context_, run(std::move(connection)), asio::detached);
  }

  static awaitable<void> run(std::shared_ptr<Connection> connection) { co_await connection->run(); }

  /// Runs until the last connection of a stopped server has ended.
  static awaitable<void> watch(std::shared_ptr<Listener> self) {
    const auto interval = watch_interval(self->serving_->options.limits);
    while (!self->serving_->stopping || self->serving_->registry->size() > 0) {
      self->watch_.expires_after(interval);
      const auto [stopped] = co_await self->watch_.async_wait(quietly);
      if (stopped) co_return;
      self->serving_->registry->end_overdue(Clock::now());
    }
  }

  awaitable<void> rest() {
    pause_.expires_after(accept_pause);
    const auto [ended] = co_await pause_.async_wait(quietly);
    (void)ended;
  }

  void report(std::string_view why) {
    const auto now = Clock::now();
    if (!serving_->hooks.on_trouble || now < quiet_until_) return;
    quiet_until_ = now + trouble_pause;
    serving_->hooks.on_trouble(why);
  }

  std::shared_ptr<Serving> serving_;
  asio::io_context& context_;
  Strand strand_;
  asio::basic_socket_acceptor<tcp, Strand> acceptor_;
  asio::steady_timer watch_;
  asio::steady_timer pause_;
  std::uint16_t port_ = 0;
  Clock::time_point quiet_until_;
};

class ListeningServer final : public Server {
 public:
  ListeningServer(std::shared_ptr<Listener> listener, std::shared_ptr<Serving> serving)
      : listener_(std::move(listener)), serving_(std::move(serving)) {}
  ~ListeningServer() override { stop(); }

  [[nodiscard]] std::uint16_t port() const override { return listener_->port(); }
  void start() override { listener_->start(); }
  void stop() override { listener_->stop(); }
  [[nodiscard]] std::size_t open_connections() const override { return serving_->registry->size(); }

 private:
  std::shared_ptr<Listener> listener_;
  std::shared_ptr<Serving> serving_;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::listen(asio::io_context& context, ServerOptions options,
                                               std::shared_ptr<const Router> router, ServerHooks hooks) {
  auto proxies = TrustedProxies::parse(options.trusted_proxies);
  if (!proxies.ok()) return proxies.problem();
  auto serving = std::make_shared<Serving>();
  serving->options = std::move(options);
  serving->router = std::move(router);
  serving->hooks = std::move(hooks);
  serving->proxies = std::move(proxies).value();
  auto listener = std::make_shared<Listener>(context, serving);
  if (auto problem = listener->open()) return *problem;
  return std::unique_ptr<Server>(std::make_unique<ListeningServer>(std::move(listener), std::move(serving)));
}

}  // namespace sahut::http

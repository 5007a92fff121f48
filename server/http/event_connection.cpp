#include "server/http/event_connection.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <utility>

#include "server/http/connection.hpp"
#include "server/http/quietly.hpp"

namespace sahut::http {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using Clock = std::chrono::steady_clock;
using Strand = asio::strand<asio::io_context::executor_type>;

/// A reading client has nothing to say on a stream; one that talks on is ended.
constexpr std::size_t most_received_bytes = 4 * 1024;

/// Two coroutines share it, on one strand: one writes, one notices that the client went away.
struct EventLine {
  EventLine(std::unique_ptr<WatchedSocket> watched, const Strand& executor)
      : socket(std::move(watched)), strand(executor), wake(executor) {}

  void look_again() {
    const auto open = stream.lock();
    if (open && open->dropped()) close();  // it does not read: what waits for it will never leave
    wake.cancel();
  }
  void close() {
    boost::system::error_code ignored;
    (void)socket->socket().shutdown(Socket::shutdown_both, ignored);
  }

  std::unique_ptr<WatchedSocket> socket;
  std::weak_ptr<EventStream> stream;
  Strand strand;
  asio::steady_timer wake;  ///< cancelled when there is something to write
};

awaitable<void> notice_end(std::shared_ptr<EventLine> line, std::shared_ptr<EventStream> stream) {
  std::array<char, 64> ignored{};
  std::size_t received = 0;
  while (!stream->closed() && received < most_received_bytes) {
    const auto [error, size] = co_await line->socket->socket().async_read_some(asio::buffer(ignored), quietly);
    if (error) break;
    received += size;
  }
  stream->close();
}

awaitable<void> write_events(std::shared_ptr<Serving> serving, std::shared_ptr<EventLine> line, std::string head,
                             std::function<void(std::shared_ptr<EventStream>)> on_stream) {
  const ServerLimits& limits = serving->options.limits;
  // The owner of the stream may keep it long after its end, even after the io_context's: it must hold neither the
  // socket nor the strand.
  const auto stream = std::make_shared<EventStream>([weak_line = std::weak_ptr<EventLine>(line)] {
    const auto open = weak_line.lock();
    if (!open) return;
    asio::post(open->strand, [weak_line] {
      if (const auto alive = weak_line.lock()) alive->look_again();
    });
  });
  line->stream = stream;
  head += "retry: 2000\n\n";
  line->socket->wait_for(WatchedSocket::Waiting::writing, Clock::now() + limits.write);
  const auto [head_error, head_size] = co_await asio::async_write(line->socket->socket(), asio::buffer(head), quietly);
  if (head_error || serving->stopping) co_return line->close();
  head = std::string();
  asio::co_spawn(line->strand, notice_end(line, stream), asio::detached);
  try {
    std::exchange(on_stream, nullptr)(stream);
  } catch (const std::exception&) {
    stream->close();  // the page comes again; whoever threw has its own log
  }

  while (true) {
    std::string text = stream->take();
    if (text.empty()) {
      if (stream->closed()) break;
      line->socket->wait_without_end(WatchedSocket::Waiting::quiet);
      if (serving->stopping) break;  // asked after saying that we are quiet: stop() sees one or the other
      line->wake.expires_after(limits.heartbeat);
      const auto [woken] = co_await line->wake.async_wait(quietly);
      if (woken) continue;
      text = ":\n\n";
    }
    line->socket->wait_for(WatchedSocket::Waiting::writing, Clock::now() + limits.write);
    const auto [error, size] = co_await asio::async_write(line->socket->socket(), asio::buffer(text), quietly);
    if (error) break;
  }
  stream->close();
  line->close();
}

}  // namespace

void start_event_connection(std::shared_ptr<Serving> serving, std::unique_ptr<WatchedSocket> socket, std::string head,
                            std::function<void(std::shared_ptr<EventStream>)> on_stream) {
  const Strand strand(socket->socket().get_executor());
  auto line = std::make_shared<EventLine>(std::move(socket), strand);
  asio::co_spawn(strand, write_events(std::move(serving), std::move(line), std::move(head), std::move(on_stream)),
                 asio::detached);
}

}  // namespace sahut::http

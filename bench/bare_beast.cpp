// The reference of bench/run: the shortest honest Boost.Beast server, a coroutine a connection with a time-out on each
// read and each write, that answers 200 to every POST. With --as-whatsapp it answers as Meta does and takes what the
// outbox sends.
//     bare_beast PORT [--as-whatsapp]        PORT 0 = any free one; the real one is printed
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <iostream>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds longest_wait{30};

std::string answer_body(bool as_whatsapp) {
  static std::atomic<unsigned long> sent = 0;
  if (!as_whatsapp) return {};
  return R"({"messages":[{"id":"wamid.bench-)" + std::to_string(sent++) + R"("}]})";
}

asio::awaitable<void> serve(tcp::socket socket, bool as_whatsapp) {
  beast::tcp_stream stream(std::move(socket));
  beast::flat_buffer buffer;
  while (true) {
    http::request<http::string_body> request;
    stream.expires_after(longest_wait);
    const auto [read_error, read] = co_await http::async_read(stream, buffer, request, quietly);
    if (read_error) co_return;
    http::response<http::string_body> response(http::status::ok, request.version());
    response.keep_alive(request.keep_alive());
    response.body() = answer_body(as_whatsapp);
    response.prepare_payload();
    stream.expires_after(longest_wait);
    const auto [write_error, written] = co_await http::async_write(stream, response, quietly);
    if (write_error || !request.keep_alive()) co_return;
  }
}

asio::awaitable<void> accept(tcp::acceptor& acceptor, bool as_whatsapp) {
  while (true) {
    tcp::socket socket(asio::make_strand(acceptor.get_executor()));
    const auto [error] = co_await acceptor.async_accept(socket, quietly);
    if (error) continue;
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const auto strand = socket.get_executor();
    asio::co_spawn(strand, serve(std::move(socket), as_whatsapp), asio::detached);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: bare_beast PORT [--as-whatsapp]\n";
    return 2;
  }
  const bool as_whatsapp = argc > 2 && std::string_view(argv[2]) == "--as-whatsapp";
  const auto port = static_cast<std::uint16_t>(std::stoi(argv[1]));
  asio::io_context context;
  tcp::acceptor acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), port));
  std::cout << acceptor.local_endpoint().port() << std::endl;
  asio::co_spawn(context, accept(acceptor, as_whatsapp), asio::detached);
  std::vector<std::jthread> threads;
  for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) {
    threads.emplace_back([&context] { context.run(); });
  }
  return 0;
}

#include "server/http/client.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>
#include <utility>

#include "server/http/call_target.hpp"
#include "server/http/client_line.hpp"
#include "server/http/request.hpp"

namespace sahut::http {
namespace {

namespace asio = boost::asio;
using adapters::HttpAnswer;
using adapters::HttpCall;
using adapters::TransportFailure;
using asio::awaitable;

constexpr std::size_t most_kept = 64;       ///< connections of one origin that wait for their next call
constexpr std::size_t most_kept_all = 256;  ///< … and of all origins

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

}  // namespace

/// The connections that wait for their next call. Everything in it runs on its strand.
class HttpClient::Pool : public std::enable_shared_from_this<Pool> {
 public:
  Pool(asio::io_context& io, ClientOptions client_options)
      : strand(asio::make_strand(io.get_executor())),
        options(std::move(client_options)),
        tls(make_client_tls(options.extra_ca_file)),
        timer_(strand) {}

  /// A connection that is still open, or null.
  std::unique_ptr<ClientLine> take(const Origin& origin) {
    forget_old();
    const auto lines = kept_.find(origin);
    if (lines == kept_.end()) return nullptr;
    while (!lines->second.empty()) {
      std::unique_ptr<ClientLine> line = std::move(lines->second.back());
      lines->second.pop_back();
      if (!line->gone()) return line;
    }
    return nullptr;
  }

  void keep(const Origin& origin, std::unique_ptr<ClientLine> line) {
    forget_old();
    auto& lines = kept_[origin];
    if (lines.size() >= most_kept || size() >= most_kept_all) return;
    line->idle_since = ClientClock::now();
    lines.push_back(std::move(line));
    if (!std::exchange(sweeping_, true)) sweep_later();
  }

  const ClientStrand strand;
  const ClientOptions options;
  const std::shared_ptr<ClientTls> tls;
  const std::shared_ptr<GoodAddresses> good_addresses = std::make_shared<GoodAddresses>();

 private:
  [[nodiscard]] std::size_t size() const {
    std::size_t count = 0;
    for (const auto& [origin, lines] : kept_) count += lines.size();
    return count;
  }

  void forget_old() {
    const auto oldest = ClientClock::now() - options.kept_for;
    for (auto& [origin, lines] : kept_) {
      std::erase_if(lines, [oldest](const auto& line) { return line->idle_since <= oldest; });
    }
    std::erase_if(kept_, [](const auto& item) { return item.second.empty(); });
  }

  /// Closes what nobody needs any more, also when no further call comes.
  void sweep_later() {
    timer_.expires_after(options.kept_for);
    timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
      const auto pool = weak.lock();
      if (error || !pool) return;
      pool->forget_old();
      if (pool->kept_.empty()) {
        pool->sweeping_ = false;
      } else {
        pool->sweep_later();
      }
    });
  }

  asio::steady_timer timer_;
  bool sweeping_ = false;
  std::map<Origin, std::vector<std::unique_ptr<ClientLine>>> kept_;
};

HttpClient::HttpClient(asio::io_context& context, ClientOptions options)
    : pool_(std::make_shared<Pool>(context, std::move(options))) {}
HttpClient::~HttpClient() = default;

awaitable<HttpAnswer> HttpClient::perform(HttpCall call) {
  return asio::co_spawn(pool_->strand, perform_on_strand(pool_, std::move(call)), asio::use_awaitable);
}

awaitable<HttpAnswer> HttpClient::perform_on_strand(std::shared_ptr<Pool> pool, HttpCall call) {
  const auto deadline = ClientClock::now() + std::chrono::milliseconds(call.timeout_ms);
  const auto target = call_target_of(call.url);
  if (!target) {
    HttpAnswer unreadable;
    unreadable.failure = TransportFailure::never_left;
    unreadable.failure_text = "this is not an http address";
    co_return unreadable;
  }
  ConnectPlan plan{*target, proxy_for(target->origin, pool->options), deadline};
  std::unique_ptr<ClientLine> line = pool->take(target->origin);
  if (line) {
    Exchange done = co_await line->exchange(call, *target, deadline);
    if (done.keep) pool->keep(target->origin, std::move(line));
    if (!done.surely_not_taken) co_return std::move(done.answer);
    line.reset();
  }
  Connected connected = co_await connect_line(pool->strand, pool->tls, pool->good_addresses, plan);
  if (!connected.line) co_return std::move(connected.failure);
  Exchange done = co_await connected.line->exchange(std::move(call), *target, deadline);
  if (done.keep) pool->keep(target->origin, std::move(connected.line));
  co_return std::move(done.answer);
}

ClientOptions client_options_from(const std::vector<std::pair<std::string, std::string>>& environment) {
  // Other programs take "proxy:3128" as well.
  const auto with_scheme = [](const std::string& proxy) {
    return proxy.empty() || proxy.find("://") != std::string::npos ? proxy : "http://" + proxy;
  };
  ClientOptions options;
  for (const auto& [name, value] : environment) {
    if (same_name(name, "http_proxy")) options.http_proxy = with_scheme(value);
    if (same_name(name, "https_proxy")) options.https_proxy = with_scheme(value);
    if (!same_name(name, "no_proxy")) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t comma = rest.find(',');
      std::string_view host = rest.substr(0, comma);
      rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
      while (host.starts_with(' ')) host.remove_prefix(1);
      while (host.ends_with(' ')) host.remove_suffix(1);
      if (!host.empty()) options.no_proxy.push_back(lower_case(host));
    }
  }
  return options;
}

}  // namespace sahut::http

#include "server/running_server.hpp"

#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <embedded/web.hpp>
#include <iostream>
#include <thread>
#include <utility>

#include "conversation/sentences.hpp"
#include "nlu/default_lexicon.hpp"
#include "server/api/page_routes.hpp"
#include "server/api/routes.hpp"
#include "server/commands/command.hpp"
#include "server/demo/phones.hpp"
#include "server/http/client.hpp"
#include "server/http/io_threads.hpp"
#include "server/http/server.hpp"
#include "server/inbound/poller.hpp"
#include "server/media/media_fetcher.hpp"
#include "server/observation/log.hpp"
#include "server/outbox/sender.hpp"
#include "server/state/city_of_store.hpp"
#include "server/state/commit.hpp"
#include "server/state/offload.hpp"
#include "server/state/request_id.hpp"
#include "server/state/services.hpp"
#include "server/state/system_clock.hpp"
#include "storage/ledger_await.hpp"
#include "storage/repositories/entries.hpp"
#include "storage/repositories/outbox.hpp"
#include "storage/repositories/records.hpp"

namespace sahut::server {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto longest_goodbye = 10s;        ///< what is under way may finish so long
constexpr auto look_at_store_every = 500ms;  ///< for what other processes publish: live in a second (P6)
constexpr std::int64_t live_events_kept_ms = 24LL * 3600 * 1000;
constexpr std::uint64_t rounds_between_watch_writes = 20;  ///< ten seconds
constexpr std::string_view channel_watch_setting = "channel_watch";

std::string without_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

/// SIGTERM and SIGINT are waited for by the main thread; every thread made after this inherits the block.
sigset_t block_end_signals() {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return ends;
}

std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> items;
  std::string item;
  for (const char c : text + ",") {
    if (c == ',') {
      if (!item.empty()) items.push_back(item);
      item.clear();
    } else if (c != ' ') {
      item += c;
    }
  }
  return items;
}

http::Response answer_for_exception(const http::Request& request, std::exception_ptr failure) {
  std::string why = "unknown";
  try {
    std::rethrow_exception(failure);
  } catch (const storage::Error& error) {
    log(LogLevel::error, "a request could not be stored",
        {{"request", request.id}, {"why", std::string(error.what())}});
    http::Response response = http::problem(503, "store_unavailable", "This cannot be stored just now.",
                                            "Send it again in a moment.", request);
    response.set_header("Retry-After", "1");
    return response;
  } catch (const std::exception& error) {
    why = error.what();
  } catch (...) {
  }
  log(LogLevel::error, "a request failed", {{"request", request.id}, {"path", request.path}, {"why", why}});
  return http::problem(500, "internal", "Something went wrong here.",
                       "Try again; if it stays, report the id to whoever runs this server.", request);
}

/// Takes over what `sahut knowledge import` and `sahut city import` publish beside the running server, and keeps the
/// small tables small.
asio::awaitable<void> follow_store(Services& services, std::string city_name, std::string time_zone) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  std::string city_seen;
  std::uint64_t rounds = 0;
  while (true) {
    timer.expires_after(look_at_store_every);
    const auto [stopped] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    if (stopped) co_return;
    try {
      std::string city_document_now;
      std::int64_t version = 0;
      services.store.read([&](storage::Connection& connection) {
        version = storage::knowledge_version(connection);
        city_document_now = storage::load_setting(connection, "city_revision").value_or("");
      });
      if (version != services.knowledge.get()->version()) {
        const auto followed =
            co_await offload(services.slow_work, [&services] { return services.publisher.follow_store(); });
        if (!followed.ok())
          log(LogLevel::error, "published entries cannot be used", {{"why", followed.problem().text()}});
      }
      if (city_document_now != city_seen) {
        city_seen = city_document_now;
        services.store.read([&](storage::Connection& connection) {
          services.city.set(city_of_store(connection, city_name, time_zone));
        });
      }
      if (++rounds % rounds_between_watch_writes == 0) {
        if (const std::string seen = services.channel_watch.take_changes(); !seen.empty()) {
          auto step = [seen](storage::Connection& connection) {
            storage::save_setting(connection, channel_watch_setting, seen);
          };
          co_await storage::write(services.store.ledger(), {}, std::move(step));
        }
      }
      if (rounds % 7200 == 0) {
        const UnixMillis old{services.clock.now().value - live_events_kept_ms};
        co_await storage::write(services.store.ledger(), {}, [old](storage::Connection& connection) {
          storage::prune_live_events(connection, old);
        });
      }
      const storage::LedgerFigures figures = services.store.ledger().figures();
      services.metrics.ledger(static_cast<double>(figures.waiting), static_cast<double>(figures.steps),
                              static_cast<double>(figures.commits));
    } catch (const std::exception& error) {
      log(LogLevel::error, "the store cannot be read", {{"why", std::string(error.what())}});
    }
  }
}

MediaRules media_rules_of(const Configuration& configuration) {
  return {.keep_days = configuration.integer("media.keep_days"),
          .most_file_bytes = configuration.integer("media.most_file_megabytes") << 20,
          .most_bytes = configuration.integer("media.most_megabytes") << 20};
}

template <typename Condition>
void wait_until(Condition done) {
  const auto deadline = std::chrono::steady_clock::now() + longest_goodbye;
  while (!done() && std::chrono::steady_clock::now() < deadline) std::this_thread::sleep_for(10ms);
}

}  // namespace

int run_server(const Configuration& configuration, const RunOptions& options, const Prepare& prepare) {
  const sigset_t end_signals = block_end_signals();
  open_log(LogLevel::info, !log_is_on_terminal());

  // ---- what can be wrong is found before anything is opened
  const SystemClock clock;
  IdMaker ids;
  asio::io_context context;
  std::unique_ptr<DemoPhones> phones;
  Configuration with_demo = configuration;
  if (options.with_phones) {
    auto opened = DemoPhones::open(context, clock, ids);
    if (!opened.ok()) return fail(opened.problem());
    phones = std::move(opened).value();
    for (ChannelConfiguration& channel : phones->channels()) with_demo.channels.push_back(std::move(channel));
  }
  const auto channels = channels_of(with_demo);
  if (!channels.ok()) return fail(channels.problem());
  const auto listen = parse_listen(configuration.text("server.listen"), "server.listen");
  if (!listen.ok()) return fail(listen.problem());

  // ---- the store
  storage::StoreOptions store_options;
  store_options.folder = options.data;
  store_options.url = configuration.text("store.url");
  store_options.now = clock.now();
  store_options.fatal = [](const storage::Error& error) {
    log(LogLevel::error, "the disk failed twice; the server ends so that nothing is promised that is not stored",
        {{"why", std::string(error.what())}});
    std::_Exit(exit_failed);
  };
  auto store = storage::Store::open(store_options);
  if (!store.ok()) return fail(store.problem());

  // ---- what is published, and the city
  const auto lexicon = nlu::default_lexicon();
  std::shared_ptr<const knowledge::Snapshot> first_snapshot;
  std::shared_ptr<const escalation::City> first_city;
  std::optional<Problem> problem;
  (*store)->read([&](storage::Connection& connection) {
    auto built = snapshot_of_store(connection, lexicon);
    if (built.ok()) {
      first_snapshot = *built;
    } else {
      problem = built.problem();
    }
    first_city = city_of_store(connection, configuration.text("city.name"), configuration.text("city.time_zone"));
  });
  if (problem) return fail(*problem);
  Current<knowledge::Snapshot> knowledge(first_snapshot);
  Current<escalation::City> city(first_city);
  first_snapshot.reset();
  Publisher publisher(**store, knowledge, lexicon);

  // ---- parts that only live while it runs
  const auto sentences = conversation::default_sentences();
  LiveHub live;
  WakeUps wake_ups;
  Metrics metrics;
  ChannelWatch channel_watch;
  (*store)->read([&](storage::Connection& connection) {
    channel_watch.restore(storage::load_setting(connection, channel_watch_setting).value_or("{}"));
  });
  LoginThrottle login_throttle;
  RateLimit chat_by_session(20, 1'500);
  RateLimit chat_by_address(200, 500);
  RateLimit typing_signs(1, 4'000);
  const MediaStore media(options.data + "/media");
  asio::thread_pool slow_work(2);
  Services services{.store = **store,
                    .clock = clock,
                    .ids = ids,
                    .knowledge = knowledge,
                    .city = city,
                    .sentences = *sentences,
                    .channels = *channels,
                    .publisher = publisher,
                    .live = live,
                    .wake_ups = wake_ups,
                    .metrics = metrics,
                    .channel_watch = channel_watch,
                    .login_throttle = login_throttle,
                    .chat_by_session = chat_by_session,
                    .chat_by_address = chat_by_address,
                    .typing_signs = typing_signs,
                    .media = media,
                    .media_rules = media_rules_of(configuration),
                    .slow_work = slow_work,
                    .client = nullptr,
                    .case_prefix = configuration.text("city.case_prefix"),
                    .public_url = without_slash(configuration.text("server.public_url")),
                    .secure_cookies = configuration.text("server.public_url").starts_with("https://")};
  if (prepare) {
    if (auto failure = prepare(services)) return fail(*failure);
  }

  // Whatever was on its way when the last process ended may have arrived; it goes again and is counted.
  std::int64_t may_repeat = 0;
  commit((*store)->ledger(),
         [&](storage::Connection& connection) { may_repeat = storage::reclaim_in_flight(connection); });
  metrics.send_may_repeat("restart", static_cast<double>(may_repeat));

  // ---- the network
  const auto files = std::make_shared<const http::StaticFiles>(embedded::web());
  const bool metrics_apart = !configuration.text("server.metrics_listen").empty();
  std::vector<http::Route> routes = all_routes(services, files, !metrics_apart);
  if (phones) {
    for (http::Route& route : phones->routes()) routes.push_back(std::move(route));
    routes.push_back(demo_page_route(files));
  }
  const auto router = std::make_shared<const http::Router>(std::move(routes));
  if (options.on_routes) {
    options.on_routes(router->routes());
    return exit_done;
  }
  const http::ServerHooks hooks{.on_done = [&metrics](std::string_view route, int status,
                                                      double seconds) { metrics.request_done(route, status, seconds); },
                                .on_exception = answer_for_exception,
                                .make_id = [&] { return request_id(ids.next(clock.now())); }};
  http::ServerOptions server_options{.address = listen->address,
                                     .port = listen->port,
                                     .trusted_proxies = split_list(configuration.text("server.trusted_proxies"))};
  auto server = http::Server::listen(context, server_options, router, hooks);
  if (!server.ok()) return fail(server.problem());
  std::unique_ptr<http::Server> metrics_server;
  if (metrics_apart) {
    const auto address = parse_listen(configuration.text("server.metrics_listen"), "server.metrics_listen");
    if (!address.ok()) return fail(address.problem());
    const auto table = std::make_shared<const http::Router>(metrics_routes(services));
    auto apart = http::Server::listen(
        context, {.address = address->address, .port = address->port, .trusted_proxies = {}}, table, hooks);
    if (!apart.ok()) return fail(apart.problem());
    metrics_server = std::move(apart).value();
    metrics_server->start();
  }

  http::ClientOptions client_options = http::client_options_from(environment_list());
  if (phones) client_options.no_proxy.push_back("127.0.0.1");  // the simulated peers live here
  http::HttpClient client(context, std::move(client_options));
  services.client = &client;
  std::vector<std::shared_ptr<Sender>> senders;
  std::vector<std::shared_ptr<Poller>> pollers;
  for (const NamedChannel& channel : channels->all) {
    senders.push_back(std::make_shared<Sender>(context, services, channel, client));
    if (channel.polled) pollers.push_back(std::make_shared<Poller>(context, services, channel, client));
  }
  const auto fetcher = std::make_shared<MediaFetcher>(context, services, client);
  (*server)->start();
  fetcher->start();
  for (const auto& sender : senders) sender->start();
  for (const auto& poller : pollers) poller->start();
  asio::co_spawn(asio::make_strand(context.get_executor()),
                 follow_store(services, configuration.text("city.name"), configuration.text("city.time_zone")),
                 asio::detached);

  const auto wanted = static_cast<std::size_t>(configuration.integer("server.threads"));
  const std::size_t threads = wanted > 0 ? wanted : std::max(1u, std::thread::hardware_concurrency());
  http::IoThreads io_threads(context, threads);
  const auto port = std::to_string((*server)->port());
  if (phones) phones->start(client, "http://127.0.0.1:" + port);
  const std::string host =
      listen->address.find(':') == std::string::npos ? listen->address : "[" + listen->address + "]";
  if (options.on_ready) options.on_ready("http://" + host + ":" + port);
  log(LogLevel::info, "ready",
      {{"listen", host + ":" + port},
       {"channels", static_cast<std::int64_t>(channels->all.size())},
       {"entries", static_cast<std::int64_t>(knowledge.get()->entries().size())}});

  // ---- until somebody ends it
  int signal = 0;
  sigwait(&end_signals, &signal);
  log(LogLevel::info, "stopping", {{"signal", std::int64_t{signal}}});
  (*server)->stop();
  if (metrics_server) metrics_server->stop();
  for (const auto& poller : pollers) poller->stop();
  fetcher->stop();
  for (const auto& sender : senders) sender->stop();
  if (phones) phones->stop();
  live.close_all();
  wait_until([&] {
    return (*server)->open_connections() == 0 &&
           std::all_of(senders.begin(), senders.end(), [](const auto& sender) { return sender->in_flight() == 0; });
  });
  (*store)->ledger().drain_and_stop();
  io_threads.stop();
  slow_work.stop();
  slow_work.join();
  log(LogLevel::info, "stopped");
  return exit_done;
}

}  // namespace sahut::server

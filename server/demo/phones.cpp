#include "server/demo/phones.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <mutex>
#include <random>
#include <utility>

#include "escalation/local_time.hpp"
#include "server/api/json_body.hpp"
#include "server/demo/bubbles.hpp"
#include "server/demo/webhooks.hpp"
#include "server/http/event_stream.hpp"
#include "server/http/server.hpp"
#include "server/sessions/tokens.hpp"

namespace sahut::server {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using http::Request;
using http::Response;
using nlohmann::ordered_json;

constexpr std::size_t most_file_bytes = 12u << 20;
constexpr std::string_view whatsapp_name = "demo-whatsapp";
constexpr std::string_view telegram_name = "demo-telegram";
constexpr std::size_t longest_text = 4096;
constexpr std::string_view sample_city_zone = "Asia/Makassar";
constexpr std::size_t most_bubbles_kept = 200;
/// A resident does not look at once: the second tick, then the blue ones.
constexpr auto until_delivered = std::chrono::milliseconds(300);
constexpr auto until_read = std::chrono::milliseconds(900);

}  // namespace

/// Everything that calls on any thread share.
class DemoPhones::State : public std::enable_shared_from_this<DemoPhones::State> {
 public:
  State(asio::io_context& context, const Clock& clock, IdMaker& ids)
      : context_(context), clock_(clock), ids_(ids), number_(clock.now().value / 1000) {
    account_.phone_number_id = "100000000000001";
    account_.app_secret = random_token();
    bot_token_ = "100000001:" + random_token();
    secret_token_ = random_token();
    renew(whatsapp_);
    renew(telegram_);
  }

  // ---- the peers that our senders call ------------------------------------------------------------------------------

  std::optional<Problem> listen() {
    using http::Method;
    const auto self = weak_from_this();
    const auto peer = [self](auto handler) {
      return [self, handler](Request request) -> awaitable<Response> {
        const auto state = self.lock();
        co_return state ? handler(*state, request) : http::text(503, "");
      };
    };
    auto router = std::make_shared<const http::Router>(std::vector<http::Route>{
        {Method::post, "/v25.0/{number}/messages",
         peer([](State& state, const Request& request) { return state.as_meta(request); })},
        {Method::post, "/v25.0/{number}/media", peer([](State& state, const Request&) {
           return http::json(200, {{"id", "file." + std::to_string(state.next_number())}});
         }),
         most_file_bytes},
        {Method::post, "/{bot}/{method}",
         peer([](State& state, const Request& request) { return state.as_telegram(request); }), most_file_bytes}});
    auto server = http::Server::listen(context_, {.address = "127.0.0.1", .port = 0}, std::move(router), {});
    if (!server.ok()) return server.problem();
    server_ = std::move(server).value();
    server_->start();
    return std::nullopt;
  }

  Response as_meta(const Request& request) {
    const std::string id = "wamid.demo." + std::to_string(ids_.next(clock_.now()));
    const auto bubble = whatsapp_bubble(request.body);
    if (!bubble) {
      if (const auto message = whatsapp_message_read(request.body)) show_mark(whatsapp_, *message, "read");
      return http::json(200, {{"success", true}});
    }
    show(whatsapp_, *bubble, id);
    asio::co_spawn(context_, report(id), asio::detached);
    return http::json(200, {{"messaging_product", "whatsapp"}, {"messages", {{{"id", id}}}}});
  }

  Response as_telegram(const Request& request) {
    const std::string& method = request.path_parameter("method");
    const auto bubble = telegram_bubble(method, request.body);
    if (!bubble) return http::json(200, {{"ok", true}, {"result", true}});
    const std::int64_t number = next_number();
    show(telegram_, *bubble, std::to_string(number));
    return http::json(200, {{"ok", true}, {"result", {{"message_id", number}}}});
  }

  // ---- the page -----------------------------------------------------------------------------------------------------

  Response follow() {
    return http::events([self = weak_from_this()](std::shared_ptr<http::EventStream> stream) {
      const auto state = self.lock();
      if (!state) return;
      const std::scoped_lock lock(state->mutex_);
      (void)stream->send("", "reset", "{}");
      for (const std::string& bubble : state->bubbles_) (void)stream->send("", "bubble", bubble);
      state->pages_.push_back(std::move(stream));
    });
  }

  awaitable<Response> take(Request request) {
    const auto body = json_object(request);
    if (!body.ok()) co_return refuse(body.problem(), request);
    const auto phone = required_text(*body, "phone", 20);
    if (!phone.ok()) co_return refuse(phone.problem(), request);
    const bool is_whatsapp = *phone == "whatsapp";
    if (!is_whatsapp && *phone != "telegram") {
      co_return refuse({"unknown_word", "phone", "`phone` is whatsapp or telegram.", ""}, request);
    }
    auto input = input_of(*body);
    if (!input.ok()) co_return refuse(input.problem(), request);
    const std::int64_t number = next_number();
    const std::string id = is_whatsapp ? "wamid.demo." + std::to_string(number) : std::to_string(number);
    adapters::HttpCall call = webhook(is_whatsapp, *input, id, number);
    if (client_ == nullptr) co_return http::problem(503, "starting", "The server is starting.", "Try again.", request);
    const adapters::HttpAnswer answer = co_await client_->perform(std::move(call));
    if (answer.status != 200) {
      co_return http::problem(502, "webhook_refused", "Our own webhook did not take it.", "Look at the log.", request);
    }
    show_mark(is_whatsapp ? whatsapp_ : telegram_, id, "delivered");
    co_return http::json(202, {{"id", id}, {"at", escalation::rfc3339(clock_.now(), sample_city_zone)}});
  }

  Response begin_anew(const Request& request) {
    const auto body = json_object(request);
    if (!body.ok()) return refuse(body.problem(), request);
    const auto phone = required_text(*body, "phone", 20);
    if (!phone.ok()) return refuse(phone.problem(), request);
    Phone& which = *phone == "whatsapp" ? whatsapp_ : telegram_;
    const std::scoped_lock lock(mutex_);
    renew(which);
    const std::string mark = "\"phone\":\"" + which.name + "\"";
    std::erase_if(bubbles_, [&](const std::string& bubble) { return bubble.find(mark) != std::string::npos; });
    publish("reset", "{}");
    for (const std::string& bubble : bubbles_) publish("bubble", bubble);
    return http::no_content();
  }

  // ---- its place in the server --------------------------------------------------------------------------------------

  [[nodiscard]] std::vector<ChannelConfiguration> channels() const {
    const std::string base = "http://127.0.0.1:" + std::to_string(server_->port());
    const auto channel = [](std::string_view name, const std::map<std::string, std::string>& settings) {
      ChannelConfiguration made{.name = std::string(name), .settings = {}};
      for (const auto& [key, value] : settings) made.settings[key] = {.values = {value}, .source = "demo"};
      return made;
    };
    return {
        channel(whatsapp_name, {{"kind", "whatsapp"},
                                {"phone_number_id", account_.phone_number_id},
                                {"access_token", random_token()},
                                {"app_secret", account_.app_secret},
                                {"verify_token", random_token()},
                                {"api_base", base + "/v25.0"}}),
        channel(
            telegram_name,
            {{"kind", "telegram"}, {"bot_token", bot_token_}, {"secret_token", secret_token_}, {"api_base", base}})};
  }

  void start(http::HttpClient& client, const std::string& base) {
    const std::scoped_lock lock(mutex_);
    base_ = base;
    client_ = &client;
  }

  void stop() {
    server_->stop();
    const std::scoped_lock lock(mutex_);
    for (const auto& page : pages_) page->close();
    pages_.clear();
  }

 private:
  struct Phone {
    std::string name;  ///< "whatsapp" or "telegram"
    PhoneResident resident;
  };

  /// A resident nobody has met.
  void renew(Phone& phone) {
    const std::int64_t digits = 100'000'000 + static_cast<std::int64_t>(random_() % 900'000'000);
    phone.resident = {.address = (&phone == &whatsapp_ ? "6280" : "") + std::to_string(digits), .name = "Warga Contoh"};
  }

  static Result<PhoneInput> input_of(const nlohmann::json& body) {
    PhoneInput input;
    const auto text = optional_text(body, "text", longest_text);
    if (!text.ok()) return text.problem();
    input.text = *text;
    const auto choice = body.find("choice");
    const auto location = body.find("location");
    if (choice != body.end() && choice->is_object()) {
      const auto title = required_text(*choice, "title", 200);
      const auto value = required_text(*choice, "value", 256);
      if (!title.ok()) return title.problem();
      if (!value.ok()) return value.problem();
      input.choice = conversation::Choice{*title, *value};
      input.from_menu = choice->value("menu", false);
    } else if (location != body.end() && location->is_object()) {
      const auto latitude = location->find("latitude");
      const auto longitude = location->find("longitude");
      if (latitude == location->end() || !latitude->is_number() || longitude == location->end() ||
          !longitude->is_number()) {
        return Problem{"wrong_type", "location", "`latitude` and `longitude` are numbers.", ""};
      }
      input.location = PhoneInput::Location{latitude->get<double>(), longitude->get<double>()};
    } else if (input.text.find_first_not_of(" \t\r\n") == std::string::npos) {
      return Problem{"missing", "text", "Nothing was said.", "Send `text`, `choice` or `location`."};
    }
    return input;
  }

  adapters::HttpCall webhook(bool is_whatsapp, const PhoneInput& input, const std::string& id, std::int64_t number) {
    const std::scoped_lock lock(mutex_);
    const UnixMillis now = clock_.now();
    if (is_whatsapp) {
      return whatsapp_webhook(base_ + "/webhooks/" + std::string(whatsapp_name), account_, whatsapp_.resident, input,
                              id, now);
    }
    return telegram_webhook(base_ + "/webhooks/" + std::string(telegram_name), secret_token_, telegram_.resident, input,
                            number, now);
  }

  /// Tells the city that its message arrived and was read, as Meta does.
  awaitable<void> report(std::string id) {
    const auto self = shared_from_this();
    const std::string delivered = "delivered";
    const std::string read = "read";
    co_await report_one(id, delivered, until_delivered);
    co_await report_one(id, read, until_read);
  }

  awaitable<void> report_one(std::string id, std::string state, std::chrono::milliseconds pause) {
    asio::steady_timer timer(context_, pause);
    const auto [stopped] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    if (stopped || client_ == nullptr) co_return;
    adapters::HttpCall call = status_webhook(id, state);
    (void)co_await client_->perform(std::move(call));
  }

  adapters::HttpCall status_webhook(const std::string& id, const std::string& state) {
    const std::scoped_lock lock(mutex_);
    return whatsapp_status_webhook(base_ + "/webhooks/" + std::string(whatsapp_name), account_, whatsapp_.resident, id,
                                   state, clock_.now());
  }

  void show(const Phone& phone, const Bubble& bubble, const std::string& id) {
    ordered_json choices = ordered_json::array();
    for (const conversation::Choice& choice : bubble.choices) {
      choices.push_back({{"title", choice.title}, {"value", choice.value}});
    }
    const ordered_json json = {{"phone", phone.name},
                               {"id", id},
                               {"author", bubble.is_notice ? "system" : "city"},
                               {"text", bubble.text},
                               {"choices", std::move(choices)},
                               {"menu", bubble.menu.empty() ? ordered_json() : ordered_json(bubble.menu)},
                               {"at", escalation::rfc3339(clock_.now(), sample_city_zone)}};
    const std::scoped_lock lock(mutex_);
    bubbles_.push_back(json.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
    if (bubbles_.size() > most_bubbles_kept) bubbles_.erase(bubbles_.begin());
    publish("bubble", bubbles_.back());
  }

  void show_mark(const Phone& phone, const std::string& message, const std::string& mark) {
    const std::scoped_lock lock(mutex_);
    publish("mark", ordered_json{{"phone", phone.name}, {"id", message}, {"mark", mark}}.dump());
  }

  /// REQUIRES: the lock is held.
  void publish(std::string_view event, std::string_view data) {
    std::erase_if(pages_, [&](const auto& page) { return !page->send("", event, data); });
  }

  std::int64_t next_number() {
    const std::scoped_lock lock(mutex_);
    return ++number_;
  }

  asio::io_context& context_;
  const Clock& clock_;
  IdMaker& ids_;
  WhatsAppDemoAccount account_;
  std::string bot_token_;
  std::string secret_token_;
  std::unique_ptr<http::Server> server_;
  http::HttpClient* client_ = nullptr;

  std::mutex mutex_;  ///< of all that follows
  std::mt19937_64 random_{std::random_device{}()};
  Phone whatsapp_{.name = "whatsapp", .resident = {}};
  Phone telegram_{.name = "telegram", .resident = {}};
  std::string base_;
  std::vector<std::string> bubbles_;  ///< as they were sent to pages: a page that comes later sees them too
  std::vector<std::shared_ptr<http::EventStream>> pages_;
  std::int64_t number_;  ///< of the last message; starts at the second of the start, so that no run repeats another
};

DemoPhones::DemoPhones(std::shared_ptr<State> state) : state_(std::move(state)) {}
DemoPhones::~DemoPhones() = default;

Result<std::unique_ptr<DemoPhones>> DemoPhones::open(asio::io_context& context, const Clock& clock, IdMaker& ids) {
  auto state = std::make_shared<State>(context, clock, ids);
  if (auto problem = state->listen()) return *std::move(problem);
  return std::unique_ptr<DemoPhones>(new DemoPhones(std::move(state)));
}

std::vector<ChannelConfiguration> DemoPhones::channels() const {
  return state_->channels();
}

std::vector<http::Route> DemoPhones::routes() {
  using http::Method;
  const auto state = state_;
  return {{Method::get, "/demo/events", [state](Request) -> awaitable<Response> { co_return state->follow(); }},
          {Method::post, "/demo/messages",
           [state](Request request) -> awaitable<Response> { return state->take(std::move(request)); }},
          {Method::post, "/demo/new-resident",
           [state](Request request) -> awaitable<Response> { co_return state->begin_anew(request); }}};
}

void DemoPhones::start(http::HttpClient& client, const std::string& base) {
  state_->start(client, base);
}

void DemoPhones::stop() {
  state_->stop();
}

}  // namespace sahut::server

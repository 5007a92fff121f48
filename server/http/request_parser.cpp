#include "server/http/request_parser.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <cstring>
#include <optional>

namespace sahut::http {
namespace {

namespace beast = boost::beast;
using beast::http::field;
using Error = beast::error_code;

/// A body's memory is claimed as it arrives: an announced length alone must not cost three megabytes.
constexpr std::size_t first_body_reserve = 64 * 1024;

Method method_of(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get:
      return Method::get;
    case beast::http::verb::head:
      return Method::head;
    case beast::http::verb::post:
      return Method::post;
    case beast::http::verb::put:
      return Method::put;
    case beast::http::verb::patch:
      return Method::patch;
    case beast::http::verb::delete_:
      return Method::delete_;
    case beast::http::verb::options:
      return Method::options;
    default:
      return Method::other;
  }
}

/// Beast joins a folded header line silently; proxies differ about it, so it is refused.
bool has_folded_line(std::string_view head) {
  while (true) {
    const std::size_t end = head.find('\n');
    if (end == std::string_view::npos || end + 1 >= head.size()) return false;
    if (head[end + 1] == ' ' || head[end + 1] == '\t') return true;
    head.remove_prefix(end + 1);
  }
}

/// What a header said that decides about the message's length or its host.
struct Seen {
  int hosts = 0;
  int lengths = 0;
  int encodings = 0;
  bool chunked = false;
  bool expects_continue = false;
  int version = 11;
};

class FieldCollector : public beast::http::basic_parser<true> {
 public:
  FieldCollector(Request& request, std::string& target) : request_(request), target_(target) {}
  [[nodiscard]] const Seen& seen() const { return seen_; }

 private:
  void on_request_impl(beast::http::verb verb, beast::string_view, beast::string_view target, int version,
                       Error&) override {
    request_.method = method_of(verb);
    target_.assign(target.data(), target.size());
    seen_.version = version;
  }
  void on_response_impl(int, beast::string_view, int, Error&) override {}
  void on_field_impl(field known, beast::string_view name, beast::string_view value, Error& error) override {
    if (header_done_) return;  // a trailer after the chunks: nothing here wants one, and it must not pass for a header
    if (request_.headers.size() >= most_header_fields) {
      error = beast::http::error::header_limit;
      return;
    }
    if (known == field::host) ++seen_.hosts;
    if (known == field::content_length) ++seen_.lengths;
    if (known == field::transfer_encoding) {
      ++seen_.encodings;
      seen_.chunked = beast::iequals(value, "chunked");
    }
    if (known == field::expect) seen_.expects_continue = beast::iequals(value, "100-continue");
    request_.headers.emplace_back(std::piecewise_construct, std::forward_as_tuple(name.data(), name.size()),
                                  std::forward_as_tuple(value.data(), value.size()));
  }
  void on_header_impl(Error& error) override {
    header_done_ = true;
    const bool host_is_clear = seen_.hosts == 1 || (seen_.hosts == 0 && seen_.version == 10);
    const bool encoding_is_clear =
        seen_.encodings == 0 || (seen_.encodings == 1 && seen_.chunked && seen_.version == 11);
    const bool length_is_clear = seen_.lengths <= 1 && (seen_.lengths == 0 || seen_.encodings == 0);
    if (!host_is_clear || !encoding_is_clear || !length_is_clear) error = beast::http::error::bad_field;
  }
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, Error&) override {
    if (length) request_.body.reserve(std::min<std::size_t>(*length, first_body_reserve));
  }
  std::size_t on_body_impl(beast::string_view bytes, Error&) override {
    request_.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }
  void on_chunk_header_impl(std::uint64_t, beast::string_view, Error&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, Error& error) override {
    return on_body_impl(bytes, error);
  }
  void on_finish_impl(Error&) override {}

  Request& request_;
  std::string& target_;
  Seen seen_;
  bool header_done_ = false;
};

}  // namespace

class RequestParser::Beast {
 public:
  std::optional<FieldCollector> parser;
};

RequestParser::RequestParser(std::size_t most_header_bytes)
    : beast_(std::make_unique<Beast>()), most_header_bytes_(most_header_bytes) {
  restart();
}

RequestParser::~RequestParser() = default;

void RequestParser::restart() {
  request = Request();
  target.clear();
  state_ = State::head;
  FieldCollector& parser = beast_->parser.emplace(request, target);
  parser.header_limit(static_cast<std::uint32_t>(most_header_bytes_));
  parser.body_limit(boost::none);  // set by limit_body() once the route is known
}

std::size_t RequestParser::feed(std::string_view bytes) {
  FieldCollector& parser = *beast_->parser;
  std::size_t used = 0;
  while (used < bytes.size() && (state_ == State::head || state_ == State::body)) {
    Error error;
    const std::string_view rest = bytes.substr(used);
    const std::size_t taken = parser.put(boost::asio::buffer(rest.data(), rest.size()), error);
    if (state_ == State::head && has_folded_line(rest.substr(0, taken))) error = beast::http::error::bad_field;
    used += taken;
    if (error == beast::http::error::need_more) break;
    if (error == beast::http::error::header_limit) {
      state_ = State::head_too_large;
    } else if (error == beast::http::error::body_limit) {
      state_ = State::body_too_large;
    } else if (error) {
      state_ = State::malformed;
    } else if (parser.is_done()) {
      state_ = State::done;
    } else if (parser.is_header_done() && state_ == State::head) {
      state_ = State::body;
      break;
    }
  }
  return used;
}

bool RequestParser::keep_alive() const {
  return beast_->parser->keep_alive();
}
bool RequestParser::is_http_1_0() const {
  return beast_->parser->seen().version == 10;
}
bool RequestParser::expects_continue() const {
  return beast_->parser->seen().expects_continue;
}

bool RequestParser::limit_body(std::size_t bytes) {
  const auto announced = beast_->parser->content_length();
  if (announced && *announced > bytes) {
    state_ = State::body_too_large;
    return false;
  }
  beast_->parser->body_limit(bytes);
  return true;
}

}  // namespace sahut::http

// The bytes of a request to its parts. Beast's parser decides what is well-formed; this adds the refusals that keep a
// proxy in front and this server from reading two different requests (request smuggling), and fills a Request without
// copies.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "server/http/request.hpp"

namespace sahut::http {

/// Bound on what one client may make us keep; a browser with cookies sends 15 to 25 fields.
constexpr std::size_t most_header_fields = 100;

class RequestParser {
 public:
  enum class State {
    head,       ///< more bytes needed before the header is whole
    body,       ///< the header is whole: set the body's limit, then go on
    done,       ///< the request is whole
    malformed,  ///< not HTTP, or HTTP that two programs could read differently
    head_too_large,
    body_too_large,
  };

  explicit RequestParser(std::size_t most_header_bytes);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  /// Forgets the last request; the next byte starts another.
  void restart();
  /// Takes bytes from the front of `bytes` and says how many. Stops where the header ends, so that the route's limit
  /// can be set, and where the request ends: what follows belongs to the next.
  [[nodiscard]] std::size_t feed(std::string_view bytes);
  [[nodiscard]] State state() const { return state_; }

  /// The next four REQUIRE: the header is whole.
  [[nodiscard]] bool keep_alive() const;
  [[nodiscard]] bool is_http_1_0() const;
  [[nodiscard]] bool expects_continue() const;
  /// False, and the state is body_too_large, if the header announces more than `bytes`.
  [[nodiscard]] bool limit_body(std::size_t bytes);

  /// Method, headers and, once done, the body. Moved out by the caller; filled anew after restart().
  Request request;
  std::string target;  ///< as sent

 private:
  class Beast;
  std::unique_ptr<Beast> beast_;
  std::size_t most_header_bytes_;
  State state_ = State::head;
};

}  // namespace sahut::http

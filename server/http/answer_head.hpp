// The head of an answer as bytes. Written by hand: a small answer is one string and one write(2).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/http/response.hpp"

namespace sahut::http {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

struct AnswerHead {
  bool keep_alive = true;
  bool http_1_0 = false;  ///< the client's version: it must be told that the connection stays open
  bool stream = false;    ///< the length is not known: the body ends with the connection
};

/// Appends status line, the response's headers, those of `standard` that it does not set itself, length and connection.
/// A line break in a value becomes a space, so that no value can start a header of its own.
void append_head(std::string& out, const Response& response, const HeaderList& standard, AnswerHead how);

/// 204 and 304 have no body, whatever the response holds.
[[nodiscard]] bool may_have_body(int status);

}  // namespace sahut::http

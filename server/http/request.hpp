// A request as handlers see it: read whole, path split, query decoded.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sahut::http {

enum class Method { get, head, post, put, patch, delete_, options, other };
[[nodiscard]] std::string_view name_of(Method method);

struct Request {
  Method method = Method::get;
  std::string path;                                          ///< decoded, without the query
  std::vector<std::pair<std::string, std::string>> query;    ///< decoded, in order
  std::vector<std::pair<std::string, std::string>> headers;  ///< as received
  std::string body;
  std::string peer_address;  ///< of the client, or what a trusted proxy says of it
  std::string id;            ///< stands in problems and in the log
  std::map<std::string, std::string, std::less<>> path_parameters;  ///< filled by the router: {id} → value

  /// The first header of this name, any case.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
  /// The first query parameter of this name.
  [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
  [[nodiscard]] bool has_path_parameter(std::string_view name) const { return path_parameters.contains(name); }
  /// REQUIRES: the route's pattern has it.
  [[nodiscard]] const std::string& path_parameter(std::string_view name) const {
    return path_parameters.find(name)->second;
  }
};

struct Target {
  std::string path;
  std::vector<std::pair<std::string, std::string>> query;
};
/// Splits a request target into decoded path and query (where + is a space). Takes a path, a whole http address, or
/// "*"; nothing for anything else, and for a path that would be another one after decoding (%2F, "..").
[[nodiscard]] std::optional<Target> parse_target(std::string_view target);

/// ASCII letters of any case are equal.
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);

}  // namespace sahut::http

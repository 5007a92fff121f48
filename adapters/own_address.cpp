#include "adapters/own_address.hpp"

#include <string_view>

#include "adapters/findings.hpp"
#include "adapters/json_reader.hpp"

namespace sahut::adapters {
namespace {

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

Check finding(std::string_view code, const HttpAnswer& answer, const std::string& url) {
  return found("address", code,
               {{"url", url}, {"status", std::to_string(answer.status)}, {"detail", answer.failure_text}});
}

Check judge_silence(const HttpAnswer& answer, const std::string& url) {
  const std::string why = lower_case(answer.failure_text);
  if (has(why, "certificate")) return finding("certificate", answer, url);
  if (has(why, "tls failed")) return finding("tls", answer, url);
  if (has(why, "host not found") || has(why, "name or service")) return finding("host_unknown", answer, url);
  const bool late = has(why, "no answer in time");
  // A line that was never made says little: many networks cannot call their own public address.
  return finding(late && answer.failure == TransportFailure::broken ? "slow" : "unreachable", answer, url);
}

/// The code of a problem of this server's, or nothing if somebody else answered.
std::string own_code(const HttpAnswer& answer) {
  const auto type = find_header(answer.headers, "Content-Type");
  if (!type || !type->starts_with("application/problem+json")) return {};
  const auto body = parse_json(answer.body);
  return body ? word_of(member(body.value(), "code")) : std::string();
}

bool is_page(const HttpAnswer& answer) {
  const auto type = find_header(answer.headers, "Content-Type");
  return type && lower_case(*type).starts_with("text/html");
}

/// Whatever else than this server's own answer came.
Check judge_stranger(const HttpAnswer& answer, const std::string& url) {
  const auto server = find_header(answer.headers, "Server");
  const bool cloudflare = server && lower_case(*server) == "cloudflare";
  switch (answer.status) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
      return finding("redirect", answer, url);
    case 401:
      return finding("login", answer, url);
    case 403:
    case 405:
    case 406:
    case 418:
    case 429:
      return finding("firewall", answer, url);
    case 404:
    case 410:
      return finding("not_found", answer, url);
    default:
      break;
  }
  if (answer.status >= 500) {
    // Cloudflare's own pages: 503 is its question whether we are human, 520 and up say that it cannot reach us.
    return finding(cloudflare && answer.status == 503 ? "firewall" : "down", answer, url);
  }
  return finding(is_page(answer) ? "page" : "other", answer, url);
}

}  // namespace

HttpCall look_at(const std::string& url) {
  HttpCall call;
  call.method = "GET";
  call.url = url;
  call.timeout_ms = own_address_timeout_ms;
  return call;
}

HttpCall handshake(const std::string& webhook_url, const std::string& verify_token, const std::string& challenge) {
  return look_at(webhook_url + "?hub.mode=subscribe&hub.challenge=" + challenge +
                 "&hub.verify_token=" + percent_encoded(verify_token));
}

Check judge_handshake(const HttpAnswer& answer, const std::string& url, const std::string& challenge) {
  if (answer.failure != TransportFailure::none) return judge_silence(answer, url);
  if (answer.status == 200 && answer.body == challenge) return finding("ok", answer, url);
  const std::string code = own_code(answer);
  if (code == "handshake_with_wrong_token") return finding("wrong_token", answer, url);
  if (code == "no_channel" || code == "wrong_method") return finding("no_channel", answer, url);
  if (answer.status == 200 && !is_page(answer)) return finding("changed", answer, url);
  return judge_stranger(answer, url);
}

Check judge_webhook(const HttpAnswer& answer, const std::string& url) {
  if (answer.failure != TransportFailure::none) return judge_silence(answer, url);
  const std::string code = own_code(answer);
  if (code == "wrong_method" || code == "handshake_without_parameters") return finding("ok", answer, url);
  if (code == "no_channel") return finding("no_channel", answer, url);
  return judge_stranger(answer, url);
}

Check judge_health(const HttpAnswer& answer, const std::string& url) {
  if (answer.failure != TransportFailure::none) return judge_silence(answer, url);
  const auto body = parse_json(answer.body);
  if (answer.status == 200 && body && word_of(member(body.value(), "status")) == "ok")
    return finding("ok", answer, url);
  return judge_stranger(answer, url);
}

}  // namespace sahut::adapters

#include "adapters/gateway/media.hpp"

#include <algorithm>
#include <utility>

#include "adapters/gateway/base64.hpp"
#include "adapters/web_address.hpp"

namespace sahut::adapters::gateway {
namespace {

HttpCall fetch(std::string url) {
  HttpCall call;
  call.method = "GET";
  call.url = std::move(url);
  return call;
}

HttpCall fetch_with_key(const Profile& profile, const Address& address, const std::string& rest) {
  HttpCall call = fetch(address.api_base + rest);
  for (const auto& [key, value] : profile.send.headers) call.headers.emplace_back(key, filled(value, address.settings));
  return call;
}

/// A gateway that does not know its own name writes where it sees itself.
bool means_itself(const std::string& host) {
  return host == "localhost" || host == "127.0.0.1" || host == "0.0.0.0" || host == "::1";
}

std::optional<HttpCall> from_address(const Profile& profile, const Address& address, const std::string& url) {
  if (url.find("..") != std::string::npos) return std::nullopt;
  const auto where = web_address_of(url);
  if (!where) {
    const bool relative = !url.empty() && url.find("://") == std::string::npos && web_address_of("http://x/" + url);
    if (!relative) return std::nullopt;
    return fetch_with_key(profile, address, (url.front() == '/' ? "" : "/") + url);
  }
  const auto base = web_address_of(address.api_base);
  if (base && (where->same_server(*base) || means_itself(where->host))) {
    HttpCall call = fetch_with_key(profile, address, "");
    // The path stands in the whole address; of ours only the server counts.
    call.url = address.api_base.substr(0, address.api_base.find('/', address.api_base.find("://") + 3)) + where->rest;
    return call;
  }
  const bool known = where->tls && std::any_of(profile.media.hosts.begin(), profile.media.hosts.end(),
                                               [&](const std::string& host) { return is_within(where->host, host); });
  return known ? std::optional(fetch(url)) : std::nullopt;
}

}  // namespace

std::optional<HttpCall> seek_media(const Profile& profile, const Address& address, const std::string& attachment) {
  const Result<Json> parsed = parse_json(attachment);
  if (!parsed) return std::nullopt;
  if (profile.media.call.path.empty()) {
    return from_address(profile, address, text_of(member(parsed.value(), "url")));
  }
  const std::string id = word_of(member(parsed.value(), "media_id"));
  if (id.empty()) return std::nullopt;
  HttpCall call = fetch_with_key(profile, address, filled(profile.media.call.path, address.settings));
  Words words = address.settings;
  words["media_id"] = id;
  call.method = "POST";
  call.headers.emplace_back("Content-Type", "application/json");
  call.body = dump(filled_body(profile.media.call.body, words));
  return call;
}

MediaStep media_in(const HttpAnswer& answer, const Place& place) {
  MediaStep step = media_step_of(answer);
  if (step.kind != MediaStep::Kind::content) return step;
  // Not read by parse_json(), whose limits are for words: the whole answer is one text, and its size is bounded
  // already.
  const Json body = Json::parse(answer.body, nullptr, /*allow_exceptions=*/false);
  const Json& text = at(body, place);
  auto bytes = text.is_string() ? from_base64(text.get_ref<const std::string&>()) : std::nullopt;
  if (!bytes) return MediaStep::never("unreadable");
  step.content = std::move(*bytes);
  return step;
}

}  // namespace sahut::adapters::gateway

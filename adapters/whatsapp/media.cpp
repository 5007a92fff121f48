#include "adapters/whatsapp/media.hpp"

#include <algorithm>
#include <array>

#include "adapters/json_reader.hpp"
#include "adapters/multipart.hpp"
#include "adapters/transport_verdict.hpp"
#include "adapters/web_address.hpp"
#include "adapters/whatsapp/classify.hpp"

namespace sahut::adapters::whatsapp {
namespace {

constexpr std::array<std::string_view, 4> meta_domains = {"facebook.com", "fbsbx.com", "fbcdn.net", "whatsapp.net"};

bool is_metas(const Account& account, const std::string& url) {
  const auto address = web_address_of(url);
  const auto base = web_address_of(account.api_base);
  if (!address || !base) return false;
  if (address->same_server(*base)) return true;
  return address->tls && address->port == "443" &&
         std::any_of(meta_domains.begin(), meta_domains.end(),
                     [&](std::string_view domain) { return is_within(address->host, domain); });
}

HttpCall with_token(const Account& account, std::string method, std::string url) {
  HttpCall call;
  call.method = std::move(method);
  call.url = std::move(url);
  call.headers = {{"Authorization", "Bearer " + account.access_token}};
  return call;
}

}  // namespace

std::optional<HttpCall> seek_media(const Account& account, const std::string& attachment) {
  const Result<Json> parsed = parse_json(attachment);
  if (!parsed) return std::nullopt;
  const std::string id = word_of(member(parsed.value(), "media_id"));
  if (id.empty()) return std::nullopt;
  return with_token(account, "GET",
                    account.api_base + "/" + percent_encoded(id) + "?phone_number_id=" + account.phone_number_id);
}

MediaStep media_address(const Account& account, const HttpAnswer& answer) {
  const Result<Json> parsed = parse_json(answer.body);
  const Json body = parsed ? parsed.value() : Json();
  // Meta says 400 of an id that it no longer has.
  if (answer.status == 400 && integer_of(member(body, "error", "code")) == 100) return MediaStep::never("gone");
  MediaStep step = media_step_of(answer);
  if (step.kind != MediaStep::Kind::content) return step;
  const std::string url = text_of(member(body, "url"));
  if (url.empty()) return MediaStep::never("unreadable");
  if (!is_metas(account, url)) return MediaStep::never("foreign_host");
  return MediaStep::perform(with_token(account, "GET", url));
}

HttpCall upload(const Account& account, const OutboundFile& file) {
  HttpCall call = with_token(account, "POST", account.api_base + "/" + account.phone_number_id + "/media");
  call.timeout_ms = media_timeout_ms;
  put_form(call, {{"messaging_product", "whatsapp"}, {"type", file.mime_type}},
           {.field = "file", .name = file.name, .mime_type = file.mime_type, .bytes = *file.bytes});
  return call;
}

SendVerdict classify_upload(const HttpAnswer& answer, const ErrorTable& table) {
  SendVerdict verdict;
  if (answer.failure == TransportFailure::none && answer.status >= 200 && answer.status < 300) {
    const Result<Json> parsed = parse_json(answer.body);
    verdict.external_id = word_of(member(parsed ? parsed.value() : Json(), "id"));
    if (verdict.external_id.empty()) {
      verdict.error_code = "no_media_id";
      verdict.error_text = "WhatsApp took the file but named none.";
    } else {
      verdict.kind = SendVerdict::Kind::accepted;
    }
    return verdict;
  }
  verdict = classify(answer, table);
  verdict.may_have_arrived = false;
  return verdict;
}

}  // namespace sahut::adapters::whatsapp

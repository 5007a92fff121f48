#include "adapters/telegram/media.hpp"

#include "adapters/json_reader.hpp"

namespace sahut::adapters::telegram {
namespace {

/// A path below the bot's files and nowhere else: a local Bot API server may name a file of its own disk.
bool is_plain_path(const std::string& path) {
  return !path.empty() && path.front() != '/' && path.find("..") == std::string::npos &&
         path.find_first_of("?#\\% ") == std::string::npos;
}

}  // namespace

std::optional<HttpCall> seek_media(const BotApi& api, const std::string& attachment) {
  const Result<Json> parsed = parse_json(attachment);
  if (!parsed) return std::nullopt;
  const std::string id = word_of(member(parsed.value(), "file_id"));
  if (id.empty()) return std::nullopt;
  return api.call("getFile", {{"file_id", id}});
}

MediaStep media_path(const BotApi& api, const HttpAnswer& answer) {
  const Result<Json> parsed = parse_json(answer.body);
  const Json body = parsed ? parsed.value() : Json();
  if (answer.status == 400) {
    const bool big = text_of(member(body, "description")).find("too big") != std::string::npos;
    return MediaStep::never(big ? "too_big" : "gone");
  }
  MediaStep step = media_step_of(answer);
  if (step.kind != MediaStep::Kind::content) return step;
  const std::string path = text_of(member(body, "result", "file_path"));
  if (!is_plain_path(path)) return MediaStep::never("unreadable");
  HttpCall call;
  call.method = "GET";
  call.url = api.base + "/file/bot" + api.token + "/" + path;
  return MediaStep::perform(std::move(call));
}

}  // namespace sahut::adapters::telegram

#include "adapters/media_fetch.hpp"

#include <utility>

namespace sahut::adapters {

MediaStep MediaStep::perform(HttpCall call) {
  MediaStep step;
  step.kind = Kind::call;
  step.call = std::move(call);
  return step;
}

MediaStep MediaStep::found(std::string content) {
  MediaStep step;
  step.kind = Kind::content;
  step.content = std::move(content);
  return step;
}

MediaStep MediaStep::later(std::string reason) {
  MediaStep step;
  step.kind = Kind::later;
  step.reason = std::move(reason);
  return step;
}

MediaStep MediaStep::never(std::string reason) {
  MediaStep step;
  step.reason = std::move(reason);
  return step;
}

MediaStep media_step_of(const HttpAnswer& answer) {
  if (answer.too_large) return MediaStep::never("too_big");
  if (answer.failure != TransportFailure::none) return MediaStep::later("unreachable");
  const int status = answer.status;
  if (status >= 200 && status < 300) return MediaStep::found({});
  if (status == 404 || status == 410) return MediaStep::never("gone");
  if (status == 413) return MediaStep::never("too_big");
  if (status == 401 || status == 403 || status == 408 || status == 429 || status >= 500) {
    return MediaStep::later("unreachable");
  }
  return MediaStep::never("refused");
}

}  // namespace sahut::adapters

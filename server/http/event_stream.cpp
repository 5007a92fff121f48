#include "server/http/event_stream.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace sahut::http {
namespace {

/// A line break in the value would start a line of its own.
void append_line(std::string& text, std::string_view field, std::string_view value) {
  text += field;
  std::copy_if(value.begin(), value.end(), std::back_inserter(text),
               [](char c) { return c != '\n' && c != '\r' && c != '\0'; });
  text += '\n';
}

}  // namespace

bool EventStream::send(std::string_view id, std::string_view event, std::string_view data) {
  std::string text;
  text.reserve(id.size() + event.size() + data.size() + 32);
  if (!id.empty()) append_line(text, "id: ", id);
  if (!event.empty()) append_line(text, "event: ", event);
  // A line break in the data starts another data line; JSON has none.
  text += "data: ";
  for (const char c : data) {
    if (c == '\n') {
      text += "\ndata: ";
    } else if (c != '\r') {
      text += c;
    }
  }
  text += "\n\n";
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return false;
    const bool was_empty = waiting_.empty();
    if (waiting_.size() + text.size() > most_waiting_bytes) {
      closed_ = dropped_ = true;
      waiting_ = std::string();
    } else {
      waiting_ += text;
      if (!was_empty) return true;  // the connection knows already
    }
  }
  wake_();
  return !dropped();
}

void EventStream::close() {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    closed_ = true;
  }
  wake_();
}

bool EventStream::dropped() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

bool EventStream::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

std::string EventStream::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(waiting_, {});
}

}  // namespace sahut::http

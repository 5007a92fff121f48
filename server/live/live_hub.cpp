#include "server/live/live_hub.hpp"

#include <nlohmann/json.hpp>
#include <utility>

namespace sahut::server {
namespace {

/// Closed streams are swept each so many additions: cheaper than a timer, bounded all the same.
constexpr std::size_t additions_between_sweeps = 64;

}  // namespace

std::string event_data(const storage::LiveEvent& event) {
  nlohmann::json data = {{"id", event.subject}};
  if (!event.office.empty()) data["office"] = event.office;
  return data.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void LiveHub::forget_closed() {
  std::erase_if(pages_, [](const Page& page) { return page.stream->closed(); });
  std::erase_if(chats_, [](const auto& item) { return item.second.stream->closed(); });
}

void LiveHub::add_page(std::shared_ptr<http::EventStream> stream, std::string office) {
  const std::lock_guard lock(mutex_);
  if (++additions_ % additions_between_sweeps == 0) forget_closed();
  pages_.push_back({std::move(stream), std::move(office)});
}

void LiveHub::add_chat(std::shared_ptr<http::EventStream> stream, ContactId contact, std::function<void()> pump) {
  const std::lock_guard lock(mutex_);
  if (++additions_ % additions_between_sweeps == 0) forget_closed();
  chats_.emplace(contact.value, Chat{std::move(stream), std::make_shared<std::mutex>(), std::move(pump)});
}

void LiveHub::publish(const std::vector<storage::LiveEvent>& events) {
  if (events.empty()) return;
  std::vector<Page> pages;
  {
    const std::lock_guard lock(mutex_);
    pages = pages_;
  }
  for (const storage::LiveEvent& event : events) {
    const std::string data = event_data(event);
    for (const Page& page : pages) {
      const bool may_know = event.office.empty() || page.office.empty() || page.office == event.office;
      if (may_know) (void)page.stream->send(event.id.text(), event.kind, data);
    }
  }
}

std::vector<LiveHub::Chat> LiveHub::chats_of(ContactId contact) {
  const std::lock_guard lock(mutex_);
  std::vector<Chat> chats;
  const auto [from, to] = chats_.equal_range(contact.value);
  for (auto at = from; at != to; ++at) {
    if (!at->second.stream->closed()) chats.push_back(at->second);
  }
  return chats;
}

void LiveHub::tell_chat(ContactId contact, std::string_view kind, std::string_view data) {
  for (const Chat& chat : chats_of(contact)) (void)chat.stream->send("", kind, data);
}

void LiveHub::news_for(ContactId contact) {
  for (const Chat& chat : chats_of(contact)) {
    const std::lock_guard lock(*chat.pumping);
    chat.pump();
  }
}

std::size_t LiveHub::open_streams() {
  const std::lock_guard lock(mutex_);
  forget_closed();
  return pages_.size() + chats_.size();
}

void LiveHub::close_all() {
  std::vector<std::shared_ptr<http::EventStream>> streams;
  {
    const std::lock_guard lock(mutex_);
    for (Page& page : pages_) streams.push_back(std::move(page.stream));
    for (auto& [contact, chat] : chats_) streams.push_back(std::move(chat.stream));
    pages_.clear();
    chats_.clear();
  }
  for (const auto& stream : streams) stream->close();
}

}  // namespace sahut::server

// Who is looking: open event streams of signed-in pages and of residents' chats, and what each must be told. What a
// page missed while it was away is read from the store, never from here.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/event_stream.hpp"
#include "storage/repositories/records.hpp"
#include "values/id.hpp"

namespace sahut::server {

/// Thread-safe.
class LiveHub {
 public:
  /// A signed-in page. `office` empty: it is told of all offices.
  void add_page(std::shared_ptr<http::EventStream> stream, std::string office);
  /// A resident's page. `pump` brings it up to date; called on any thread, one call at a time for each page.
  void add_chat(std::shared_ptr<http::EventStream> stream, ContactId contact, std::function<void()> pump);

  void publish(const std::vector<storage::LiveEvent>& events);
  void news_for(ContactId contact);
  /// An event that is told now or never: nothing of it is in the store.
  void tell_chat(ContactId contact, std::string_view kind, std::string_view data);

  [[nodiscard]] std::size_t open_streams();
  /// Ends every stream: the server stops.
  void close_all();

 private:
  struct Page {
    std::shared_ptr<http::EventStream> stream;
    std::string office;
  };
  struct Chat {
    std::shared_ptr<http::EventStream> stream;
    std::shared_ptr<std::mutex> pumping;  ///< keeps two news from pumping one page at once
    std::function<void()> pump;
  };
  [[nodiscard]] std::vector<Chat> chats_of(ContactId contact);
  void forget_closed();

  std::mutex mutex_;
  std::vector<Page> pages_;
  std::multimap<std::int64_t, Chat> chats_;
  std::size_t additions_ = 0;
};

/// The `data` of an event of /api/v1/events.
[[nodiscard]] std::string event_data(const storage::LiveEvent& event);

}  // namespace sahut::server

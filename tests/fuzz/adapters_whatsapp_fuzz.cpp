// Any bytes as a signed WhatsApp webhook, and the same bytes as Meta's answer to a send.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/whatsapp/classify.hpp"
#include "adapters/whatsapp/parse.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sahut;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto events = adapters::whatsapp::parse(bytes, "555000111222", {1'795'485'600'000});
  if (events) {
    for (const auto& event : events.value()) {
      const auto* const message = std::get_if<conversation::InboundMessage>(&event);
      if (message != nullptr && (message->external_id.empty() || message->contact.empty())) std::abort();
    }
  }
  adapters::HttpAnswer answer;
  answer.status = size % 2 == 0 ? 200 : 400;
  answer.body = bytes;
  (void)adapters::whatsapp::classify(answer, adapters::whatsapp::default_error_table());
  return 0;
}

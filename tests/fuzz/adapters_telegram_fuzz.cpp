// Any bytes as an authentic Telegram webhook, as the answer to a poll, to a send and to what the set-up asks.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/telegram/classify.hpp"
#include "adapters/telegram/examine.hpp"
#include "adapters/telegram/polling.hpp"
#include "adapters/telegram/registration.hpp"
#include "adapters/telegram/update.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sahut;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto events = adapters::telegram::parse(bytes);
  if (events && events.value().size() != 1) std::abort();
  adapters::HttpAnswer answer;
  answer.status = size % 2 == 0 ? 200 : 400;
  answer.body = bytes;
  if (adapters::telegram::parse_poll(answer, 7).next_offset < 7) std::abort();
  (void)adapters::telegram::classify(answer, adapters::telegram::default_refusals());
  (void)adapters::telegram::parse_webhook_info(answer);
  (void)adapters::telegram::check_token(answer);
  return 0;
}

// Any text and any choices as a message of ours: every channel must write valid JSON within its limits.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "adapters/json_reader.hpp"
#include "adapters/numbered_choices.hpp"
#include "adapters/telegram/render.hpp"
#include "adapters/text_limits.hpp"
#include "adapters/whatsapp/render.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sahut::adapters;
  // Pieces between bytes of 0xFF: the text, then title and value of each choice.
  std::vector<std::string> pieces(1);
  for (std::size_t i = 0; i < size; ++i) {
    if (data[i] == 0xFF) {
      pieces.emplace_back();
    } else {
      pieces.back() += static_cast<char>(data[i]);
    }
  }
  Delivery delivery{"6285500112233", "ob-1", pieces[0].substr(0, 20), {pieces[0], {}}};
  for (std::size_t i = 1; i + 1 < pieces.size(); i += 2) delivery.message.choices.push_back({pieces[i], pieces[i + 1]});

  const auto whatsapp = parse_json(whatsapp::render_body(delivery));
  if (!whatsapp) std::abort();
  const std::string body = text_of(member(whatsapp.value(), "text", "body"));
  if (count_code_points(body) > whatsapp::longest_body) std::abort();

  const auto telegram = parse_json(dump(telegram::send_message_arguments(delivery)));
  if (!telegram || text_of(member(telegram.value(), "text")).empty()) std::abort();
  if (text_with_numbers(delivery.message, 4096).empty()) std::abort();
  return 0;
}

#include "adapters/whatsapp/test_message.hpp"

#include <algorithm>

#include "adapters/findings.hpp"
#include "adapters/numbered_choices.hpp"

namespace sahut::adapters::whatsapp {
namespace {

constexpr std::string_view channel = "whatsapp";

}  // namespace

std::optional<std::string> number_of(std::string_view text) {
  std::string digits;
  for (const char c : text.substr(text.starts_with('+') ? 1 : 0)) {
    if (c == ' ' || c == '-') continue;
    if (c < '0' || c > '9') return std::nullopt;
    digits += c;
  }
  if (digits.starts_with('0') && !text.starts_with('+')) digits = "62" + digits.substr(1);
  // E.164: at most 15 digits, the first no zero; the shortest mobile numbers have seven.
  if (digits.size() < 7 || digits.size() > 15 || digits.starts_with('0')) return std::nullopt;
  return digits;
}

Delivery test_delivery(const std::string& number) {
  Delivery delivery;
  delivery.contact = number;
  delivery.message.text = channel_words("test_message");
  return delivery;
}

Check judge_send(const SendVerdict& verdict) {
  const Words words = {{"words", verdict.error_text}};
  if (verdict.kind == SendVerdict::Kind::accepted) return found(channel, "test_taken");
  if (verdict.kind == SendVerdict::Kind::window_closed) return found(channel, "test_window");
  return found(channel, "test_refused", words);
}

Check judge_report(std::string_view state, const std::string& error) {
  if (state != "failed") return found(channel, "test_delivered", {{"state", std::string(state)}});
  return found(channel, "test_failed", {{"words", error.empty() ? "tanpa alasan." : error}});
}

Check no_report(int seconds) {
  return found(channel, "test_unseen", {{"seconds", std::to_string(seconds)}});
}

}  // namespace sahut::adapters::whatsapp

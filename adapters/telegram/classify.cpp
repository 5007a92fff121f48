#include "adapters/telegram/classify.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <stdexcept>

#include "adapters/json_reader.hpp"
#include "adapters/tab_table.hpp"
#include "adapters/telegram/bot_api.hpp"
#include "adapters/transport_verdict.hpp"
#include "values/masking.hpp"

namespace sahut::adapters::telegram {
namespace {

using Kind = SendVerdict::Kind;

std::string small(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

SendVerdict accepted(const Json& result) {
  SendVerdict verdict;
  const auto chat = integer_of(member(result, "chat", "id"));
  const auto message = integer_of(member(result, "message_id"));
  verdict.kind = Kind::accepted;
  if (chat && message) verdict.external_id = message_key(*chat, *message);
  return verdict;
}

}  // namespace

Result<std::vector<Refusal>> parse_refusals(std::string_view file, std::string_view bytes) {
  static const std::map<std::string_view, Kind> kinds = {{"retry", Kind::retry},
                                                         {"unreachable", Kind::unreachable},
                                                         {"refused", Kind::refused},
                                                         {"channel_down", Kind::channel_down}};
  const auto rows = read_tab_table(file, bytes, {"status", "words", "class", "meaning", "source", "date"});
  if (!rows) return rows.problem();
  std::vector<Refusal> refusals;
  for (const TabRow& row : rows.value()) {
    const std::string where = std::string(file) + ":" + std::to_string(row.line);
    const auto kind = kinds.find(row.cells[2]);
    if (kind == kinds.end()) return Problem{"bad_class", where, "This class is not known.", ""};
    int status = 0;
    const std::string& text = row.cells[0];
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), status);
    if (error != std::errc{} || end != text.data() + text.size() || status < 400 || status > 499) {
      return Problem{"bad_status", where, "This is not a status from 400 to 499.", ""};
    }
    refusals.push_back({status, row.cells[1] == "-" ? "" : row.cells[1], kind->second, row.cells[3]});
  }
  return refusals;
}

const std::vector<Refusal>& default_refusals() {
  static const std::vector<Refusal> refusals = [] {
    auto parsed = parse_refusals("telegram-errors.tsv", channel_file("telegram-errors.tsv"));
    if (!parsed) throw std::logic_error(parsed.problem().text());
    return std::move(parsed).value();
  }();
  return refusals;
}

SendVerdict classify(const HttpAnswer& answer, const std::vector<Refusal>& refusals) {
  if (const auto verdict = verdict_of_transport(answer)) return *verdict;
  const Result<Json> parsed = parse_json(answer.body);
  const Json body = parsed ? parsed.value() : Json();
  const Json& result = member(body, "result");
  if (flag_of(member(body, "ok")) && answer.status >= 200 && answer.status < 300) return accepted(result);

  SendVerdict verdict = verdict_of_status(answer);
  const std::string description = mask_numbers(name_of(member(body, "description")));
  if (!member(body, "description").is_string()) return verdict;
  const auto status = integer_of(member(body, "error_code")).value_or(answer.status);
  verdict.error_code = std::to_string(status);
  verdict.error_text = description;
  if (const auto chat = integer_of(member(body, "parameters", "migrate_to_chat_id"))) {
    verdict.kind = Kind::moved;
    verdict.moved_to = std::to_string(*chat);
    return verdict;
  }
  if (status == 429) {
    const auto wait_s = integer_of(member(body, "parameters", "retry_after"));
    verdict.kind = Kind::wait;
    verdict.whole_channel = false;
    verdict.retry_after_ms = wait_s && *wait_s >= 0 && *wait_s <= longest_retry_after_s
                                 ? *wait_s * 1000
                                 : retry_after_ms(answer.headers).value_or(default_wait_ms);
    return verdict;
  }
  const std::string words = small(name_of(member(body, "description")));
  const auto row = std::find_if(refusals.begin(), refusals.end(), [&](const Refusal& refusal) {
    return refusal.status == status && words.find(refusal.words) != std::string::npos;
  });
  if (row == refusals.end()) return verdict;
  verdict.kind = row->kind;
  verdict.may_have_arrived = false;
  verdict.error_text = row->meaning + " " + description;
  return verdict;
}

}  // namespace sahut::adapters::telegram

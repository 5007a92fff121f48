#include "adapters/whatsapp/refusal.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "adapters/findings.hpp"
#include "adapters/whatsapp/status.hpp"

namespace sahut::adapters::whatsapp {
namespace {

/// Meta, support/error-codes (2026-05-15) and graph-api/guides/error-handling; the first row that fits. The table of
/// sending (whatsapp-errors.tsv) says what to do with a message; this one says what to tell the operator.
struct Refusal {
  std::int64_t first;
  std::int64_t last;
  std::int64_t subcode;  ///< 0 = any
  std::string_view finding;
};
constexpr std::int64_t no_code = -1;  ///< 0 is a code of Meta's
constexpr std::array refusals = {
    Refusal{190, 190, 463, "token_expired"},
    Refusal{190, 190, 460, "token_password"},
    Refusal{190, 190, 0, "token_refused"},
    Refusal{0, 0, 0, "token_refused"},
    Refusal{3, 3, 0, "token_scopes"},
    Refusal{10, 10, 0, "token_scopes"},
    Refusal{200, 299, 0, "token_scopes"},
    Refusal{131005, 131005, 0, "token_scopes"},
    Refusal{2635, 2635, 0, "version_too_old"},
    Refusal{100, 100, 33, "number_unknown"},
    Refusal{33, 33, 0, "number_unknown"},
    Refusal{803, 803, 0, "number_unknown"},
    Refusal{133010, 133010, 0, "number_not_registered"},
    Refusal{131045, 131045, 0, "number_not_registered"},
    Refusal{368, 368, 0, "account_locked"},
    Refusal{131031, 131031, 0, "account_locked"},
    Refusal{131042, 131042, 0, "no_payment"},
    Refusal{4, 4, 0, "api_throttled"},
    Refusal{80007, 80007, 0, "api_throttled"},
    Refusal{130429, 130429, 0, "api_throttled"},
    Refusal{1, 2, 0, "api_passing"},
    Refusal{131000, 131000, 0, "api_passing"},
    Refusal{131016, 131016, 0, "api_passing"},
    Refusal{131057, 131057, 0, "api_passing"},
};

}  // namespace

Check check_error(const Json& error) {
  const std::int64_t code = integer_of(member(error, "code")).value_or(no_code);
  // An answer calls it error_subcode, the description of a token subcode.
  const bool answered = !member(error, "error_subcode").is_null();
  const std::int64_t subcode = integer_of(member(error, answered ? "error_subcode" : "subcode")).value_or(0);
  const auto row = std::find_if(refusals.begin(), refusals.end(), [&](const Refusal& one) {
    return one.first <= code && code <= one.last && (one.subcode == 0 || one.subcode == subcode);
  });
  const Words words = {{"code", code == no_code ? "tanpa kode" : std::to_string(code)},
                       {"words", error_words(error)},
                       {"scopes", "whatsapp_business_messaging, whatsapp_business_management"}};
  return found("whatsapp", row == refusals.end() ? "number_error" : row->finding, words);
}

GraphAnswer graph_answer(const HttpAnswer& answer) {
  GraphAnswer graph;
  if (answer.failure != TransportFailure::none) {
    graph.refusal = found("whatsapp", "api_unreachable", {{"detail", answer.failure_text}});
    return graph;
  }
  auto parsed = parse_json(answer.body);
  const Json body = parsed ? std::move(parsed).value() : Json();
  const Json& error = member(body, "error");
  if (error.is_object()) {
    graph.words = error_words(error);
    graph.refusal = check_error(error);
    return graph;
  }
  if (answer.status < 200 || answer.status > 299 || !body.is_object()) {
    graph.refusal = found("whatsapp", "api_strange", {{"status", std::to_string(answer.status)}});
    return graph;
  }
  graph.body = body;
  return graph;
}

}  // namespace sahut::adapters::whatsapp

#include "server/state/ask.hpp"

#include "conversation/receipt_json.hpp"
#include "conversation/turn.hpp"

namespace sahut::server {
namespace {

conversation::Outcome outcome_of(const knowledge::Snapshot& snapshot, const conversation::Sentences& sentences,
                                 const std::string& text, const std::string& local_date) {
  conversation::InboundMessage message;
  message.external_id = "ask";
  message.contact = "ask";
  message.text = text;
  return conversation::take_turn({}, message, snapshot, sentences, local_date);
}

/// Outsiders know four actions: a courtesy or a source is an answer; what asks for a case has none in the knowledge
/// base.
std::string outside_action(const conversation::Outcome& outcome) {
  const std::string& action = outcome.receipt.action;
  if (action == "small_talk" || action == "source") return "answer";
  return action == "answer" || action == "clarify" || action == "handoff" ? action : "fallback";
}

}  // namespace

nlohmann::ordered_json ask(const knowledge::Snapshot& snapshot, const conversation::Sentences& sentences,
                           const std::string& text, const std::string& local_date) {
  const conversation::Outcome outcome = outcome_of(snapshot, sentences, text, local_date);
  const nlohmann::json receipt = conversation::to_json(outcome.receipt);
  nlohmann::ordered_json json;
  json["action"] = outside_action(outcome);
  json["entry"] = receipt["entry"];
  json["confidence"] = receipt["confidence"];
  json["candidates"] = receipt["candidates"];
  json["reply"] = outcome.reply ? outcome.reply->text : "";
  json["choices"] = nlohmann::ordered_json::array();
  if (outcome.reply) {
    for (const conversation::Choice& choice : outcome.reply->choices) {
      json["choices"].push_back({{"title", choice.title}, {"value", choice.value}});
    }
  }
  for (const char* name : {"evidence", "facet", "how", "revision", "snapshot"}) json[name] = receipt[name];
  return json;
}

knowledge::Reaction react(const knowledge::Snapshot& snapshot, const conversation::Sentences& sentences,
                          const std::string& text, const std::string& local_date) {
  const conversation::Outcome outcome = outcome_of(snapshot, sentences, text, local_date);
  return {outside_action(outcome), outcome.receipt.entry};
}

}  // namespace sahut::server

#include "conversation/receipt_json.hpp"

#include <cmath>

namespace sahut::conversation {
namespace {

double rounded(double value) {
  return std::round(value * 10'000) / 10'000;
}

nlohmann::json text_or_null(const std::string& text) {
  return text.empty() ? nlohmann::json() : nlohmann::json(text);
}

}  // namespace

nlohmann::json to_json(const Receipt& receipt) {
  nlohmann::json json = {{"action", receipt.action},
                         {"entry", text_or_null(receipt.entry)},
                         {"revision", receipt.entry.empty() ? nlohmann::json() : nlohmann::json(receipt.revision)},
                         {"snapshot", receipt.snapshot},
                         {"facet", text_or_null(receipt.facet)},
                         {"how", receipt.how},
                         {"confidence", rounded(receipt.confidence)},
                         {"candidates", nlohmann::json::array()}};
  if (!receipt.matched_text.empty()) json["matched_text"] = receipt.matched_text;
  if (receipt.second) {
    json["second"] = {
        {"entry", receipt.second->entry},
        {"revision", receipt.second_revision},
        {"facet", receipt.second->facet == nlu::Facet::none ? nlohmann::json()
                                                            : nlohmann::json(nlu::name_of(receipt.second->facet))}};
  }
  for (const Receipt::Scored& candidate : receipt.candidates) {
    json["candidates"].push_back({{"entry", candidate.entry}, {"score", rounded(candidate.score)}});
  }
  const nlu::Evidence& evidence = receipt.evidence;
  json["evidence"] = {{"rule", text_or_null(evidence.rule)},
                      {"keywords", evidence.keywords},
                      {"words", nlohmann::json::array()},
                      {"background", rounded(evidence.background)},
                      {"thresholds",
                       {{"answer", rounded(evidence.thresholds.answer)},
                        {"clarify", rounded(evidence.thresholds.clarify)},
                        {"margin", rounded(evidence.thresholds.margin)},
                        {"background", rounded(evidence.thresholds.background)}}}};
  for (const nlu::WordWeight& word : evidence.words) {
    json["evidence"]["words"].push_back({{"word", word.word}, {"weight", rounded(word.weight)}});
  }
  return json;
}

nlohmann::json public_part(const nlohmann::json& receipt) {
  nlohmann::json json = nlohmann::json::object();
  for (const char* name : {"action", "entry", "revision"}) {
    json[name] = receipt.is_object() && receipt.contains(name) ? receipt.at(name) : nlohmann::json();
  }
  // To a resident a source or a courtesy is an answer like any other.
  if (json["action"] == "source" || json["action"] == "small_talk") json["action"] = "answer";
  return json;
}

}  // namespace sahut::conversation

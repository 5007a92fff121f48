#include "conversation/reply_writer.hpp"

#include <utility>

#include "conversation/typed_choice.hpp"

namespace sahut::conversation {
namespace {

std::size_t utf16_units(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) units += byte >= 0xF0U ? 2 : 1;
  }
  return units;
}

}  // namespace

std::string ReplyWriter::whole(const knowledge::Entry& entry) const {
  const auto english = entry.answer.find("en");
  if (language_ == nlu::Language::en && english != entry.answer.end()) return english->second;
  const std::string& indonesian = entry.answer.at("id");
  if (language_ == nlu::Language::id) return indonesian;
  return sentences_.say(language_, "answer.only_in_indonesian", {{"text", indonesian}});
}

ReplyWriter::Told ReplyWriter::answer(const knowledge::Entry& entry, nlu::Facet asked, Manner manner) const {
  const auto facet = entry.facets.find(asked);
  // "gmn ngurusnya?" as a first question wants the whole answer; only after it does "caranya?" want the steps alone.
  const bool wants_part = asked != nlu::Facet::procedure || manner == Manner::follow_up;
  // Facets are written in Indonesian only: a first question gets the whole English answer instead, if there is one.
  const bool whole_is_better =
      language_ == nlu::Language::en && manner == Manner::question && entry.answer.contains("en");
  if (facet != entry.facets.end() && wants_part && !whole_is_better) {
    const std::string_view key = language_ == nlu::Language::id ? "answer.facet" : "answer.facet_in_indonesian";
    return {sentences_.say(language_, key, {{"title", entry.title}, {"text", facet->second}}), asked};
  }
  if (manner == Manner::follow_up) {
    return {sentences_.say(language_, "answer.facet_missing", {{"text", whole(entry)}}), nlu::Facet::none};
  }
  return {whole(entry), nlu::Facet::none};
}

std::string ReplyWriter::headed(const Part& part) const {
  Told told = answer(part.entry, part.asked, Manner::question);
  if (told.facet != nlu::Facet::none) return std::move(told.text);
  return sentences_.say(nlu::Language::id, "answer.facet", {{"title", part.entry.title}, {"text", told.text}});
}

OutboundMessage ReplyWriter::two_answers(const Part& first, const Part& second, bool more) const {
  const std::string_view key = more ? "answer.first_two" : "answer.two";
  const std::string one = headed(first);
  const bool same = first.entry.id == second.entry.id && language_ == nlu::Language::id;
  // Two facets of one service stand under one heading.
  const auto facet = second.entry.facets.find(second.asked);
  const std::string two = same && facet != second.entry.facets.end() ? facet->second : headed(second);
  OutboundMessage message{.text = sentences_.say(language_, key, {{"first", one}, {"second", two}}), .choices = {}};
  if (utf16_units(message.text) <= longest_bubble) return message;
  const std::string later = sentences_.say(language_, "answer.second_later", {{"title", second.entry.title}});
  return {.text = one + "\n\n" + later, .choices = {entry_choice(second.entry)}};
}

std::string ReplyWriter::source(const knowledge::Entry& entry) const {
  std::string text = sentences_.say(language_, "source.title", {{"title", entry.title}});
  const auto add = [&](std::string_view key, std::string_view word, const std::string& value) {
    if (!value.empty()) text += "\n" + sentences_.say(language_, key, {{word, value}});
  };
  if (entry.legal_basis.empty() && entry.source.empty()) return sentences_.say(language_, "source.unknown");
  add("source.legal_basis", "text", entry.legal_basis);
  add("source.source", "text", entry.source);
  add("source.valid_from", "date", spoken_date(entry.valid_from));
  add("source.valid_until", "date", spoken_date(entry.valid_until));
  add("source.review_by", "date", spoken_date(entry.review_by));
  return text;
}

Choice ReplyWriter::entry_choice(const knowledge::Entry& entry) const {
  return {entry.title, std::string(choice_entry_prefix) + entry.id};
}
Choice ReplyWriter::person_choice() const {
  return {sentences_.say(language_, "answer.more_person"), std::string(choice_person)};
}
Choice ReplyWriter::none_choice() const {
  return {sentences_.say(language_, "clarify.none"), std::string(choice_none)};
}

std::string ReplyWriter::spoken_date(std::string_view date) const {
  constexpr std::string_view form = "YYYY-MM-DD";
  if (date.size() != form.size()) return std::string(date);
  const auto without_zero = [](std::string_view number) { return number.starts_with('0') ? number.substr(1) : number; };
  const std::string month = "month." + std::string(without_zero(date.substr(5, 2)));
  if (!sentences_.has(month)) return std::string(date);
  return sentences_.say(language_, "date.day",
                        {{"day", without_zero(date.substr(8, 2))},
                         {"month", sentences_.say(language_, month)},
                         {"year", date.substr(0, 4)}});
}

}  // namespace sahut::conversation

// Puts answers into words: one bubble, in the resident's language, within what every channel carries.
#pragma once

#include <string>
#include <string_view>

#include "conversation/outbound.hpp"
#include "conversation/sentences.hpp"
#include "knowledge/entry.hpp"
#include "nlu/facet.hpp"

namespace sahut::conversation {

/// UTF-16 units of one bubble: Telegram's 4096 is the strictest, and gateways without buttons add the choices below.
constexpr std::size_t longest_bubble = 3800;

/// How the question came: by itself, or after an answer ("caranya?"), which wants the part alone.
enum class Manner { question, follow_up };

class ReplyWriter {
 public:
  ReplyWriter(const Sentences& sentences, nlu::Language language) : sentences_(sentences), language_(language) {}

  struct Told {
    std::string text;
    nlu::Facet facet = nlu::Facet::none;  ///< told alone; none: the whole answer
  };
  /// The whole answer or the facet asked for. A text that is not written in the resident's language comes in
  /// Indonesian, and says so.
  [[nodiscard]] Told answer(const knowledge::Entry& entry, nlu::Facet asked, Manner manner) const;

  /// One part of two answers.
  struct Part {
    const knowledge::Entry& entry;
    nlu::Facet asked = nlu::Facet::none;
  };
  /// `more`: further questions were asked and are not answered. If both don't fit in a bubble the second becomes a
  /// choice.
  [[nodiscard]] OutboundMessage two_answers(const Part& first, const Part& second, bool more) const;

  /// Legal basis, source and dates of an entry.
  [[nodiscard]] std::string source(const knowledge::Entry& entry) const;

  [[nodiscard]] Choice entry_choice(const knowledge::Entry& entry) const;
  [[nodiscard]] Choice person_choice() const;
  [[nodiscard]] Choice none_choice() const;

 private:
  [[nodiscard]] std::string whole(const knowledge::Entry& entry) const;
  [[nodiscard]] std::string headed(const Part& part) const;
  [[nodiscard]] std::string spoken_date(std::string_view date) const;

  const Sentences& sentences_;
  nlu::Language language_;
};

}  // namespace sahut::conversation

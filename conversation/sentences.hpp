// The catalogue of everything the bot says by itself: data/sentences/id.txt and en.txt. No sentence for residents
// stands in code.
#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "nlu/language.hpp"
#include "values/problem.hpp"

namespace sahut::conversation {

using Filling = std::initializer_list<std::pair<std::string_view, std::string_view>>;

class Sentences {
 public:
  /// Reads one language's file. Errors name the line.
  [[nodiscard]] static Result<Sentences> parse(std::string_view indonesian, std::string_view english);

  /// The sentence with its {words} filled in. REQUIRES: the key exists (a test reads every key the code uses); a
  /// missing one throws std::out_of_range rather than saying something wrong to a resident.
  [[nodiscard]] std::string say(nlu::Language language, std::string_view key, Filling filling = {}) const;
  [[nodiscard]] bool has(std::string_view key) const;
  [[nodiscard]] std::size_t size() const { return indonesian_.size(); }

 private:
  using Catalogue = std::map<std::string, std::string, std::less<>>;
  Catalogue indonesian_;
  Catalogue english_;
};

/// The catalogue that comes with the product.
[[nodiscard]] std::shared_ptr<const Sentences> default_sentences();

}  // namespace sahut::conversation

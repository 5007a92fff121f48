// libstemmer's Indonesian stemmer with its object's life tied to a scope.
#pragma once

#include <memory>
#include <string_view>

struct sb_stemmer;

namespace sahut::nlu {

/// Thread: one at a time. The library is asked for its part at the first word.
class Stemmer {
 public:
  /// The stem; valid until the next call.
  [[nodiscard]] std::string_view operator()(std::string_view word);

 private:
  struct Delete {
    void operator()(sb_stemmer* stemmer) const;
  };
  std::unique_ptr<sb_stemmer, Delete> stemmer_;
};

}  // namespace sahut::nlu

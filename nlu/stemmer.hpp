// libstemmer's Indonesian stemmer with its object's life tied to a scope.
#pragma once

#include <memory>
#include <string_view>

struct sb_stemmer;

namespace sahut::nlu {

/// Thread: one at a time. Making one costs about a microsecond, so normalise() makes one a call.
class Stemmer {
 public:
  Stemmer();
  /// The stem; valid until the next call.
  [[nodiscard]] std::string_view operator()(std::string_view word);

 private:
  struct Delete {
    void operator()(sb_stemmer* stemmer) const;
  };
  std::unique_ptr<sb_stemmer, Delete> stemmer_;
};

}  // namespace sahut::nlu

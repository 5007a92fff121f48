// Checks gathered and told: lines for people, JSON for programs.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "adapters/examination.hpp"

namespace sahut::server {

class Report {
 public:
  /// `live`: where each check is printed as it comes; null = kept only.
  explicit Report(std::ostream* live = nullptr) : live_(live) {}

  /// `prefix` is put before the check's name: "channel.wa.".
  void add(adapters::Check check, const std::string& prefix = {});
  void add(std::optional<adapters::Check> check, const std::string& prefix = {});
  void add(std::vector<adapters::Check> checks, const std::string& prefix = {});

  [[nodiscard]] std::size_t count(adapters::Check::Status status) const;
  [[nodiscard]] bool failed() const { return count(adapters::Check::Status::fail) > 0; }
  [[nodiscard]] const std::vector<adapters::Check>& checks() const { return checks_; }

  /// {"checks":[{"name","status","what","cure"}],"ok":n,"warn":n,"fail":n}
  [[nodiscard]] std::string json() const;
  /// "12 OK, 1 WARN, 0 FAIL"
  [[nodiscard]] std::string summary() const;

 private:
  std::ostream* live_;
  std::vector<adapters::Check> checks_;
};

/// One check as lines: OK, WARN or FAIL, the sentence, and the cure below it.
void print_check(std::ostream& out, const adapters::Check& check);

/// "812 MiB": sizes as people read them.
[[nodiscard]] std::string size_text(std::uint64_t bytes);

}  // namespace sahut::server

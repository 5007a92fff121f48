// The settings of one [channels.NAME] table, read with every fault named: what is missing, what is unknown, what is
// unsafe. The first problem is kept; a channel is only made when there is none (fail closed).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/channel.hpp"
#include "values/problem.hpp"

namespace sahut::adapters {

class SettingsReader {
 public:
  /// Keeps references: the settings must outlive the reader.
  SettingsReader(const std::string& name, const ChannelSettings& settings) : name_(name), settings_(settings) {}

  /// The value; a Problem with `cure` if it is missing or empty.
  [[nodiscard]] std::string required(std::string_view key, std::string_view cure);
  /// All values of a key that may come more than once; a Problem if there is none or one is empty.
  [[nodiscard]] std::vector<std::string> required_list(std::string_view key, std::string_view cure);
  /// The value, or `otherwise` if it is missing or empty.
  [[nodiscard]] std::string optional(std::string_view key, std::string_view otherwise = {});
  /// An http:// or https:// address without its trailing slashes. No default if `otherwise` is empty: then required.
  [[nodiscard]] std::string base_url(std::string_view key, std::string_view otherwise);
  void refuse(std::string_view code, std::string_view key, std::string_view what, std::string_view cure);

  /// Call last: reports the first problem, unknown and repeated keys included.
  [[nodiscard]] std::optional<Problem> problem();

 private:
  [[nodiscard]] std::vector<std::string> values(std::string_view key);
  [[nodiscard]] std::string place(std::string_view key) const { return "channels." + name_ + "." + std::string(key); }

  const std::string& name_;
  const ChannelSettings& settings_;
  std::vector<std::string> known_;
  std::vector<std::string> lists_;
  std::optional<Problem> problem_;
};

}  // namespace sahut::adapters

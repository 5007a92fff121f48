#include "adapters/settings_reader.hpp"

#include <algorithm>

namespace sahut::adapters {
namespace {

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// No spaces, no control characters, a host: what is left is for the HTTP client to refuse.
bool looks_like_url(std::string_view url) {
  const std::size_t scheme = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
  if (scheme == 0 || url.size() == scheme || url[scheme] == '/') return false;
  return std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7F && c != '?' && c != '#'; });
}

}  // namespace

std::vector<std::string> SettingsReader::values(std::string_view key) {
  known_.emplace_back(key);
  std::vector<std::string> found;
  const auto [first, last] = settings_.equal_range(std::string(key));
  for (auto it = first; it != last; ++it) found.push_back(it->second);
  return found;
}

std::string SettingsReader::required(std::string_view key, std::string_view cure) {
  const std::vector<std::string> found = values(key);
  if (!found.empty() && !found.front().empty()) return found.front();
  refuse("missing_setting", key, "This setting is missing or empty.", cure);
  return {};
}

std::vector<std::string> SettingsReader::required_list(std::string_view key, std::string_view cure) {
  lists_.emplace_back(key);
  std::vector<std::string> found = values(key);
  if (found.empty() || has(found, "")) {
    refuse("missing_setting", key, "This setting is missing or empty.", cure);
    return {};
  }
  return found;
}

std::string SettingsReader::optional(std::string_view key, std::string_view otherwise) {
  const std::vector<std::string> found = values(key);
  return found.empty() || found.front().empty() ? std::string(otherwise) : found.front();
}

std::string SettingsReader::base_url(std::string_view key, std::string_view otherwise) {
  std::string url = otherwise.empty()
                        ? required(key, "Give the address the service answers at, such as http://127.0.0.1:3000.")
                        : optional(key, otherwise);
  while (url.ends_with('/')) url.pop_back();
  if (!looks_like_url(url)) {
    refuse("bad_setting", key, "This is not an http:// or https:// address.",
           "Write it as https://host or https://host/path.");
  }
  return url;
}

void SettingsReader::refuse(std::string_view code, std::string_view key, std::string_view what, std::string_view cure) {
  if (!problem_) problem_ = Problem{std::string(code), place(key), std::string(what), std::string(cure)};
}

std::optional<Problem> SettingsReader::problem() {
  for (const auto& [key, value] : settings_) {
    if (key == "kind") continue;  // chose this reader
    if (std::any_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; })) {
      refuse("bad_setting", key, "This setting holds a line break or another control character.", "Remove it.");
    }
    if (!has(known_, key)) {
      std::string names;
      for (const std::string& known : known_) names += (names.empty() ? "" : ", ") + known;
      refuse("unknown_setting", key, "This setting is not known here.",
             names.empty() ? "This kind of channel has none." : "Known ones: " + names + ".");
    } else if (settings_.count(key) > 1 && !has(lists_, key)) {
      refuse("repeated_setting", key, "This setting takes one value only.", "Give it once.");
    }
  }
  return problem_;
}

}  // namespace sahut::adapters

#include "adapters/gateway/profile.hpp"

#include <algorithm>
#include <embedded/channels.hpp>
#include <stdexcept>

namespace sahut::adapters::gateway {
namespace {

std::string word_or_number(const Json& value) {
  if (value.is_string()) return word_of(value);
  const auto number = integer_of(value);
  return number ? std::to_string(*number) : std::string();
}

const std::map<std::string, Profile, std::less<>>& all_profiles() {
  static const std::map<std::string, Profile, std::less<>> profiles = [] {
    std::map<std::string, Profile, std::less<>> all;
    for (const embedded::File& file : embedded::channels()) {
      if (!file.path.starts_with("gateways/")) continue;
      auto profile = read_profile(file.path, file.bytes);
      if (!profile) throw std::logic_error(profile.problem().text());
      std::string name = profile.value().name;
      all.emplace(std::move(name), std::move(profile).value());
    }
    return all;
  }();
  return profiles;
}

}  // namespace

const Json& at(const Json& body, const Place& place) {
  static const Json nothing;
  // contains() first: value-by-pointer lookup throws on an absent place.
  return body.contains(place) ? body[place] : nothing;
}

bool Condition::holds(const Json& body) const {
  const Json& value = gateway::at(body, at);
  if (literally_true) return flag_of(value);
  if (value.is_object() || value.is_array()) return is.empty() && starts.empty() && !value.empty();
  if (value.is_number_float()) return is.empty() && starts.empty();
  const std::string word = value.is_string() && is.empty() ? text_of(value) : word_or_number(value);
  if (word.empty() || !word.starts_with(starts)) return false;
  return is.empty() || std::find(is.begin(), is.end(), word) != is.end();
}

std::string first_word(const Json& body, const Places& places) {
  for (const Place& place : places) {
    if (std::string word = word_or_number(at(body, place)); !word.empty()) return word;
  }
  return {};
}

const Profile* find_profile(std::string_view name) {
  const auto found = all_profiles().find(name);
  return found == all_profiles().end() ? nullptr : &found->second;
}

std::vector<std::string> profile_names() {
  std::vector<std::string> names;
  for (const auto& [name, profile] : all_profiles()) names.push_back(name);
  return names;
}

}  // namespace sahut::adapters::gateway

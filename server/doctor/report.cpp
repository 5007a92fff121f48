#include "server/doctor/report.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <ostream>
#include <utility>

namespace sahut::server {
namespace {

using adapters::Check;

const char* label_of(Check::Status status) {
  return status == Check::Status::ok ? "OK  " : status == Check::Status::warn ? "WARN" : "FAIL";
}

}  // namespace

void Report::add(Check check, const std::string& prefix) {
  check.name = prefix + check.name;
  if (live_ != nullptr) print_check(*live_, check);
  checks_.push_back(std::move(check));
}

void Report::add(std::optional<Check> check, const std::string& prefix) {
  if (check) add(*std::move(check), prefix);
}

void Report::add(std::vector<Check> checks, const std::string& prefix) {
  for (Check& check : checks) add(std::move(check), prefix);
}

std::size_t Report::count(Check::Status status) const {
  return static_cast<std::size_t>(
      std::count_if(checks_.begin(), checks_.end(), [&](const Check& check) { return check.status == status; }));
}

std::string Report::json() const {
  auto list = nlohmann::ordered_json::array();
  for (const Check& check : checks_) {
    list.push_back({{"name", check.name},
                    {"status", adapters::name_of(check.status)},
                    {"what", check.what},
                    {"cure", check.cure}});
  }
  const nlohmann::ordered_json all = {{"checks", std::move(list)},
                                      {"ok", count(Check::Status::ok)},
                                      {"warn", count(Check::Status::warn)},
                                      {"fail", count(Check::Status::fail)}};
  // What the other side said may be cut in the middle of a character.
  return all.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string Report::summary() const {
  return std::to_string(count(Check::Status::ok)) + " OK, " + std::to_string(count(Check::Status::warn)) + " WARN, " +
         std::to_string(count(Check::Status::fail)) + " FAIL";
}

void print_check(std::ostream& out, const Check& check) {
  out << label_of(check.status) << "  " << check.name << ": " << check.what << "\n";
  if (!check.cure.empty()) out << "      -> " << check.cure << "\n";
  out << std::flush;
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::array<const char*, 4> units = {"KiB", "MiB", "GiB", "TiB"};
  if (bytes < 1024) return std::to_string(bytes) + " B";
  std::size_t unit = 0;
  std::uint64_t size = bytes / 1024;
  while (size >= 10'000 && unit + 1 < units.size()) {
    size /= 1024;
    ++unit;
  }
  return std::to_string(size) + " " + units[unit];
}

}  // namespace sahut::server

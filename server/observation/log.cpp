#include "server/observation/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <ctime>
#include <nlohmann/json.hpp>

#include "values/masking.hpp"

namespace sahut::server {
namespace {

std::shared_ptr<spdlog::logger>& logger() {
  static std::shared_ptr<spdlog::logger> instance;
  return instance;
}
bool& as_json() {
  static bool json = false;
  return json;
}

std::string_view level_name(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      return "error";
  }
  return "info";
}

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

/// Log lines carry the machine's UTC time: they are read beside other machines' logs, and decide nothing (P8).
std::string utc_now() {
  std::timespec now{};
  std::timespec_get(&now, TIME_UTC);
  std::tm parts{};
  gmtime_r(&now.tv_sec, &parts);
  char text[40];
  const std::size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
  return std::string(text, size) + "." + std::to_string(1000 + now.tv_nsec / 1'000'000).substr(1) + "Z";
}

std::string text_of(const LogValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return mask_numbers(*text);
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  return nlohmann::json(std::get<double>(value)).dump();
}

std::string readable_line(LogLevel level, std::string_view message, LogFields fields, std::string_view time) {
  std::string line =
      std::string(time.substr(11, 8)) + " " + std::string(level_name(level)) + "  " + std::string(message);
  for (const auto& [name, value] : fields) line += "  " + std::string(name) + "=" + text_of(value);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return line;
}

}  // namespace

bool log_is_on_terminal() {
  return isatty(STDERR_FILENO) == 1;
}

void open_log(LogLevel level, bool json) {
  as_json() = json;
  logger() = std::make_shared<spdlog::logger>("sahut", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger()->set_pattern("%v");
  logger()->set_level(spdlog_level(level));
  logger()->flush_on(spdlog::level::info);
}

std::string log_line_json(LogLevel level, std::string_view message, LogFields fields, std::string_view time) {
  nlohmann::ordered_json line;
  line["time"] = time;
  line["level"] = level_name(level);
  line["message"] = message;
  for (const auto& [name, value] : fields) {
    if (std::holds_alternative<std::string>(value)) {
      line[std::string(name)] = text_of(value);
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
      line[std::string(name)] = *number;
    } else {
      line[std::string(name)] = std::get<double>(value);
    }
  }
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void log(LogLevel level, std::string_view message, LogFields fields) {
  if (!logger() || !logger()->should_log(spdlog_level(level))) return;
  const std::string time = utc_now();
  const std::string line =
      as_json() ? log_line_json(level, message, fields, time) : readable_line(level, message, fields, time);
  logger()->log(spdlog_level(level), "{}", line);
}

}  // namespace sahut::server

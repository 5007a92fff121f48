// The log: one JSON object a line when it goes to a file or pipe, readable lines on a terminal. Values are serialised,
// never pasted into a pattern, so no message can forge another line. Personal numbers are masked here, for whoever
// forgot.
#pragma once

#include <initializer_list>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace sahut::server {

enum class LogLevel { debug, info, warning, error };

/// A field's value: text or number.
using LogValue = std::variant<std::string, std::int64_t, double>;
using LogFields = std::initializer_list<std::pair<std::string_view, LogValue>>;

/// Opens the log on standard error. Call once at the start; before that, lines go nowhere.
void open_log(LogLevel level, bool json);
/// Is standard error a terminal?
[[nodiscard]] bool log_is_on_terminal();

/// Any thread. `message` is a fixed sentence; what varies goes into fields.
void log(LogLevel level, std::string_view message, LogFields fields = {});

/// One line as it would be written: for tests.
[[nodiscard]] std::string log_line_json(LogLevel level, std::string_view message, LogFields fields,
                                        std::string_view time);

}  // namespace sahut::server

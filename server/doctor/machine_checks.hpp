// The data folder, who may read it, the disk and the limits of this machine.
#pragma once

#include <optional>
#include <string>

#include "server/doctor/report.hpp"

namespace sahut::server {

/// False if the folder is not there: then nothing else about the data can be looked at.
[[nodiscard]] bool check_folder(const std::string& folder, Report& report);

/// Files that hold secrets or conversations. `configuration_file`: only if it holds secrets itself.
void check_file_modes(const std::string& folder, const std::string& database,
                      const std::optional<std::string>& configuration_file, Report& report);

void check_disk(const std::string& folder, Report& report);
void check_open_files(Report& report);

}  // namespace sahut::server

#include "server/doctor/machine_checks.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <vector>

#include "adapters/findings.hpp"

namespace sahut::server {
namespace {

namespace files = std::filesystem;
using adapters::found;

constexpr std::uint64_t little_space = 2ull << 30;
constexpr std::uint64_t hardly_any_space = 256ull << 20;
constexpr rlim_t few_files = 4096;

/// May people who are neither the owner nor of the group read it?
bool others_may_read(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && (status.st_mode & S_IROTH) != 0;
}

}  // namespace

bool check_folder(const std::string& folder, Report& report) {
  const adapters::Words words = {{"path", folder}};
  std::error_code error;
  if (!files::is_directory(folder, error)) {
    report.add(found("server", "folder_missing", words));
    return false;
  }
  if (::access(folder.c_str(), W_OK | X_OK) != 0) {
    report.add(found("server", "folder_unwritable", words));
  } else {
    report.add(found("server", others_may_read(folder) ? "folder_open" : "folder_ok", words));
  }
  return true;
}

void check_file_modes(const std::string& folder, const std::string& database,
                      const std::optional<std::string>& configuration_file, Report& report) {
  std::vector<std::string> paths = {database, database + "-wal", database + "-shm", folder + "/demo-accounts.json"};
  if (configuration_file) paths.push_back(*configuration_file);
  bool open = false;
  for (const std::string& path : paths) {
    if (!others_may_read(path)) continue;
    open = true;
    report.add(found("server", "file_open", {{"path", path}}));
  }
  if (!open) report.add(found("server", "files_ok"));
  if (::access(paths[3].c_str(), F_OK) == 0) report.add(found("server", "demo_accounts", {{"path", paths[3]}}));
}

void check_disk(const std::string& folder, Report& report) {
  std::error_code error;
  const files::space_info space = files::space(folder, error);
  if (error) return;  // a file system that does not tell
  const char* const code = space.available < hardly_any_space ? "disk_full"
                           : space.available < little_space   ? "disk_low"
                                                              : "disk_ok";
  report.add(found("server", code, {{"free", size_text(space.available)}}));
}

void check_open_files(Report& report) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  // The server raises nothing: what it may open is the soft limit of whoever starts it.
  const bool low = limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < few_files;
  report.add(found("server", low ? "files_limit_low" : "files_limit_ok",
                   {{"limit", limit.rlim_cur == RLIM_INFINITY ? "tanpa batas" : std::to_string(limit.rlim_cur)}}));
}

}  // namespace sahut::server

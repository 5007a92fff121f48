#include "server/media/media_store.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "adapters/hmac.hpp"

namespace sahut::server {
namespace {

namespace fs = std::filesystem;

constexpr mode_t only_ours = 0600;
constexpr auto left_alone_for = std::chrono::hours(1);
constexpr std::size_t hash_digits = 64;

[[noreturn]] void throw_errno(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// A descriptor that closes itself.
class OpenFile {
 public:
  OpenFile(const std::string& path, int flags) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, only_ours)) {
    if (descriptor_ < 0) throw_errno("cannot open a file of media");
  }
  ~OpenFile() { ::close(descriptor_); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  void write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) throw_errno("cannot write a file of media");
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void flush() const {
    if (::fsync(descriptor_) != 0) throw_errno("cannot flush a file of media");
  }

 private:
  int descriptor_;
};

}  // namespace

std::string MediaStore::path_of(std::string_view sha256) const {
  return folder_ + "/" + std::string(sha256.substr(0, 2)) + "/" + std::string(sha256);
}

std::string MediaStore::put(std::string_view bytes) const {
  const std::string sha256 = adapters::sha256_hex(bytes);
  const std::string path = path_of(sha256);
  // Touching it keeps the sweep away until the row is written.
  if (::utimensat(AT_FDCWD, path.c_str(), nullptr, 0) == 0) return sha256;
  const fs::path shelf = fs::path(path).parent_path();
  fs::create_directories(shelf);
  // Threads that bring the same bytes at once each have a part of their own; the last rename wins and changes nothing.
  const std::string part = path + "." + std::to_string(::gettid()) + ".part";
  try {
    const OpenFile file(part, O_WRONLY | O_CREAT | O_TRUNC);
    file.write(bytes);
    file.flush();
    if (::rename(part.c_str(), path.c_str()) != 0) throw_errno("cannot name a file of media");
    OpenFile(shelf.string(), O_RDONLY | O_DIRECTORY).flush();
  } catch (...) {
    ::unlink(part.c_str());
    throw;
  }
  return sha256;
}

std::optional<std::string> MediaStore::get(std::string_view sha256) const {
  std::ifstream file(path_of(sha256), std::ios::binary);
  if (!file.is_open()) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::int64_t MediaStore::sweep(const std::function<bool(std::string_view sha256)>& is_held) const {
  std::int64_t removed = 0;
  std::error_code error;
  const auto now = fs::file_time_type::clock::now();
  for (auto at = fs::recursive_directory_iterator(folder_, error); !error && at != fs::recursive_directory_iterator();
       at.increment(error)) {
    std::error_code each;
    if (!at->is_regular_file(each) || now - at->last_write_time(each) < left_alone_for || each) continue;
    const std::string name = at->path().filename().string();
    const bool is_part = name.size() != hash_digits;
    if (!is_part && is_held(name)) continue;
    if (fs::remove(at->path(), each)) ++removed;
  }
  return removed;
}

}  // namespace sahut::server

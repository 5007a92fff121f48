// Files beside the database: DATA/media/ab/abcd…, each named by the SHA-256 of its bytes. The same bytes are kept once.
// A name says nothing about what a file is, none has an ending, none can be executed.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace sahut::server {

/// Any thread; every call works on the disk, so none belongs on an I/O thread.
class MediaStore {
 public:
  /// `folder` is made when the first file comes.
  explicit MediaStore(std::string folder) : folder_(std::move(folder)) {}

  /// Keeps the bytes; they are on the disk when it returns. Gives their SHA-256 in hex. Throws std::system_error with
  /// what the disk said.
  [[nodiscard]] std::string put(std::string_view bytes) const;

  /// Nothing if there is no such file. REQUIRES: `sha256` came from put().
  [[nodiscard]] std::optional<std::string> get(std::string_view sha256) const;

  /// Removes every file that `is_held` denies and that lay untouched for an hour: what expired, and what a crash left
  /// behind between the file and its row. Gives how many went.
  std::int64_t sweep(const std::function<bool(std::string_view sha256)>& is_held) const;

 private:
  [[nodiscard]] std::string path_of(std::string_view sha256) const;

  std::string folder_;
};

}  // namespace sahut::server

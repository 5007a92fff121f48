// A data folder held by one process: a lock on a file in it, released by the kernel whatever happens to the process.
#pragma once

#include <memory>
#include <string>

namespace sahut::storage {

class FolderLock {
 public:
  /// Nothing if another process holds the folder, or the file cannot be made.
  [[nodiscard]] static std::unique_ptr<FolderLock> take(const std::string& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  explicit FolderLock(int file) : file_(file) {}
  int file_;
};

}  // namespace sahut::storage

#include "storage/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace sahut::storage {

std::unique_ptr<FolderLock> FolderLock::take(const std::string& folder) {
  const int file = ::open((folder + "/sahut.lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) return nullptr;
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    ::close(file);
    return nullptr;
  }
  return std::unique_ptr<FolderLock>(new FolderLock(file));
}

FolderLock::~FolderLock() {
  ::close(file_);
}

}  // namespace sahut::storage

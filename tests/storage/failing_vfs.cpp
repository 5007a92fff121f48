#include "tests/storage/failing_vfs.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <new>
#include <random>
#include <string_view>
#include <vector>

namespace sahut::storage {
namespace {

constexpr std::size_t sector_bytes = 512;

enum class Operation { open, write, sync, truncate };

/// A change that was not synced yet: bytes at an offset, or a new size.
struct Change {
  std::size_t offset = 0;
  std::string bytes;
  bool truncates = false;
};

/// What the platter holds of one file.
struct Platter {
  std::string synced;
  std::vector<Change> later;
};

void apply(std::string& image, const Change& change) {
  if (change.truncates) {
    image.resize(change.offset);
    return;
  }
  image.resize(std::max(image.size(), change.offset + change.bytes.size()));
  change.bytes.copy(image.data() + change.offset, change.bytes.size(), 0);
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

struct FailingVfs::State {
  std::string name;
  sqlite3_vfs vfs{};
  sqlite3_vfs* real = nullptr;

  std::mutex mutex;
  std::map<std::string, Platter> files;
  Fault fault = Fault::none;
  std::int64_t until = 0;  ///< operations before the fault
  std::int64_t times = 0;
  bool struck = false;

  bool dead() const { return fault == Fault::power_cut && struck; }

  /// SQLITE_OK, or the error this operation must give. Under the mutex.
  int verdict(Operation operation) {
    if (fault == Fault::none || (fault == Fault::full && operation != Operation::write)) return SQLITE_OK;
    if (!dead()) {
      if (--until > 0) return SQLITE_OK;
      if (fault != Fault::power_cut && until <= -times) return SQLITE_OK;
      struck = true;
    }
    if (fault == Fault::full) return SQLITE_FULL;
    switch (operation) {
      case Operation::open:
        return SQLITE_CANTOPEN;
      case Operation::write:
        return SQLITE_IOERR_WRITE;
      case Operation::sync:
        return SQLITE_IOERR_FSYNC;
      case Operation::truncate:
        return SQLITE_IOERR_TRUNCATE;
    }
    return SQLITE_IOERR;
  }
};

namespace {

/// SQLite's handle of an open file; the machine's own lies right behind it.
struct File {
  sqlite3_file base;
  FailingVfs::State* state;
  const std::string* path;  ///< key in State::files; null for temporary files, which nobody misses after a crash

  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  Platter& platter() { return state->files[*path]; }
};

File& file_of(sqlite3_file* file) {
  return *reinterpret_cast<File*>(file);
}
const sqlite3_io_methods& real_methods(sqlite3_file* file) {
  return *file_of(file).real()->pMethods;
}

int close_file(sqlite3_file* file) {
  const int result = real_methods(file).xClose(file_of(file).real());
  file->pMethods = nullptr;
  return result;
}

int read(sqlite3_file* file, void* into, int amount, sqlite3_int64 offset) {
  return real_methods(file).xRead(file_of(file).real(), into, amount, offset);
}

int write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
  File& own = file_of(file);
  if (own.path == nullptr) return real_methods(file).xWrite(own.real(), from, amount, offset);
  const std::lock_guard lock(own.state->mutex);
  const bool was_dead = own.state->dead();
  const int verdict = own.state->verdict(Operation::write);
  if (was_dead) return verdict;
  int written = amount;
  if (verdict != SQLITE_OK) written = amount / 2;  // a failing disk may still have taken a part
  if (written > 0) {
    const int result = real_methods(file).xWrite(own.real(), from, written, offset);
    if (result != SQLITE_OK) return result;
    own.platter().later.push_back({static_cast<std::size_t>(offset),
                                   std::string(static_cast<const char*>(from), static_cast<std::size_t>(written)),
                                   false});
  }
  return verdict;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  File& own = file_of(file);
  if (own.path == nullptr) return real_methods(file).xTruncate(own.real(), size);
  const std::lock_guard lock(own.state->mutex);
  const int verdict = own.state->verdict(Operation::truncate);
  if (verdict != SQLITE_OK) return verdict;
  own.platter().later.push_back({static_cast<std::size_t>(size), {}, true});
  return real_methods(file).xTruncate(own.real(), size);
}

int sync(sqlite3_file* file, int) {
  File& own = file_of(file);
  if (own.path == nullptr) return SQLITE_OK;
  const std::lock_guard lock(own.state->mutex);
  const bool was_dead = own.state->dead();
  const int verdict = own.state->verdict(Operation::sync);
  if (was_dead) return verdict;
  Platter& platter = own.platter();
  if (verdict == SQLITE_OK) {
    for (const Change& change : platter.later) apply(platter.synced, change);
  }
  // At the very moment of a power cut the disk may still write what waits; after a failed sync it never will.
  if (!own.state->dead()) platter.later.clear();
  return verdict;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return real_methods(file).xFileSize(file_of(file).real(), size);
}
int lock_file(sqlite3_file* file, int level) {
  return real_methods(file).xLock(file_of(file).real(), level);
}
int unlock_file(sqlite3_file* file, int level) {
  return real_methods(file).xUnlock(file_of(file).real(), level);
}
int check_lock(sqlite3_file* file, int* reserved) {
  return real_methods(file).xCheckReservedLock(file_of(file).real(), reserved);
}
int control(sqlite3_file* file, int what, void* argument) {
  // Hints of the coming size would grow the file behind our back.
  if (what == SQLITE_FCNTL_SIZE_HINT || what == SQLITE_FCNTL_CHUNK_SIZE) return SQLITE_OK;
  return real_methods(file).xFileControl(file_of(file).real(), what, argument);
}
int sector_size(sqlite3_file* file) {
  return real_methods(file).xSectorSize(file_of(file).real());
}
int characteristics(sqlite3_file* file) {
  return real_methods(file).xDeviceCharacteristics(file_of(file).real());
}
int shared_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  return real_methods(file).xShmMap(file_of(file).real(), page, size, extend, out);
}
int shared_lock(sqlite3_file* file, int offset, int count, int flags) {
  return real_methods(file).xShmLock(file_of(file).real(), offset, count, flags);
}
void shared_barrier(sqlite3_file* file) {
  real_methods(file).xShmBarrier(file_of(file).real());
}
int shared_unmap(sqlite3_file* file, int remove) {
  return real_methods(file).xShmUnmap(file_of(file).real(), remove);
}

const sqlite3_io_methods methods = {2,
                                    close_file,
                                    read,
                                    write,
                                    truncate,
                                    sync,
                                    file_size,
                                    lock_file,
                                    unlock_file,
                                    check_lock,
                                    control,
                                    sector_size,
                                    characteristics,
                                    shared_map,
                                    shared_lock,
                                    shared_barrier,
                                    shared_unmap,
                                    nullptr,
                                    nullptr};

FailingVfs::State& state_of(sqlite3_vfs* vfs) {
  return *static_cast<FailingVfs::State*>(vfs->pAppData);
}

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  FailingVfs::State& state = state_of(vfs);
  File* own = new (file) File{{nullptr}, &state, nullptr};
  const bool counted = path != nullptr && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) != 0;
  if (counted) {
    const std::lock_guard lock(state.mutex);
    if (const int verdict = state.verdict(Operation::open); verdict != SQLITE_OK) return verdict;
    // Read before SQLite locks the file: closing any handle of a file drops the process's locks on it.
    auto found = state.files.find(path);
    if (found == state.files.end()) found = state.files.emplace(path, Platter{read_file(path), {}}).first;
    own->path = &found->first;
  }
  const int result = state.real->xOpen(state.real, path, own->real(), flags, out_flags);
  if (own->real()->pMethods != nullptr) file->pMethods = &methods;
  return result;
}

int delete_file(sqlite3_vfs* vfs, const char* path, int sync_folder) {
  FailingVfs::State& state = state_of(vfs);
  const std::lock_guard lock(state.mutex);
  if (state.dead()) return SQLITE_IOERR_DELETE;
  state.files[path] = {};  // handles may still point to the name
  return state.real->xDelete(state.real, path, sync_folder);
}

}  // namespace

FailingVfs::FailingVfs() : state_(std::make_unique<State>()) {
  static std::atomic<int> made = 0;
  state_->name = "failing-" + std::to_string(++made);
  state_->real = sqlite3_vfs_find(nullptr);
  state_->vfs = *state_->real;
  state_->vfs.szOsFile = static_cast<int>(sizeof(File)) + state_->real->szOsFile;
  state_->vfs.pNext = nullptr;
  state_->vfs.zName = state_->name.c_str();
  state_->vfs.pAppData = state_.get();
  state_->vfs.xOpen = open_file;
  state_->vfs.xDelete = delete_file;
  sqlite3_vfs_register(&state_->vfs, 0);
}

FailingVfs::~FailingVfs() {
  sqlite3_vfs_unregister(&state_->vfs);
}

const std::string& FailingVfs::name() const {
  return state_->name;
}

void FailingVfs::fail(Fault fault, std::int64_t nth, std::int64_t times) {
  const std::lock_guard lock(state_->mutex);
  state_->fault = fault;
  state_->until = nth;
  state_->times = times;
  state_->struck = false;
}

void FailingVfs::heal() {
  fail(Fault::none, 0);
}

bool FailingVfs::struck() const {
  const std::lock_guard lock(state_->mutex);
  return state_->struck;
}

void FailingVfs::restore_power(std::uint32_t seed) {
  std::mt19937 random(seed);
  const std::lock_guard lock(state_->mutex);
  for (auto& [path, platter] : state_->files) {
    std::error_code ignored;
    std::filesystem::remove(path + "-shm", ignored);
    if (!std::filesystem::exists(path)) continue;
    for (const Change& change : platter.later) {
      if (change.truncates) {
        if (random() % 2 == 0) apply(platter.synced, change);
        continue;
      }
      for (std::size_t at = 0; at < change.bytes.size();) {
        const std::size_t rest_of_sector = sector_bytes - (change.offset + at) % sector_bytes;
        const std::size_t length = std::min(rest_of_sector, change.bytes.size() - at);
        if (random() % 2 == 0) apply(platter.synced, {change.offset + at, change.bytes.substr(at, length), false});
        at += length;
      }
    }
    std::ofstream(path, std::ios::binary | std::ios::trunc) << platter.synced;
  }
  state_->files.clear();
  state_->fault = Fault::none;
  state_->struck = false;
}

}  // namespace sahut::storage

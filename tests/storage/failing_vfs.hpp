// A disk for SQLite that fails when it is told to, and whose power can be cut.
//
// It passes everything to the machine's own file system, counts what changes a file (open, write, sync, truncate), and
// keeps beside each file what a platter would hold: what was synced, and in order what was written since. A sync that
// fails loses what waited for it for good, as Linux does (the pages are marked clean; a second sync says yes and writes
// nothing). After a power cut the files are put back to what was synced plus a random part of the rest, torn at 512
// bytes: a real disk promises no more.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace sahut::storage {

enum class Fault {
  none,
  io,         ///< open, write, sync and truncate say "input/output error"
  full,       ///< only writes are counted; they say "no space left"
  power_cut,  ///< from that moment on nothing reaches the disk, until restore_power()
};

class FailingVfs {
 public:
  FailingVfs();
  /// REQUIRES: every connection that used it is closed.
  ~FailingVfs();
  FailingVfs(const FailingVfs&) = delete;
  FailingVfs& operator=(const FailingVfs&) = delete;

  /// For SqliteOptions::vfs.
  [[nodiscard]] const std::string& name() const;

  /// The `nth` counted operation from now (1 = the next) fails, and `times` - 1 after it.
  void fail(Fault fault, std::int64_t nth, std::int64_t times = 1);
  void heal();
  /// Whether the fault came; if it did not, the story was over before.
  [[nodiscard]] bool struck() const;

  /// After Fault::power_cut: writes to the real files what the disk kept. REQUIRES: all connections are closed.
  void restore_power(std::uint32_t seed);

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace sahut::storage

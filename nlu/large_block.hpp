// Memory for the large tables: on huge pages where the system has them. A query touches a hundred rows that lie far
// apart; with pages of 4 kB each of them costs a walk of the page table, and a fresh table a fault a page, which is
// more than filling it.
#pragma once

#include <cstddef>
#include <new>
#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace sahut::nlu {

template <typename T>
struct LargeBlock {
  using value_type = T;

  static constexpr std::size_t huge_page = std::size_t{2} << 20U;
  static constexpr std::size_t large = huge_page / 4;  ///< bytes from which a block starts on a huge page

  LargeBlock() = default;
  template <typename U>
  explicit LargeBlock(const LargeBlock<U>& /*other*/) {}

  [[nodiscard]] T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    if (bytes < large) return static_cast<T*>(::operator new (bytes, std::align_val_t{64}));
    const std::size_t whole = (bytes + huge_page - 1) / huge_page * huge_page;
    void* block = ::operator new (whole, std::align_val_t{huge_page});
#if defined(__linux__)
    ::madvise(block, whole, MADV_HUGEPAGE);  // advice only: without it all is as before
#endif
    return static_cast<T*>(block);
  }
  void deallocate(T* block, std::size_t count) noexcept {
    if (count * sizeof(T) < large) {
      ::operator delete (block, std::align_val_t{64});
    } else {
      ::operator delete (block, std::align_val_t{huge_page});
    }
  }
  bool operator==(const LargeBlock&) const = default;
};

}  // namespace sahut::nlu

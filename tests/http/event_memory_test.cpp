// Ten thousand pages that are open and quiet must cost little.
#include <gtest/gtest.h>
#include <malloc.h>

#include "tests/http/raw_connection.hpp"
#include "tests/http/served.hpp"

namespace sahut::http {
namespace {

constexpr std::size_t most_bytes_a_stream = 6 * 1024;  ///< 12 KB are promised; half of it is for the hub above
constexpr int streams = 300;

TEST(EventMemoryTest, AQuietStreamCostsFewBytes) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the sanitizers have an allocator of their own";
#endif
  Served served;
  const std::size_t before = mallinfo2().uordblks;
  std::vector<RawConnection> clients;
  std::vector<std::shared_ptr<EventStream>> open;
  for (int i = 0; i < streams; ++i) {
    clients.emplace_back(served.port());
    clients.back().send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(clients.back().read_through("retry: 2000\n\n"));
    ASSERT_TRUE(eventually([&] { return open.empty() || served.stream() != open.back(); }));
    open.push_back(served.stream());
  }
  const std::size_t each = (mallinfo2().uordblks - before) / streams;
  EXPECT_LE(each, most_bytes_a_stream);
  RecordProperty("bytes_a_stream", static_cast<int>(each));
}

}  // namespace
}  // namespace sahut::http

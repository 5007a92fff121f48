#include "storage/repositories/channel_months.hpp"

namespace sahut::storage {
namespace {

void add(Connection& connection, std::string_view channel, std::string_view month, const ChannelMonth& more) {
  connection.execute(
      "INSERT INTO channel_month (channel, month, sent, free, paid) VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (channel, month) DO UPDATE SET sent = channel_month.sent + excluded.sent,"
      " free = channel_month.free + excluded.free, paid = channel_month.paid + excluded.paid",
      {channel, month, more.sent, more.free, more.paid});
}

}  // namespace

ChannelMonth load_channel_month(Connection& connection, std::string_view channel, std::string_view month) {
  return connection
      .query_one<ChannelMonth>("SELECT sent, free, paid FROM channel_month WHERE channel = $1 AND month = $2",
                               {channel, month},
                               [](const Row& row) {
                                 return ChannelMonth{row.integer(0), row.integer(1), row.integer(2)};
                               })
      .value_or(ChannelMonth{});
}

ChannelMonth count_sent(Connection& connection, std::string_view channel, std::string_view month) {
  add(connection, channel, month, {.sent = 1, .free = 0, .paid = 0});
  return load_channel_month(connection, channel, month);
}

void count_priced(Connection& connection, std::string_view channel, std::string_view month, std::string_view pricing) {
  const bool billed = pricing == "regular";
  add(connection, channel, month, {.sent = 0, .free = billed ? 0 : 1, .paid = billed ? 1 : 0});
}

}  // namespace sahut::storage

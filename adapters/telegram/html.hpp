// WhatsApp's *bold* as Telegram's HTML. The only markup made is <b>; everything else is escaped, so that no text of a
// resident or an editor can make Telegram refuse the message ("can't parse entities").
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sahut::adapters::telegram {

/// At most `limit` UTF-16 units as the reader sees it (Telegram counts after parsing); longer text is cut and ends in
/// "…". A star opens bold if no letter or digit stands before it and no space behind, and closes it the other way
/// round, on the same line; any other star stays a star. Time: linear.
[[nodiscard]] std::string to_html(std::string_view text, std::size_t limit);

}  // namespace sahut::adapters::telegram

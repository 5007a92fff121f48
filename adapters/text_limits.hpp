// Channels count text in their own units: WhatsApp in code points, Telegram in UTF-16 units, we in bytes. Cuts never
// split a code point. Input is UTF-8; broken bytes count as one each and are never joined.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sahut::adapters {

/// The longest prefix of at most `bytes` bytes that ends between code points.
[[nodiscard]] std::string_view cut_bytes(std::string_view text, std::size_t bytes);

/// Bytes of the code point that starts at `at` (1 for a broken one). REQUIRES: at < text.size().
[[nodiscard]] std::size_t code_point_bytes(std::string_view text, std::size_t at);

[[nodiscard]] std::size_t count_code_points(std::string_view text);
[[nodiscard]] std::size_t count_utf16(std::string_view text);

/// `text` if it has at most `limit` code points, else its beginning and "…", together `limit`. REQUIRES: limit ≥ 1.
[[nodiscard]] std::string fit_code_points(std::string_view text, std::size_t limit);

/// Nothing a reader could see: empty, or only spaces, line breaks, no-break and zero-width spaces.
[[nodiscard]] bool is_blank(std::string_view text);

}  // namespace sahut::adapters

// A sheet to hang up in an office: where to write, with a code to scan. Pure.
#pragma once

#include <string>

#include "values/problem.hpp"

namespace sahut::server {

struct PosterWords {
  std::string city;
  std::string office;
  std::string channel;  ///< as people call it: "WhatsApp", "Telegram", "halaman kota"
  std::string link;     ///< what the code says
};

/// An A4 page as SVG. A link that is too long for a code is a Problem (over 1,000 bytes).
[[nodiscard]] Result<std::string> poster_svg(const PosterWords& words);

}  // namespace sahut::server

#include "server/api/poster.hpp"

#include <qrencode.h>

#include <memory>
#include <sstream>
#include <string_view>
#include <vector>

namespace sahut::server {
namespace {

constexpr std::size_t longest_link = 1000;
constexpr double code_mm = 110;
constexpr double code_left_mm = 50;
constexpr double code_top_mm = 112;
constexpr int quiet_modules = 4;  ///< ISO 18004: white around the code
constexpr std::size_t line_bytes = 24;

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

/// Words in lines that fit the width of the page in its large type.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (!lines.empty() && lines.back().size() + 1 + word.size() <= line_bytes) {
      lines.back() += " " + word;
    } else {
      lines.push_back(word);
    }
  }
  return lines;
}

struct FreeCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

/// The dark modules as one path, in units of modules.
std::string path_of(const QRcode& code) {
  std::ostringstream path;
  for (int y = 0; y < code.width; ++y) {
    for (int x = 0; x < code.width; ++x) {
      const bool dark = (code.data[y * code.width + x] & 1u) != 0;
      if (dark) path << 'M' << x + quiet_modules << ' ' << y + quiet_modules << "h1v1h-1z";
    }
  }
  return path.str();
}

}  // namespace

Result<std::string> poster_svg(const PosterWords& words) {
  if (words.link.size() > longest_link) {
    return Problem{"too_long", "link", "The link is too long for a code.", "Shorten it."};
  }
  const std::unique_ptr<QRcode, FreeCode> code(QRcode_encodeString8bit(words.link.c_str(), 0, QR_ECLEVEL_M));
  if (!code) return Problem{"no_code", "link", "No code can be made of this link.", "Check the link."};
  const int modules = code->width + 2 * quiet_modules;

  std::ostringstream svg;
  svg << R"(<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 210 297" )"
      << R"(font-family="system-ui, 'Noto Sans', sans-serif" text-anchor="middle" role="img" aria-label=")"
      << escaped(words.office + ": " + words.link) << R"(">)"
      << R"(<rect width="210" height="297" fill="#fff"/><rect width="210" height="14" fill="#0b5d4e"/>)"
      << R"(<text x="105" y="36" font-size="9" fill="#0b5d4e">)" << escaped(words.city) << "</text>";
  double y = 56;
  for (const std::string& line : lines_of(words.office)) {
    svg << R"(<text x="105" y=")" << y << R"(" font-size="15" font-weight="700" fill="#14211e">)" << escaped(line)
        << "</text>";
    y += 17;
  }
  svg << R"(<text x="105" y="106" font-size="8" fill="#14211e">Ada pertanyaan? Tulis lewat )" << escaped(words.channel)
      << "</text>"
      << R"(<g transform="translate()" << code_left_mm << ' ' << code_top_mm << ") scale(" << code_mm / modules
      << R"x()" shape-rendering="crispEdges"><rect width=")x" << modules << R"(" height=")" << modules
      << R"(" fill="#fff"/><path fill="#000" d=")" << path_of(*code) << R"("/></g>)"
      << R"(<text x="105" y="234" font-size="7" fill="#14211e">Arahkan kamera ponsel ke kode ini, atau buka</text>)"
      << R"(<text x="105" y="244" font-size="6" font-weight="700" fill="#0b5d4e">)" << escaped(words.link) << "</text>"
      << R"(<text x="105" y="268" font-size="6" fill="#14211e">Dijawab langsung kapan saja. Petugas membantu pada jam kerja.</text>)"
      << R"(<text x="105" y="278" font-size="6" fill="#14211e">Keadaan darurat: telepon 112</text>)"
      << R"(<rect y="289" width="210" height="8" fill="#0b5d4e"/></svg>)";
  return svg.str();
}

}  // namespace sahut::server

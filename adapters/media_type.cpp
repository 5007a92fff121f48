#include "adapters/media_type.hpp"

#include <algorithm>
#include <array>

namespace sahut::adapters {
namespace {

/// Bytes that stand at a place, and perhaps others further on.
struct Signature {
  MediaType type;
  std::size_t at = 0;
  std::string_view bytes;
  std::size_t then_at = 0;
  std::string_view then = {};
};

using enum MediaShow;
constexpr MediaType jpeg{.mime = "image/jpeg", .ending = ".jpg", .show = image, .sendable = true};
constexpr MediaType png{.mime = "image/png", .ending = ".png", .show = image, .sendable = true};
constexpr MediaType gif{.mime = "image/gif", .ending = ".gif", .show = image};
constexpr MediaType webp{.mime = "image/webp", .ending = ".webp", .show = image};
constexpr MediaType pdf{.mime = "application/pdf", .ending = ".pdf", .show = download, .sendable = true};
constexpr MediaType ogg{.mime = "audio/ogg", .ending = ".ogg", .show = audio};
constexpr MediaType amr{.mime = "audio/amr", .ending = ".amr", .show = audio};
constexpr MediaType mp3{.mime = "audio/mpeg", .ending = ".mp3", .show = audio};
constexpr MediaType aac{.mime = "audio/aac", .ending = ".aac", .show = audio};
constexpr MediaType m4a{.mime = "audio/mp4", .ending = ".m4a", .show = audio};
constexpr MediaType quicktime{.mime = "video/quicktime", .ending = ".mov", .show = video};
constexpr MediaType third_generation{.mime = "video/3gpp", .ending = ".3gp", .show = video};
constexpr MediaType mp4{.mime = "video/mp4", .ending = ".mp4", .show = video};
constexpr MediaType webm{.mime = "video/webm", .ending = ".webm", .show = video};
constexpr MediaType office{.mime = "application/msword", .ending = ".doc"};
constexpr MediaType zip{.mime = "application/zip", .ending = ".zip"};
constexpr MediaType unknown{.mime = "application/octet-stream", .ending = ""};

/// Formats' own specifications; the more telling stands first (an M4A is an MP4 whose brand says so).
constexpr std::array<Signature, 21> signatures = {{
    {jpeg, 0, "\xFF\xD8\xFF"},
    {png, 0, "\x89PNG\r\n\x1A\n"},
    {gif, 0, "GIF87a"},
    {gif, 0, "GIF89a"},
    {webp, 0, "RIFF", 8, "WEBP"},
    {pdf, 0, "%PDF-"},
    {ogg, 0, "OggS"},
    {amr, 0, "#!AMR"},
    {mp3, 0, "ID3"},
    {mp3, 0, "\xFF\xFB"},
    {mp3, 0, "\xFF\xF3"},
    {aac, 0, "\xFF\xF1"},
    {aac, 0, "\xFF\xF9"},
    {m4a, 4, "ftyp", 8, "M4A"},
    {quicktime, 4, "ftyp", 8, "qt  "},
    {third_generation, 4, "ftyp", 8, "3g"},
    {mp4, 4, "ftyp"},
    {webm, 0, "\x1A\x45\xDF\xA3"},
    {office, 0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"},
    {zip, 0, "PK\x03\x04"},  // also the newer office files
    {zip, 0, "PK\x05\x06"},
}};

bool stands_at(std::string_view bytes, std::size_t at, std::string_view wanted) {
  return bytes.size() >= at && bytes.substr(at).starts_with(wanted);
}

}  // namespace

std::string_view name_of(MediaShow show) {
  switch (show) {
    case MediaShow::image:
      return "image";
    case MediaShow::audio:
      return "audio";
    case MediaShow::video:
      return "video";
    case MediaShow::download:
      return "download";
  }
  return "download";
}

const MediaType& media_type_of(std::string_view bytes) {
  const auto* const found = std::find_if(signatures.begin(), signatures.end(), [bytes](const Signature& one) {
    return stands_at(bytes, one.at, one.bytes) && stands_at(bytes, one.then_at, one.then);
  });
  return found == signatures.end() ? unknown : found->type;
}

const MediaType& media_type_named(std::string_view mime) {
  const auto* const found = std::find_if(signatures.begin(), signatures.end(),
                                         [mime](const Signature& one) { return one.type.mime == mime; });
  return found == signatures.end() ? unknown : found->type;
}

}  // namespace sahut::adapters

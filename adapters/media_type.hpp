// What a file is, read from its first bytes. Names and announced types are the sender's claims and are never believed.
#pragma once

#include <string_view>

namespace sahut::adapters {

/// How a page may show a file. `download`: saved by whoever wants it, never opened by the page.
enum class MediaShow { image, audio, video, download };
[[nodiscard]] std::string_view name_of(MediaShow show);

struct MediaType {
  std::string_view mime;    ///< "image/jpeg"
  std::string_view ending;  ///< of a file name, with its dot: ".jpg"; empty if unknown
  MediaShow show = MediaShow::download;
  bool sendable = false;  ///< officers may send it: every channel takes it as it is
};

/// Only what phones and offices send is known by name; the rest is application/octet-stream. SVG and HTML are among the
/// rest on purpose: a page that showed them would run them.
[[nodiscard]] const MediaType& media_type_of(std::string_view bytes);
/// The same, by the name media_type_of() gave it; application/octet-stream for any other.
[[nodiscard]] const MediaType& media_type_named(std::string_view mime);

}  // namespace sahut::adapters

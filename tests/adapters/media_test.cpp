// What a file is, whose an address is, and how a form is written.
#include <gtest/gtest.h>

#include "adapters/media_fetch.hpp"
#include "adapters/media_type.hpp"
#include "adapters/multipart.hpp"
#include "adapters/web_address.hpp"

namespace sahut::adapters::test {
namespace {

using namespace std::string_literals;

TEST(MediaType, is_read_from_the_bytes) {
  struct Row {
    std::string bytes;
    const char* mime;
    MediaShow show;
    bool sendable;
  };
  const Row rows[] = {
      {"\xFF\xD8\xFF\xE0rest"s, "image/jpeg", MediaShow::image, true},
      {"\x89PNG\r\n\x1A\nrest"s, "image/png", MediaShow::image, true},
      {"RIFF\0\0\0\0WEBPVP8 "s, "image/webp", MediaShow::image, false},
      {"RIFF\0\0\0\0WAVE"s, "application/octet-stream", MediaShow::download, false},
      {"GIF89a"s, "image/gif", MediaShow::image, false},
      {"%PDF-1.7"s, "application/pdf", MediaShow::download, true},
      {"OggS\0"s, "audio/ogg", MediaShow::audio, false},
      {"ID3\3"s, "audio/mpeg", MediaShow::audio, false},
      {"\0\0\0\x18"s + "ftypM4A "s, "audio/mp4", MediaShow::audio, false},
      {"\0\0\0\x18"s + "ftypisom"s, "video/mp4", MediaShow::video, false},
      {"\0\0\0\x18"s + "ftyp3gp5"s, "video/3gpp", MediaShow::video, false},
      {"PK\x03\x04"s, "application/zip", MediaShow::download, false},
      {"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>", "application/octet-stream",
       MediaShow::download, false},
      {"<!doctype html>", "application/octet-stream", MediaShow::download, false},
      {"", "application/octet-stream", MediaShow::download, false},
  };
  for (const Row& row : rows) {
    const MediaType& type = media_type_of(row.bytes);
    EXPECT_EQ(type.mime, row.mime) << row.bytes;
    EXPECT_EQ(type.show, row.show) << row.bytes;
    EXPECT_EQ(type.sendable, row.sendable) << row.bytes;
    EXPECT_EQ(media_type_named(type.mime).mime, type.mime);
  }
  EXPECT_EQ(media_type_named("text/html").show, MediaShow::download);
}

TEST(WebAddress, says_whose_it_is_or_nothing) {
  struct Row {
    const char* url;
    const char* server;
    const char* rest;
  };
  const Row rows[] = {
      {"https://a.example/x/y?z=1", "https a.example 443", "/x/y?z=1"},
      {"http://A.Example:8080", "http a.example 8080", "/"},
      {"http://[::1]:3000/f", "http ::1 3000", "/f"},
      {"https://a.example./x#part", "https a.example 443", "/x"},
      {"https://a.example?q", "https a.example 443", "/?q"},
  };
  for (const Row& row : rows) {
    const auto address = web_address_of(row.url);
    ASSERT_TRUE(address) << row.url;
    EXPECT_EQ((address->tls ? "https " : "http ") + address->host + " " + address->port, row.server);
    EXPECT_EQ(address->rest, row.rest);
  }
  for (const char* url : {"", "file:///etc/passwd", "https://", "https://good.example@bad.example/", "https://a\\b/",
                          "https://a b/", "https://a\n/", "https://a:port/", "http://[::1", "gopher://a/"}) {
    EXPECT_FALSE(web_address_of(url)) << url;
  }
  EXPECT_TRUE(is_within("cdn.fonnte.com", "fonnte.com"));
  EXPECT_TRUE(is_within("fonnte.com", "fonnte.com"));
  EXPECT_FALSE(is_within("notfonnte.com", "fonnte.com"));
  EXPECT_FALSE(is_within("fonnte.com.evil.example", "fonnte.com"));
}

TEST(Multipart, holds_any_bytes_and_no_name_breaks_out_of_its_line) {
  const std::string bytes = "\r\n--sahut-\0\xFF"s;
  HttpCall call;
  put_form(call, {{"caption", "Halo\r\n\"Bu\""}},
           {.field = "file", .name = "a\"\r\nX: y.png", .mime_type = "image/png", .bytes = bytes});
  const std::string type(*find_header(call.headers, "content-type"));
  const std::string boundary = type.substr(type.find('=') + 1);
  EXPECT_EQ(call.body, "--" + boundary +
                           "\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\nHalo\r\n\"Bu\"\r\n--" +
                           boundary +
                           "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a___X: y.png\"\r\n"
                           "Content-Type: image/png\r\n\r\n" +
                           bytes + "\r\n--" + boundary + "--\r\n");
}

TEST(Multipart, finds_another_boundary_for_a_file_that_holds_the_first) {
  HttpCall first;
  put_form(first, {}, {.field = "f", .name = "n", .mime_type = "m", .bytes = std::string(2000, 'x')});
  const std::string type(*find_header(first.headers, "content-type"));
  const std::string hostile = std::string(2000, 'x') + type.substr(type.find('=') + 1);
  HttpCall second;
  put_form(second, {}, {.field = "f", .name = "n", .mime_type = "m", .bytes = hostile});
  EXPECT_NE(find_header(second.headers, "content-type"), type);
}

TEST(MediaFetch, tells_passing_trouble_from_the_end) {
  const auto meant = [](int status, TransportFailure failure = TransportFailure::none, bool too_large = false) {
    HttpAnswer answer;
    answer.status = status;
    answer.failure = failure;
    answer.too_large = too_large;
    const MediaStep step = media_step_of(answer);
    return std::pair(step.kind, step.reason);
  };
  using Kind = MediaStep::Kind;
  EXPECT_EQ(meant(200).first, Kind::content);
  EXPECT_EQ(meant(0, TransportFailure::broken, true), std::pair(Kind::never, "too_big"s));
  EXPECT_EQ(meant(0, TransportFailure::never_left), std::pair(Kind::later, "unreachable"s));
  for (const int status : {401, 403, 429, 500, 503}) EXPECT_EQ(meant(status).first, Kind::later) << status;
  for (const int status : {404, 410}) EXPECT_EQ(meant(status), std::pair(Kind::never, "gone"s)) << status;
  for (const int status : {301, 302, 307, 400, 418}) EXPECT_EQ(meant(status), std::pair(Kind::never, "refused"s));
}

}  // namespace
}  // namespace sahut::adapters::test

// Certificates made by the openssl command for one test, and a peer that speaks TLS with them.
#pragma once

#include <string>

#include "tests/http/fake_peer.hpp"
#include "tests/storage/temporary_folder.hpp"

namespace sahut::http {

class TestAuthority {
 public:
  struct Certificate {
    std::string certificate_file;
    std::string key_file;
  };

  /// Throws std::runtime_error if openssl does not do it.
  TestAuthority();
  /// `names`: as in subjectAltName, such as "DNS:localhost,IP:127.0.0.1". `days` < 0: it has expired.
  [[nodiscard]] Certificate issue(const std::string& names, int days = 2);
  [[nodiscard]] std::string file() const { return folder_.file("ca.pem"); }

 private:
  void run(const std::string& arguments) const;

  storage::TemporaryFolder folder_;
  int issued_ = 0;
};

/// Answers GET requests over TLS with this body, for as long as the client stays. With `tunnel` it first answers a
/// CONNECT.
[[nodiscard]] FakePeer::Script answering_over_tls(TestAuthority::Certificate certificate, std::string body,
                                                  bool tunnel = false);

}  // namespace sahut::http

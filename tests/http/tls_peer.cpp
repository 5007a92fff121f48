#include "tests/http/tls_peer.hpp"

#include <openssl/ssl.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <utility>

namespace sahut::http {

TestAuthority::TestAuthority() {
  run("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test-authority -keyout ca.key "
      "-out "
      "ca.pem");
}

TestAuthority::Certificate TestAuthority::issue(const std::string& names, int days) {
  const std::string name = "peer-" + std::to_string(++issued_);
  std::ofstream(folder_.file(name + ".ext")) << "subjectAltName=" << names << "\n";
  run("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=peer -keyout " + name + ".key -out " + name +
      ".csr");
  run("x509 -req -in " + name + ".csr -CA ca.pem -CAkey ca.key -CAcreateserial -days " + std::to_string(days) +
      " -extfile " + name + ".ext -out " + name + ".pem");
  return {.certificate_file = folder_.file(name + ".pem"), .key_file = folder_.file(name + ".key")};
}

void TestAuthority::run(const std::string& arguments) const {
  const std::string command = "cd '" + folder_.path() + "' && openssl " + arguments + " >log 2>&1";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

FakePeer::Script answering_over_tls(TestAuthority::Certificate certificate, std::string body, bool tunnel) {
  std::signal(SIGPIPE, SIG_IGN);  // SSL_write has no MSG_NOSIGNAL
  return [certificate = std::move(certificate), answer = ok_answer(body), tunnel](RawConnection& connection, int) {
    if (tunnel) {
      (void)connection.read_request();
      connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
    }
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (SSL_CTX_use_certificate_file(context.get(), certificate.certificate_file.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_use_PrivateKey_file(context.get(), certificate.key_file.c_str(), SSL_FILETYPE_PEM) != 1) {
      return;
    }
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context.get()), SSL_free);
    SSL_set_fd(ssl.get(), connection.descriptor());
    if (SSL_accept(ssl.get()) != 1) return;
    std::string received;
    std::array<char, 4096> buffer{};
    while (true) {
      const int size = SSL_read(ssl.get(), buffer.data(), static_cast<int>(buffer.size()));
      if (size <= 0) return;
      received.append(buffer.data(), static_cast<std::size_t>(size));
      if (!received.ends_with("\r\n\r\n")) continue;
      received.clear();
      if (SSL_write(ssl.get(), answer.data(), static_cast<int>(answer.size())) <= 0) return;
    }
  };
}

}  // namespace sahut::http

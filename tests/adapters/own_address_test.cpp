// Whatever may answer at our public address → what the operator is told.
#include "adapters/own_address.hpp"

#include "tests/adapters/examined.hpp"

namespace sahut::adapters::test {
namespace {

const std::string url = "https://kota.example/webhooks/wa";
const std::string challenge = "a1b2c3";

HttpAnswer problem(int status, const std::string& code) {
  return answered(status, R"({"code":")" + code + "\"}", {{"Content-Type", "application/problem+json"}});
}
HttpAnswer page(int status, const std::string& server = "nginx") {
  return answered(status, "<!doctype html><title>x</title>",
                  {{"Content-Type", "text/html; charset=UTF-8"}, {"Server", server}});
}

struct Row {
  HttpAnswer answer;
  const char* code;
};

std::vector<Row> to_handshake() {
  return {{answered(200, challenge), "ok"},
          {answered(200, "\"" + challenge + "\""), "changed"},
          {answered(200, "", {{"Content-Type", "text/plain"}}), "changed"},
          {problem(403, "handshake_with_wrong_token"), "wrong_token"},
          {problem(404, "no_channel"), "no_channel"},
          {problem(405, "wrong_method"), "no_channel"},
          {page(200), "page"},
          {page(301), "redirect"},
          {page(308), "redirect"},
          {page(401), "login"},
          {page(403), "firewall"},
          {page(429), "firewall"},
          {page(503, "cloudflare"), "firewall"},
          {page(404), "not_found"},
          {page(502), "down"},
          {page(522, "cloudflare"), "down"},
          {answered(204, ""), "other"},
          {silent("cannot connect: Host not found (authoritative)"), "host_unknown"},
          {silent("cannot connect: Connection refused"), "unreachable"},
          {silent("cannot connect: no answer in time"), "unreachable"},
          {silent("no answer in time", TransportFailure::broken), "slow"},
          {silent("TLS failed: the peer's certificate is not accepted: unable to get local issuer certificate"),
           "certificate"},
          {silent("TLS failed: wrong version number (SSL routines)"), "tls"}};
}

TEST(OwnAddress, every_answer_to_the_handshake_is_explained) {
  std::set<std::string> reached;
  for (const Row& row : to_handshake()) {
    const Check check = judge_handshake(row.answer, url, challenge);
    EXPECT_EQ(codes_of({check}), Codes{row.code}) << row.answer.status << row.answer.body << row.answer.failure_text;
    reached.insert(check.code);
  }
  expect_every_finding("address", reached);
}

TEST(OwnAddress, a_webhook_that_refuses_in_our_words_is_ours) {
  EXPECT_EQ(judge_webhook(problem(405, "wrong_method"), url).code, "ok");
  EXPECT_EQ(judge_webhook(problem(403, "handshake_without_parameters"), url).code, "ok");
  EXPECT_EQ(judge_webhook(problem(404, "no_channel"), url).code, "no_channel");
  EXPECT_EQ(judge_webhook(page(405), url).code, "firewall");
  EXPECT_EQ(judge_webhook(page(200), url).code, "page");
  EXPECT_EQ(judge_webhook(silent("cannot connect: Connection refused"), url).code, "unreachable");
}

TEST(OwnAddress, health_is_ours_when_it_says_so) {
  EXPECT_EQ(judge_health(answered(200, R"({"status":"ok"})"), url).code, "ok");
  EXPECT_EQ(judge_health(page(200), url).code, "page");
  EXPECT_EQ(judge_health(page(502), url).code, "down");
  EXPECT_EQ(judge_health(silent("TLS failed: certificate"), url).code, "certificate");
}

TEST(OwnAddress, the_handshake_is_metas) {
  const HttpCall call = handshake(url, "kata & sandi", challenge);
  EXPECT_EQ(call.method, "GET");
  EXPECT_EQ(call.url, url + "?hub.mode=subscribe&hub.challenge=a1b2c3&hub.verify_token=kata%20%26%20sandi");
  EXPECT_EQ(call.timeout_ms, 6000);
}

TEST(OwnAddress, what_is_told_holds_no_token) {
  const Check check = judge_handshake(problem(403, "handshake_with_wrong_token"), url, challenge);
  EXPECT_EQ(check.what, "Server yang menjawab di https://kota.example/webhooks/wa memakai verify_token lain.");
}

}  // namespace
}  // namespace sahut::adapters::test

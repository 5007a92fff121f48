#include "tests/adapters/examined.hpp"

namespace sahut::adapters::test {

HttpAnswer answered(int status, std::string body, Headers headers) {
  HttpAnswer answer;
  answer.status = status;
  answer.body = std::move(body);
  answer.headers = std::move(headers);
  return answer;
}

HttpAnswer silent(std::string why, TransportFailure failure) {
  HttpAnswer answer;
  answer.failure = failure;
  answer.failure_text = std::move(why);
  return answer;
}

Codes codes_of(const std::vector<Check>& checks) {
  Codes codes;
  for (const Check& check : checks) {
    codes.push_back(check.code);
    EXPECT_NE(check.name, "") << check.code;
    EXPECT_NE(check.what, "") << check.code;
    EXPECT_EQ((check.what + check.cure).find_first_of("{}"), std::string::npos) << check.what << check.cure;
    EXPECT_FALSE(check.what.ends_with(' ')) << check.what;
    EXPECT_EQ(check.cure.empty(), check.status == Check::Status::ok) << check.code;
  }
  return codes;
}

void expect_every_finding(const std::string& channel, const std::set<std::string>& reached) {
  for (const Finding& finding : all_findings()) {
    if (finding.channel != channel) continue;
    EXPECT_TRUE(reached.contains(finding.code)) << channel << " " << finding.code;
  }
}

}  // namespace sahut::adapters::test

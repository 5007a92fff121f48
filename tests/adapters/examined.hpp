// A channel examined with made-up answers: rows "answers → findings", and that every row of findings.tsv is one of
// them.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "adapters/channel.hpp"
#include "adapters/findings.hpp"

namespace sahut::adapters::test {

using Codes = std::vector<std::string>;

[[nodiscard]] HttpAnswer answered(int status, std::string body, Headers headers = {});
[[nodiscard]] HttpAnswer silent(std::string why, TransportFailure failure = TransportFailure::never_left);

/// The findings' codes; each check must be whole: a name, a sentence without open braces, a cure unless it is well.
[[nodiscard]] Codes codes_of(const std::vector<Check>& checks);

/// Fails for each row of the channel that is not in `reached`.
void expect_every_finding(const std::string& channel, const std::set<std::string>& reached);

}  // namespace sahut::adapters::test

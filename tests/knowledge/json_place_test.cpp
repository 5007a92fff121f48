#include "knowledge/json_place.hpp"

#include <gtest/gtest.h>

namespace sahut::knowledge {
namespace {

constexpr std::string_view text = R"({
  "entries": [
    {"id": "a", "examples": ["x, {\"y\"]", "z"]},
    {
      "id": "b",
      "answer": {
        "en": null, "id":
          "kata"
      },
      "rules": []
    }
  ]
})";

struct Row {
  JsonPath path;
  std::size_t line;
};

TEST(JsonPlace, finds_the_line_of_a_value) {
  using S = std::string;
  const Row rows[] = {
      {{}, 1},
      {{S("entries")}, 2},
      {{S("entries"), std::size_t{0}, S("examples"), std::size_t{1}}, 3},
      {{S("entries"), std::size_t{1}}, 4},
      {{S("entries"), std::size_t{1}, S("answer"), S("id")}, 8},
      {{S("entries"), std::size_t{1}, S("rules")}, 10},
      {{S("entries"), std::size_t{1}, S("no_such")}, 4},
      {{S("entries"), std::size_t{7}}, 2},
  };
  for (const Row& row : rows) EXPECT_EQ(line_of(text, row.path), row.line) << spelled(row.path);
}

TEST(JsonPlace, spells_a_path_as_people_read_it) {
  EXPECT_EQ(spelled({std::string("entries"), std::size_t{3}, std::string("answer"), std::string("id")}),
            "entries[3].answer.id");
}

}  // namespace
}  // namespace sahut::knowledge

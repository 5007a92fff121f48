// The sample city and its test questions, read from the source tree (SAHUT_SOURCE_DIR). Throws std::runtime_error, with
// the place, if a file is not as it should be.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "knowledge/entry_json.hpp"
#include "knowledge/snapshot.hpp"
#include "nlu/evaluation.hpp"

namespace sahut::sample_city {

inline std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path.string() + " cannot be read");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// All entries, published, in an order that is the same everywhere.
inline std::vector<knowledge::PublishedEntry> entries() {
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(SAHUT_SOURCE_DIR "/data/sample-city/knowledge"))
    files.push_back(file.path());
  std::ranges::sort(files);
  std::vector<knowledge::PublishedEntry> entries;
  for (const auto& file : files) {
    knowledge::ParsedFile parsed = knowledge::parse_file(text_of(file), file.string());
    if (!parsed.problems.empty()) throw std::runtime_error(parsed.problems.front().text());
    for (auto& entry : parsed.entries) entries.push_back({std::move(entry), 1});
  }
  return entries;
}

/// One of the files beside this one.
inline std::vector<nlu::LabelledText> questions(const std::string& file) {
  auto rows = nlu::parse_labelled(text_of(std::string(SAHUT_SOURCE_DIR "/tests/sample-city/") + file), file);
  if (!rows.ok()) throw std::runtime_error(rows.problem().text());
  return std::move(rows).value();
}

}  // namespace sahut::sample_city

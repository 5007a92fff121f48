#include "storage/repositories/entries.hpp"

#include "tests/repositories/store_fixture.hpp"

namespace sahut::storage {
namespace {

class Entries : public StoreFixture {
 protected:
  static knowledge::Entry entry(const std::string& id, const std::string& title, const std::string& office = "capil") {
    knowledge::Entry made;
    made.id = id;
    made.office = office;
    made.category = "adminduk";
    made.title = title;
    made.examples = {title + " gimana ya"};
    made.answer = {{"id", "Jawaban " + title}};
    return made;
  }
  std::vector<std::string> ids(EntryList list) {
    std::vector<std::string> found;
    for (const auto& record : list_entries(*db_, list)) found.push_back(record.entry.id);
    return found;
  }
};

using Names = std::vector<std::string>;

TEST_F(Entries, start_as_drafts_that_residents_do_not_get) {
  const auto words = entry("ktp", "KTP hilang");
  EXPECT_EQ(write_revision(*db_, words, "draft", {1000}, "sari"), 1);
  const auto record = load_entry(*db_, "ktp");
  ASSERT_TRUE(record);
  EXPECT_EQ(record->entry, words);
  EXPECT_EQ(record->status, "draft");
  EXPECT_EQ(record->revision, 1);
  EXPECT_EQ(record->published, 0);
  EXPECT_EQ(record->updated_at.value, 1000);
  EXPECT_EQ(record->updated_by, "sari");
  EXPECT_TRUE(published_entries(*db_).empty());
  EXPECT_FALSE(load_entry(*db_, "kk"));
}

TEST_F(Entries, stay_published_in_their_old_words_while_a_draft_waits) {
  const auto old_words = entry("ktp", "KTP hilang");
  const auto new_words = entry("ktp", "KTP hilang atau rusak");
  EXPECT_EQ(write_revision(*db_, old_words, "published", {1000}, "sari"), 1);
  EXPECT_EQ(write_revision(*db_, new_words, "draft", {2000}, "budi"), 2);
  auto record = load_entry(*db_, "ktp");
  EXPECT_EQ(record->entry, new_words);
  EXPECT_EQ(record->status, "published");
  EXPECT_EQ(record->revision, 2);
  EXPECT_EQ(record->published, 1);
  auto published = published_entries(*db_);
  ASSERT_EQ(published.size(), 1U);
  EXPECT_EQ(published[0].entry, old_words);
  EXPECT_EQ(published[0].revision, 1);

  EXPECT_EQ(write_revision(*db_, new_words, "published", {3000}, "sari"), 3);
  published = published_entries(*db_);
  ASSERT_EQ(published.size(), 1U);
  EXPECT_EQ(published[0].entry, new_words);
  EXPECT_EQ(published[0].revision, 3);
}

TEST_F(Entries, are_taken_away_when_archived_and_come_back_as_drafts_first) {
  const auto words = entry("ktp", "KTP hilang");
  write_revision(*db_, words, "published", {1000}, "sari");
  write_revision(*db_, words, "archived", {2000}, "sari");
  EXPECT_EQ(load_entry(*db_, "ktp")->status, "archived");
  EXPECT_TRUE(published_entries(*db_).empty());
  EXPECT_EQ(ids({}), Names{});
  write_revision(*db_, words, "draft", {3000}, "sari");
  EXPECT_EQ(load_entry(*db_, "ktp")->status, "draft");
  EXPECT_TRUE(published_entries(*db_).empty());
}

TEST_F(Entries, keep_every_revision_newest_first) {
  write_revision(*db_, entry("ktp", "satu"), "draft", {1000}, "sari");
  write_revision(*db_, entry("ktp", "dua"), "published", {2000}, "budi");
  write_revision(*db_, entry("ktp", "tiga"), "archived", {3000}, "sari");
  write_revision(*db_, entry("kk", "lain"), "draft", {3000}, "sari");
  const auto revisions = revisions_of(*db_, "ktp");
  ASSERT_EQ(revisions.size(), 3U);
  const char* titles[] = {"tiga", "dua", "satu"};
  const char* statuses[] = {"archived", "published", "draft"};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(revisions[i].revision, static_cast<std::int64_t>(3 - i));
    EXPECT_EQ(revisions[i].entry.title, titles[i]);
    EXPECT_EQ(revisions[i].status, statuses[i]);
  }
  EXPECT_EQ(revisions[1].by, "budi");
  EXPECT_EQ(revisions[1].at.value, 2000);
}

TEST_F(Entries, are_listed_by_status_office_words_and_page) {
  write_revision(*db_, entry("akta", "Akta lahir"), "published", {1}, "s");
  write_revision(*db_, entry("bpjs", "BPJS 100% gratis", "dinkes"), "draft", {1}, "s");
  write_revision(*db_, entry("kk", "Kartu keluarga"), "archived", {1}, "s");
  write_revision(*db_, entry("ktp", "KTP hilang"), "draft", {1}, "s");
  struct Case {
    const char* name;
    EntryList list;
    Names expected;
  };
  const Case cases[] = {
      {"all but archived", {}, {"akta", "bpjs", "ktp"}},
      {"drafts", {.search = {}, .status = "draft", .office = {}, .after = {}}, {"bpjs", "ktp"}},
      {"archived", {.search = {}, .status = "archived", .office = {}, .after = {}}, {"kk"}},
      {"an office", {.search = {}, .status = {}, .office = "dinkes", .after = {}}, {"bpjs"}},
      {"words", {.search = "LAHIR", .status = {}, .office = {}, .after = {}}, {"akta"}},
      {"percent", {.search = "0%", .status = {}, .office = {}, .after = {}}, {"bpjs"}},
      {"percent is no joker", {.search = "A%r", .status = {}, .office = {}, .after = {}}, {}},
      {"a page", {.search = {}, .status = {}, .office = {}, .after = "akta", .limit = 1}, {"bpjs"}},
      {"the last page", {.search = {}, .status = {}, .office = {}, .after = "ktp", .limit = 1}, {}},
  };
  for (const Case& one : cases) EXPECT_EQ(ids(one.list), one.expected) << one.name;
  EXPECT_EQ(all_entries(*db_).size(), 4U);
}

TEST_F(Entries, raise_a_version_when_what_residents_get_changes) {
  EXPECT_EQ(knowledge_version(*db_), 0);
  EXPECT_EQ(raise_knowledge_version(*db_), 1);
  EXPECT_EQ(raise_knowledge_version(*db_), 2);
  EXPECT_EQ(knowledge_version(*db_), 2);
}

}  // namespace
}  // namespace sahut::storage

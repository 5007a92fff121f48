-- Words that people of this city use and the built-in lexicon lacks, with the standard words each stands for: editors add them.
CREATE TABLE city_word (
  form        TEXT    PRIMARY KEY,
  standard    TEXT    NOT NULL,
  updated_at  INTEGER NOT NULL,
  updated_by  TEXT    NOT NULL
);

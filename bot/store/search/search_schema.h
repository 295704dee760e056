// The tables of search.db: a read model of svarsentral.db that can be removed at any time and is
// then built anew. It holds words, and loses them when the log does.
//
// place             how far the log was read, and what stands there: another log is another index
// transcript        one row for each conversation that has been at the desk
// transcript_agent  who took it; transcript_topic: what was answered, and what the agent said it
// was words             what citizens and agents wrote, a row for each message; word_place: whose
#pragma once

#include <array>
#include <string_view>

namespace svar::store {

inline constexpr std::array kSearchSchema = {std::string_view{R"sql(
CREATE TABLE place(position INTEGER NOT NULL, conversation INTEGER NOT NULL, seq INTEGER NOT NULL);
INSERT INTO place VALUES(0, 0, 0);
CREATE TABLE transcript(
  conversation INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,           -- its words are in the index to here
  controller TEXT NOT NULL,
  channel TEXT NOT NULL,
  language TEXT NOT NULL,
  opened INTEGER NOT NULL,        -- milliseconds of UTC
  last_at INTEGER NOT NULL,
  closed INTEGER NOT NULL,
  outcome TEXT,
  topic TEXT
);
CREATE INDEX transcript_last ON transcript(last_at, conversation);
CREATE TABLE transcript_agent(
  conversation INTEGER NOT NULL,
  agent TEXT NOT NULL,
  display_name TEXT NOT NULL,
  PRIMARY KEY(conversation, agent)
) WITHOUT ROWID;
CREATE TABLE transcript_topic(
  conversation INTEGER NOT NULL,
  topic TEXT NOT NULL,
  PRIMARY KEY(conversation, topic)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(text, tokenize='unicode61 remove_diacritics 0');
CREATE TABLE word_place(
  place INTEGER PRIMARY KEY,      -- the row of words
  conversation INTEGER NOT NULL
);
CREATE INDEX word_place_conversation ON word_place(conversation);
)sql"}};

}  // namespace svar::store

// The tables of svarsentral.db, and how an older file becomes a newer one. A step that was ever
// released is never changed; a new version is a new step at the end.
//
// log            every event, in the order of commit. Found by the chain:
// conversation.last_position
//                is the newest, `previous` the one before it in the same conversation, 0 the end.
//                There is no index by conversation: it would dirty another page with each event.
//                `text` is the only column that is ever emptied. Rows are never removed from the
//                middle of a chain: a conversation goes whole or not at all, and the newest row of
//                all stays, so that no position is ever given again.
// conversation   one row each, found by its number; `last_seq` decides who may append. The partial
//                indexes hold only what waits for an answer, what somebody owns, and what is closed
//                and not erased: a turn of the bot writes to none of them.
//                `with_agent` says that a person had it at some time: such ones are kept for
//                longer.
// contact        whom a conversation of a messaging platform is with: its channel, the sealed
//                address, and up to which seq its messages have rows in `delivery`.
// delivery       one row a part of a message to a platform. It holds no words: they are read from
//                the log when they are sent. Conversations of the web chat have none.
// log_erasures   finds what was erased after a position, for the list beside the backups; only
//                erasures write to it.
// month_count    what a month's figures need of conversations that were removed: counts and lengths
// of
//                time, of no conversation in particular.
// removed_conversation, removed_events
//                which numbers may never begin again, and which positions are empty for that
//                reason: any other gap is damage.
#pragma once

#include <array>
#include <string_view>

namespace svar::store {

inline constexpr int kSchemaWithAgent = 3;  // the first that has conversation.with_agent
inline constexpr int kSchemaRemovals = 5;   // the first that has what was removed
inline constexpr std::array kLogSchema = {
    std::string_view{R"sql(
CREATE TABLE log(
  position INTEGER PRIMARY KEY,
  conversation INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  previous INTEGER NOT NULL,
  at INTEGER NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE TABLE conversation(
  number INTEGER PRIMARY KEY,
  contact_key TEXT UNIQUE,
  last_position INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  controller TEXT,
  owner TEXT NOT NULL,
  answer_due INTEGER NOT NULL,
  last_at INTEGER NOT NULL
);
CREATE INDEX conversation_answer_due ON conversation(answer_due) WHERE answer_due > 0;
CREATE INDEX conversation_owned ON conversation(owner) WHERE owner <> 'none';
CREATE INDEX conversation_closed ON conversation(controller, last_at)
  WHERE owner = 'none' AND controller IS NOT NULL;
)sql"},
    std::string_view{R"sql(
CREATE INDEX log_erasures ON log(position) WHERE name IN ('Erased','Redacted');
)sql"},
    std::string_view{R"sql(
ALTER TABLE conversation ADD COLUMN with_agent INTEGER NOT NULL DEFAULT 0;
UPDATE conversation SET with_agent=1
  WHERE number IN (SELECT conversation FROM log WHERE name='AgentJoined');
)sql"},
    std::string_view{R"sql(
CREATE TABLE contact(
  conversation INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  expanded INTEGER NOT NULL
);
CREATE TABLE delivery(
  conversation INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  part INTEGER NOT NULL,
  channel TEXT NOT NULL,
  state TEXT NOT NULL,
  message TEXT NOT NULL,
  why TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY(conversation, seq, part)
) WITHOUT ROWID;
CREATE INDEX delivery_unfinished ON delivery(conversation) WHERE state IN ('pending','sending');
CREATE INDEX delivery_message ON delivery(channel, message) WHERE message<>'';
)sql"},
    std::string_view{R"sql(
CREATE TABLE month_count(
  month TEXT NOT NULL,
  municipality TEXT NOT NULL,
  channel TEXT NOT NULL,
  figure TEXT NOT NULL,
  about TEXT NOT NULL,
  value INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY(month, municipality, channel, figure, about, value)
) WITHOUT ROWID;
CREATE TABLE removed_conversation(number INTEGER PRIMARY KEY);
CREATE TABLE removed_events(first INTEGER PRIMARY KEY, last INTEGER NOT NULL);
CREATE INDEX conversation_erased ON conversation(last_at)
  WHERE owner = 'none' AND controller IS NULL;
)sql"},
};

}  // namespace svar::store

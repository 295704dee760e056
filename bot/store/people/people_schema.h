// The schema of the file of accounts, step by step (migrate). What was stored once stays readable.
#pragma once

#include <array>
#include <string_view>

namespace svar::store {

inline constexpr std::array<std::string_view, 4> kPeopleSchema = {
    R"(
  CREATE TABLE account (
    name TEXT PRIMARY KEY,
    display_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    roles TEXT NOT NULL,            -- codes, each followed by a comma
    municipalities TEXT NOT NULL    -- ids, each followed by a comma; empty = all
  ) WITHOUT ROWID;
  CREATE TABLE session (
    token_digest TEXT PRIMARY KEY,
    agent TEXT NOT NULL REFERENCES account(name) ON DELETE CASCADE,
    created INTEGER NOT NULL,       -- milliseconds of UTC
    last_used INTEGER NOT NULL
  ) WITHOUT ROWID;
)",
    // Each role for municipalities of its own. The administrators so far were of the whole
    // installation.
    R"(
  CREATE TABLE account_right (
    account TEXT NOT NULL REFERENCES account(name) ON DELETE CASCADE,
    role TEXT NOT NULL,             -- code
    municipality TEXT NOT NULL,     -- id; empty = everywhere
    PRIMARY KEY (account, role, municipality)
  ) WITHOUT ROWID;
  INSERT INTO account_right
    WITH RECURSIVE
      role_of(account, depth, role, rest) AS (
        SELECT name, 0, '', roles FROM account
        UNION ALL
        SELECT account, depth + 1, substr(rest, 1, instr(rest, ',') - 1),
               substr(rest, instr(rest, ',') + 1)
          FROM role_of WHERE rest <> ''),
      place_of(account, depth, place, rest) AS (
        SELECT name, 0, '', CASE municipalities WHEN '' THEN ',' ELSE municipalities END
          FROM account
        UNION ALL
        SELECT account, depth + 1, substr(rest, 1, instr(rest, ',') - 1),
               substr(rest, instr(rest, ',') + 1)
          FROM place_of WHERE rest <> '')
    SELECT role_of.account, role, place FROM role_of JOIN place_of USING (account)
      WHERE role_of.depth > 0 AND place_of.depth > 0;
  UPDATE account_right SET role = 'system' WHERE role = 'admin' AND municipality = '';
  ALTER TABLE account DROP COLUMN roles;
  ALTER TABLE account DROP COLUMN municipalities;
  ALTER TABLE account ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE account ADD COLUMN invitation_digest TEXT NOT NULL DEFAULT '';
  ALTER TABLE account ADD COLUMN invitation_expires INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE account ADD COLUMN totp_secret TEXT NOT NULL DEFAULT '';   -- sealed; empty = none
  ALTER TABLE account ADD COLUMN totp_last_step INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE account ADD COLUMN recovery_codes TEXT NOT NULL DEFAULT '';  -- digests, with commas
  ALTER TABLE session ADD COLUMN device TEXT NOT NULL DEFAULT '';
  CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    who TEXT NOT NULL,
    about TEXT NOT NULL,
    conversation INTEGER NOT NULL,  -- 0 = none
    why TEXT NOT NULL,
    scope TEXT NOT NULL             -- «*», or municipalities with commas around each
  );
  CREATE INDEX audit_at ON audit(at);
  CREATE INDEX audit_conversation ON audit(conversation) WHERE conversation <> 0;
)",
    R"(
  CREATE TABLE incident (
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    municipality TEXT NOT NULL,
    topic TEXT NOT NULL,            -- an article's id; empty = the municipality as a whole
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    second_language TEXT NOT NULL,  -- empty = none
    second_text TEXT NOT NULL,
    starts INTEGER NOT NULL,        -- milliseconds of UTC
    ends INTEGER NOT NULL,
    author TEXT NOT NULL,
    written INTEGER NOT NULL,
    PRIMARY KEY (id, version)
  ) WITHOUT ROWID;
)",
    R"(
  ALTER TABLE incident ADD COLUMN crisis INTEGER NOT NULL DEFAULT 0;
)"};

}  // namespace svar::store

"""What citizens said, by conversation and in the order of the log, and how often the bot replied.

usage: read_words.py svarsentral.db

Reads the table by itself, none of the product's code. One JSON object on stdout.
"""

import json
import sqlite3
import sys


def main():
    if len(sys.argv) != 2 or sys.argv[1] == "--help":
        print(__doc__)
        return 0 if len(sys.argv) == 2 else 2
    log = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
    words = {}
    for conversation, text in log.execute(
            "SELECT conversation, text FROM log WHERE name = 'CitizenSpoke' ORDER BY position"):
        words.setdefault(conversation, []).append(text)
    replies = log.execute("SELECT count(*) FROM log WHERE name = 'BotReplied'").fetchone()[0]
    print(json.dumps({"words": list(words.values()), "replies": replies}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

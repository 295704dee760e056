#!/usr/bin/env python3
"""Content is the editors' own writing: no example, rule test or regression message equals one that is kept apart for
measuring, or the measured figure would say nothing. Kept apart are digests alone, in kept_apart.txt.

usage: own_words.py ROOT            compares; exit code 1 with every equal line
       own_words.py --digest < F    digests of messages, one a line, for kept_apart.txt
Proves first that it would notice: one of the content's own messages of each kind, taken as kept apart, must be found.
"""
import hashlib
import pathlib
import re
import sys

QUOTED_OR_BARE = re.compile(r'"((?:[^"\\]|\\.)*)"|\'([^\']*)\'|([^,\[\]]+)')
LISTS = re.compile(r"^\s*(?:examples|not): *\[(.*)\]\s*$")
ITEM = re.compile(r"^\s+- ([^{].*)$")
MESSAGE = re.compile(r'^- \{.*?\btext: "((?:[^"\\]|\\.)*)"')


def digest(text):
    words = " ".join(re.findall(r"\w+", text.lower()))
    return hashlib.sha256(words.encode()).hexdigest()[:20]


def messages_in(line):
    """What a line holds, with the way it was written."""
    if found := LISTS.match(line):
        for parts in QUOTED_OR_BARE.findall(found.group(1)):
            yield "rule test", next((part for part in parts if part), "").strip()
    elif found := MESSAGE.match(line):
        yield "regression message", found.group(1)
    elif found := ITEM.match(line):
        yield "example", found.group(1).strip().strip("\"'")


def content_messages(root):
    content = root / "config/content"
    for file in [*sorted((content / "intents").glob("*.yaml")), content / "regression.yaml"]:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            for way, text in messages_in(line):
                if re.search(r"\w", text):
                    yield way, f"{file.relative_to(root).as_posix()}:{number}", text


def equal_to(kept, written):
    return [f"{place}: the {way} «{text}» equals a message that is kept apart; write your own."
            for way, place, text in written if digest(text) in kept]


def unnoticed(written):
    """One message of every way, in capitals and with a mark behind, is taken as kept apart: is each found?"""
    last = {way: text for way, _, text in written}
    ways = {"rule test", "example", "regression message"}
    return [way for way in sorted(ways)
            if way not in last or not equal_to({digest(f"{last[way].upper()} !")}, written)]


def main():
    if sys.argv[1:] == ["--digest"]:
        print("\n".join(sorted({digest(line) for line in sys.stdin if re.search(r"\w", line)})))
        return 0
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        print(__doc__)
        return 2
    written = list(content_messages(pathlib.Path(sys.argv[1])))
    if missed := unnoticed(written):
        print(f"the control was not noticed in: {', '.join(missed)}")
        return 1
    kept = set((pathlib.Path(__file__).parent / "kept_apart.txt").read_text().split())
    faults = equal_to(kept, written)
    print("\n".join([*faults, f"{len(written)} messages of the content, {len(kept)} kept apart, {len(faults)} equal"]))
    return 1 if faults or not kept else 0


if __name__ == "__main__":
    sys.exit(main())

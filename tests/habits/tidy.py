#!/usr/bin/env python3
"""The written style as a test: length of functions, files and lines, banned words and names, dead files.

usage: tidy.py ROOT
"""
import pathlib
import re
import sys

FUNCTION_LINES_MAX = 70
FILE_LINES_MAX = 400
LINE_COLUMNS_MAX = 120  # code is formatted to 100; prose in headers and strings may take a little more
SOURCE = {".cpp", ".h", ".ts", ".tsx", ".mjs", ".py", ".sh"}
BANNED_NAMES = re.compile(
    r"(^|[_\-/])(util|utils|common|helpers?|manager|misc|impl|more|tmp|new|old)([_\-./]|$)")
# The common text beside each municipality's own.
ALLOWED_NAMES = {"config/content/common.yaml", "tests/kb-adapter/content/common.yaml"}
BANNED_WORDS = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK|not imple" r"mented|lorem ipsum)\b")
FUNCTION_HEAD = re.compile(r"\)\s*(const|noexcept|override|->.*|:.*)*\s*\{$")
BLOCK_HEAD = re.compile(r"(if|for|while|switch|else|do|catch|namespace|struct|class|enum|return|\})\b")
SKIP = {"node_modules", "build", ".git", "golden"}


def sources(root):
    for file in sorted(root.rglob("*")):
        relative = file.relative_to(root)
        if file.is_file() and not SKIP & set(relative.parts):
            yield relative.as_posix(), file


def long_functions(name, lines):
    """Functions are found by their closing brace in the column where they began: what clang-format gives."""
    opened = None
    for number, line in enumerate(lines, 1):
        indent = len(line) - len(line.lstrip())
        text = line.strip()
        begins = bool(FUNCTION_HEAD.search(text)) and not BLOCK_HEAD.match(text)
        if opened is None and begins and indent <= 4:
            opened = (number, indent)
        elif opened and text.startswith("}") and indent <= opened[1]:
            length = number - opened[0] + 1
            if length > FUNCTION_LINES_MAX:
                yield f"{name}:{opened[0]}: a function of {length} lines; at most {FUNCTION_LINES_MAX}: cut it by idea."
            opened = None


def faults_of(name, file):
    if name not in ALLOWED_NAMES and BANNED_NAMES.search(name):
        yield f"{name}: the name says nothing; name it after the idea it holds."
    if file.suffix not in SOURCE:
        return
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    if len(lines) > FILE_LINES_MAX:
        yield f"{name}: {len(lines)} lines; cut it by idea to at most {FILE_LINES_MAX}."
    for number, line in enumerate(lines, 1):
        if len(line) > LINE_COLUMNS_MAX and "http" not in line:
            yield f"{name}:{number}: {len(line)} columns; at most {LINE_COLUMNS_MAX}."
        if BANNED_WORDS.search(line) and not name.endswith("habits/tidy.py"):
            yield f"{name}:{number}: «{BANNED_WORDS.search(line).group(0)}»: finish it or leave it out."
    if file.suffix == ".h" and "#pragma once" not in text:
        yield f"{name}: a header without #pragma once."
    if file.suffix == ".h" and not text.startswith("//"):
        yield f"{name}: a header begins with a sentence that says what it is."
    if file.suffix in (".cpp", ".h"):
        yield from long_functions(name, lines)


def dead_files(root):
    """A .cpp that no CMakeLists.txt names is never built."""
    for top in ("bot", "intents", "kb-adapter", "connectors", "tests"):
        lists = "\n".join(file.read_text(encoding="utf-8") for file in (root / top).rglob("CMakeLists.txt")
                          if "node_modules" not in file.parts)
        for file in sorted((root / top).rglob("*.cpp")):
            if "node_modules" not in file.parts and file.name not in lists:
                yield f"{file.relative_to(root)}: no CMakeLists.txt names it, so it is never built."


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    faults, count = [], 0
    for name, file in sources(root):
        count += 1
        faults += faults_of(name, file)
    faults += dead_files(root)
    for fault in faults:
        print(fault)
    print(f"{count} files read, {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()

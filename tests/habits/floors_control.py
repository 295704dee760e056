#!/usr/bin/env python3
"""The negative control of floors.py: a copy of one floor with an arrow that goes up must be refused.

usage: floors_control.py ROOT
"""
import pathlib
import subprocess
import sys
import tempfile

ARROWS = {
    "bot/domain/time.h": '#include "bot/engine/release.h"\n',
    "bot/engine/decide.h": '#include "bot/service/turn/clock.h"\n',
    "connectors/webchat/tokens.h": '#include "connectors/desk/desk_routes.h"\n',
    "bot/domain/ids.h": "#include <nlohmann/json.hpp>\n",
}


def refused(floors, arrow, line):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / arrow
        file.parent.mkdir(parents=True)
        file.write_text("// A header with one arrow too many.\n#pragma once\n" + line, encoding="utf-8")
        return subprocess.run([sys.executable, floors, folder], stdout=subprocess.DEVNULL).returncode != 0


def main():
    floors = pathlib.Path(sys.argv[1]) / "tests/habits/floors.py"
    missed = [arrow for arrow, line in ARROWS.items() if not refused(str(floors), arrow, line)]
    print(f"{len(ARROWS)} forbidden arrows tried, {len(missed)} missed: {missed}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()

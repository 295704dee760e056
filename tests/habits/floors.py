#!/usr/bin/env python3
"""Reads every #include and fails on an arrow that goes up (see «Floors» in bot/README.md).

usage: floors.py ROOT [--explain]
"""
import pathlib
import re
import sys

# Folder: the folders it may include from, beside itself. An arrow goes down only.
DOMAIN = ["bot/domain"]
TURN = DOMAIN + ["intents", "kb-adapter/articles", "bot/engine", "bot/service/turn"]
ALLOWED = {
    "bot/domain": [],
    "intents": DOMAIN,
    "intents/training": DOMAIN + ["intents"],
    "kb-adapter/articles": DOMAIN,
    "bot/engine": DOMAIN + ["intents", "kb-adapter/articles"],
    "bot/service/turn": DOMAIN + ["bot/engine"],
    "bot/service/timers": TURN,
    "bot/service/content": TURN,
    "bot/service/people": TURN,
    "bot/service/incidents": TURN + ["bot/service/people"],
    "bot/service/desk": TURN + ["bot/service/people", "bot/service/delivery"],
    "bot/service/report": TURN,
    "bot/service/delivery": TURN + ["bot/service/people"],
    "connectors/net": DOMAIN + ["bot/service/turn"],
    "connectors/outbound": DOMAIN + ["bot/service/turn"],
    "connectors/graph": DOMAIN + ["bot/service/delivery", "connectors/net", "connectors/outbound"],
    "bot/store": TURN,
    "bot/store/people": TURN + ["bot/store", "bot/service/people", "bot/service/incidents"],
    "bot/store/removal": TURN + ["bot/store", "bot/service/report"],
    "bot/store/search": TURN + ["bot/store", "bot/service/people", "bot/service/desk"],
    "bot/store/delivery": TURN + ["bot/store", "bot/store/people", "bot/service/delivery"],
    "kb-adapter/sources": TURN + ["bot/service/content"],
    "connectors/telegram": TURN + ["bot/service/delivery", "connectors/outbound"],
    "connectors/webhook": TURN + ["bot/service/delivery", "connectors/outbound", "connectors/net"],
    "connectors/webchat": TURN + ["connectors/net"],
    "connectors/desk": TURN + ["connectors/net", "bot/service/people", "bot/service/incidents", "bot/service/desk"],
    "connectors/messenger": DOMAIN + ["bot/service/delivery", "connectors/outbound", "connectors/graph"],
    "connectors/instagram": DOMAIN + ["bot/service/delivery", "connectors/outbound", "connectors/graph"],
    "connectors/whatsapp": DOMAIN + ["bot/service/delivery", "connectors/outbound", "connectors/graph"],
    "bot/server": None,  # the top floor names everything
}
# What must not be seen on the lower floors, whatever brings it.
FORBIDDEN = {
    "boost/": ["bot/domain", "intents", "kb-adapter/articles", "bot/engine", "bot/service"],
    "sqlite3.h": ["bot/domain", "intents", "kb-adapter/articles", "bot/engine", "bot/service", "connectors"],
    "cpprest/": ["bot/domain", "intents", "kb-adapter/articles", "bot/engine", "bot/service", "bot/store"],
    "nlohmann/": ["bot/domain", "bot/engine"],
    "mutex": ["bot/domain", "intents", "kb-adapter/articles", "bot/engine"],
    "thread": ["bot/domain", "intents", "kb-adapter/articles", "bot/engine"],
    "spdlog/": ["bot/domain", "intents", "kb-adapter/articles", "bot/engine"],
    "fstream": ["bot/domain", "intents", "kb-adapter/articles", "bot/engine"],
}
# bot/domain knows the standard library alone: no header with a slash or an ending.
STANDARD_ONLY = ["bot/domain"]
# cpprestsdk has traps and no maintainer: one file knows it, closes them, and can be replaced.
ONLY_IN = {"cpprest/": "connectors/outbound/cpprest_http_client.cpp", "pplx/": "connectors/outbound/cpprest_http_client.cpp"}
# Heavy headers stay in .cpp files; the one exception is seen by the server's own .cpp files alone.
NEVER_IN_HEADERS = ["boost/beast", "boost/asio", "cpprest/"]
HEAVY_HEADERS = ["connectors/net/gathering_stream.h", "connectors/net/streams.h"]
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def floor_of(path):
    """The longest known folder that `path` lies in; None for files outside the house."""
    parts = path.split("/")
    for length in range(len(parts) - 1, 0, -1):
        folder = "/".join(parts[:length])
        if folder in ALLOWED:
            return folder
    return None


def faults_of(root, file):
    name = file.relative_to(root).as_posix()
    floor = floor_of(name)
    if floor is None:
        yield f"{name}: stands on no floor. Move it into a folder of architecture, or add its folder to floors.py."
        return
    for bracket, target in INCLUDE.findall(file.read_text(encoding="utf-8")):
        if bracket == '"':
            to = floor_of(target)
            if to is None:
                yield f'{name}: includes "{target}"; write the path from the root, e.g. "bot/domain/event.h".'
            elif to != floor and ALLOWED[floor] is not None and to not in ALLOWED[floor]:
                yield (f"{name}: an arrow from {floor} up or across to {to} ({target}). Turn it round: put a port in "
                       f"{floor} and let {to} implement it, or pass the value in.")
            continue
        for forbidden, folders in FORBIDDEN.items():
            if (target == forbidden or (forbidden.endswith("/") and target.startswith(forbidden))) and any(
                    floor == folder or floor.startswith(folder + "/") for folder in folders):
                yield f"{name}: <{target}> does not belong on this floor; hide it behind a port on a higher one."
        for prefix, place in ONLY_IN.items():
            if target.startswith(prefix) and name != place:
                yield f"{name}: <{target}> belongs in {place} alone; call through connectors/outbound/http_client.h."
        if floor in STANDARD_ONLY and ("/" in target or target.endswith(".h")):
            yield f"{name}: {floor} knows the standard library alone; <{target}> is not part of it."
        heavy = any(target.startswith(prefix) for prefix in NEVER_IN_HEADERS)
        if heavy and name.endswith(".h") and name not in HEAVY_HEADERS:
            yield f"{name}: <{target}> in a header makes every file slow to build; move it into the .cpp."


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    files = [file for top in ("bot", "intents", "kb-adapter", "connectors") for file in sorted((root / top).rglob("*"))
             if file.suffix in (".h", ".cpp") and "node_modules" not in file.parts]
    faults = [fault for file in files for fault in faults_of(root, file)]
    for fault in faults:
        print(fault)
    print(f"{len(files)} files read, {len(faults)} arrows that go up or leave the house")
    if not files:
        sys.exit("no source file found: is the root right?")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()

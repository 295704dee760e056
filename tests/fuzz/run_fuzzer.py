#!/usr/bin/env python3
"""Runs one fuzzer: the kept corpus, a timed search from it, and the same program with a planted fault to be found.

usage: run_fuzzer.py TARGET [--build DIR] [--seconds N] [--planted-seconds N] [--minimise]

TARGET            a folder of tests/fuzz/corpus: chat_frames, content_files, graph_events, http_head,
                  stored_events, telegram_updates, text, webhook_events
--build           where the preset «fuzz» was built (build/fuzz)
--seconds         how long to search; 20, or with SVAR_LONG in the environment a fifth of eight hours
--planted-seconds how long the planted fault may stay hidden (300: a busy machine's; seconds on a quiet one)
--minimise        puts of what the search found the fewest that reach all the code into the corpus

Progress goes to stderr, one JSON object to stdout. Exit code: 0 good, 1 findings, 2 misuse. An input that breaks
something is kept in DIR/findings; the JSON tells how to run it again.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TARGETS = sorted(folder.name for folder in (HERE / "corpus").iterdir() if folder.is_dir())
SECONDS = 20
LONG_SECONDS = 8 * 3600 // len(TARGETS)
FILES_MAX = 60
BYTES_MAX = 60_000
INPUT_BYTES_MAX = 4_096
RUN_SECONDS_MAX = 15  # of one input: far above what any takes under the sanitizers on a busy machine
FOUND_NAME = re.compile(r"[0-9a-f]{40}")  # as libFuzzer names what it writes
# How the planted fault shows itself: any other report does not count.
PLANTED = {
    "chat_frames": r"broken: (an acknowledged message is in the log|the state at hand is the log folded)",
    "content_files": r"libFuzzer: timeout",
    "graph_events": r"broken: words are whole letters",
    "http_head": r"broken: Transfer-Encoding is refused",
    "stored_events": r"broken: what was encoded decodes to the same",
    "telegram_updates": r"broken: a field is a name and no value",
    "text": r"heap-buffer-overflow",
    "webhook_events": r"broken: words are whole letters",
}
TOLD = re.compile(r"^(#\d+\s+(pulse|DONE)|fuzz: |SUMMARY|==\d+==ERROR|ERROR)")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--build", type=pathlib.Path, default=HERE.parent.parent / "build" / "fuzz")
    parser.add_argument("--seconds", type=int, default=LONG_SECONDS if os.environ.get("SVAR_LONG") else SECONDS)
    parser.add_argument("--planted-seconds", type=int, default=300)
    parser.add_argument("--minimise", action="store_true")
    return parser.parse_args()


def program(build, name):
    path = build / "tests" / "fuzz" / name
    if path.exists():
        return path
    print(f"{path} is not built. Build the fuzzers first: ./tests/run does it, or\n"
          "  cmake --preset fuzz && cmake --build --preset fuzz", file=sys.stderr)
    sys.exit(2)


def run(command, seconds_max):
    """The exit code and output of a fuzzer; tells what is worth telling while it runs."""
    environment = dict(os.environ, ASAN_OPTIONS="quarantine_size_mb=32:malloc_context_size=5:allow_addr2line=1",
                       UBSAN_OPTIONS="print_stacktrace=1")
    lines = []
    with subprocess.Popen(["timeout", "-k", "10", str(seconds_max)] + [str(part) for part in command],
                          stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment,
                          encoding="utf-8", errors="replace") as process:
        for line in process.stderr:
            lines.append(line)
            if TOLD.match(line):
                print(line.rstrip(), file=sys.stderr)
    return process.returncode, "".join(lines)


def search(binary, target, seconds, found, findings):
    corpus = HERE / "corpus" / target
    command = [binary, found, corpus, f"-dict={HERE / 'dictionaries' / (target + '.dict')}",
               f"-max_total_time={seconds}", f"-max_len={INPUT_BYTES_MAX}", "-len_control=10",
               f"-timeout={RUN_SECONDS_MAX}", "-rss_limit_mb=2048", f"-artifact_prefix={findings}/"]
    return run(command, seconds + 120)


def last_number(pattern, text):
    numbers = re.findall(pattern, text)
    return int(numbers[-1]) if numbers else 0


def kept_input(output, binary):
    written = re.search(r"Test unit written to (\S+)", output)
    return f"{binary} {written.group(1)}" if written else None


def read_reach(control):
    """What each input of a merge reaches that no smaller one did: file, size, how many edges."""
    lines = control.read_text(encoding="utf-8").splitlines()
    names = lines[2:2 + int(lines[0])]
    sizes, edges = {}, {}
    for line in lines[2 + len(names):]:
        word, index, *numbers = line.split()
        if word == "STARTED":
            sizes[index] = int(numbers[0])
        elif word == "COV":
            edges[index] = len(numbers)
    return [(pathlib.Path(names[int(index)]), sizes[index], count) for index, count in edges.items()]


def fewest(inputs, kept):
    """`kept`, and of what was found the inputs that add most edges, within the corpus's limits."""
    size = sum(one.stat().st_size for one in kept)
    chosen = list(kept)
    for file, file_size, count in sorted(inputs, key=lambda one: -one[2]):
        fits = len(chosen) < FILES_MAX and size + file_size <= BYTES_MAX
        if count > 0 and fits and file not in chosen:
            chosen.append(file)
            size += file_size
    return chosen


def minimise(binary, target, found):
    """What was written by hand stays, for what it means."""
    corpus = HERE / "corpus" / target
    by_hand = [one for one in corpus.iterdir() if not FOUND_NAME.fullmatch(one.name)]
    with tempfile.TemporaryDirectory() as folder:
        control = pathlib.Path(folder) / "control"
        merged = pathlib.Path(folder) / "merged"
        merged.mkdir()
        code, output = run([binary, "-merge=1", f"-merge_control_file={control}", merged, corpus, found], 1200)
        if code != 0:
            sys.exit(f"the merge failed:\n{output[-2000:]}")
        keep = {one.name: one.read_bytes() for one in fewest(read_reach(control), by_hand)}
    shutil.rmtree(corpus)
    corpus.mkdir()
    for name, data in keep.items():
        (corpus / name).write_bytes(data)


def find_planted(options, folder, findings):
    """Whether the planted fault is found."""
    planted = program(options.build, options.target + "_planted")
    print(f"{options.target}: the planted fault", file=sys.stderr)
    found = pathlib.Path(folder) / "planted"
    found.mkdir()
    code, output = search(planted, options.target, options.planted_seconds, found, findings)
    return code != 0 and re.search(PLANTED[options.target], output) is not None


def main():
    options = arguments()
    binary = program(options.build, options.target)
    findings = options.build / "findings" / options.target
    findings.mkdir(parents=True, exist_ok=True)
    corpus = list((HERE / "corpus" / options.target).iterdir())
    print(f"{options.target}: {len(corpus)} kept inputs, then {options.seconds} s", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        found = pathlib.Path(folder) / "found"
        found.mkdir()
        code, output = search(binary, options.target, options.seconds, found, findings)
        if code != 0:
            print(output[-6000:], file=sys.stderr)
        elif options.minimise:
            minimise(binary, options.target, found)
        planted = find_planted(options, folder, folder)
        result = {"target": options.target, "corpus_files": len(corpus),
                  "corpus_bytes": sum(one.stat().st_size for one in corpus), "seconds": options.seconds,
                  "runs": last_number(r"#(\d+)\t", output), "edges": last_number(r"cov: (\d+)", output),
                  "findings": int(code != 0), "repeat": kept_input(output, binary), "planted_fault_found": planted}
    print(json.dumps(result, ensure_ascii=False))
    if not planted:
        print(f"{options.target}: the planted fault was not found: the fuzzer proves nothing", file=sys.stderr)
    sys.exit(1 if code != 0 or not planted else 0)


if __name__ == "__main__":
    main()

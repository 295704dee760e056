#!/usr/bin/env python3
"""Reports words of the content that the Norwegian dictionaries don't know; never fails because of them.

usage: spelling.py ROOT [--strict]    --strict: exit code 1 when a word is reported, for whoever corrects

Read are titles, topic names, notes, short answers, steps and the other sections, the system's texts, the forms, and
the facts' labels and values, in Nynorsk and Bokmål. What only the other language knows comes first: it slips in most.
A word that is right all the same goes into config/content/spelling.yaml. Needs hunspell with nn_NO and nb_NO (Debian:
hunspell hunspell-no); says so and stops where they are absent.
"""
import pathlib
import re
import shutil
import subprocess
import sys

LANGUAGES = {"nn": "nn_NO", "nb": "nb_NO"}
QUOTED = re.compile(r'\b(nn|nb): *(?:"((?:[^"\\]|\\.)*)"|([^",{}\[\]]+))')
SLOT = re.compile(r"\{\{?[^}]*\}\}?")
ADDRESS = re.compile(r"\S+@\S+|https?://\S+|\b[\w.-]+\.(?:no|com|org|example)\b")
WORD = re.compile(r"[^\W\d_]{2,}")  # a hyphen parts words, as it does in the dictionaries


def words_in(text):
    return WORD.findall(ADDRESS.sub(" ", SLOT.sub(" ", text)))


def quoted_words(text):
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#"):
            continue
        for language, quoted, bare in QUOTED.findall(line):
            for word in words_in(quoted or bare):
                yield language, word, number


def body_words(lines, first):
    language = None
    for number, line in enumerate(lines, first):
        if heading := re.match(r"# (\w\w)\s*$", line):
            language = heading.group(1)
        elif language in LANGUAGES and not line.startswith("#"):
            for word in words_in(line):
                yield language, word, number


def words_of(path):
    """(language, word, line) of one file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".md":
        return list(quoted_words(text))
    head, body = text.split("\n---\n", 1)
    return [*quoted_words(head), *body_words(body.splitlines(), head.count("\n") + 3)]


def accepted_words(path):
    """{language: words}; «both» counts for each."""
    found = {"nn": set(), "nb": set(), "both": set()}
    for language, listed in re.findall(r"^(nn|nb|both): *\[(.*?)\]", path.read_text(encoding="utf-8"), re.M | re.S):
        found[language].update(part.strip().strip('"') for part in listed.split(","))
    return {language: found[language] | found["both"] for language in LANGUAGES}


def unknown(words, dictionary):
    """Those of `words` that the dictionary lacks, also without a capital."""
    if not words:
        return set()
    asked = subprocess.run(["hunspell", "-i", "UTF-8", "-d", dictionary, "-l"], input="\n".join(sorted(words)),
                           capture_output=True, text=True, check=True, timeout=120)
    return set(asked.stdout.split())


def has_dictionaries():
    if not shutil.which("hunspell"):
        return False
    probe = [subprocess.run(["hunspell", "-d", name, "-l"], input="og", capture_output=True, text=True, timeout=60)
             for name in LANGUAGES.values()]
    return all(one.returncode == 0 and not one.stdout.strip() for one in probe)


def notices():
    """Whether Bokmål in Nynorsk and Nynorsk in Bokmål would be reported at all."""
    slips = {"nn": "nn: \"Hvordan kan eg hjelpe?\"", "nb": "nb: \"Korleis kan jeg hjelpe?\""}
    found = {language: unknown({word for _, word, _ in quoted_words(line)}, LANGUAGES[language])
             for language, line in slips.items()}
    return found == {"nn": {"Hvordan"}, "nb": {"Korleis"}}


def content_files(content):
    folders = ("articles/*.md", "texts/*.yaml", "forms/*.yaml", "municipalities/*/municipality.yaml")
    return [content / "facts.yaml", *(path for pattern in folders for path in sorted(content.glob(pattern)))]


def report(content):
    """Prints a line a word; the number of words."""
    places = {}
    for path in content_files(content):
        for language, word, line in words_of(path):
            places.setdefault((language, word), []).append(f"{path.relative_to(content)}:{line}")
    accepted = accepted_words(content / "spelling.yaml")
    reported = []
    for language, dictionary in LANGUAGES.items():
        words = {word for of, word in places if of == language}
        words -= {word for word in words if word in accepted[language] or word.lower() in accepted[language]}
        missing = unknown(words, dictionary)
        other = LANGUAGES["nb" if language == "nn" else "nn"]
        foreign = missing - unknown(missing, other)
        reported += [(word not in foreign, language, word) for word in missing]
    for is_unknown, language, word in sorted(reported):
        where = places[(language, word)]
        why = "unknown" if is_unknown else "only the other language's"
        print(f"{language}: «{word}» {why}: {where[0]}" + (f" and {len(where) - 1} more" if len(where) > 1 else ""))
    print(f"{len(places)} words read, {len(reported)} to look at")
    return len(reported)


def main():
    if not has_dictionaries():
        print("skipped: hunspell with nn_NO and nb_NO is not installed (Debian: hunspell hunspell-no)")
        return 0
    if not notices():
        print("the dictionaries let a planted slip pass; is the right hunspell installed?")
        return 1
    found = report(pathlib.Path(sys.argv[1]) / "config" / "content")
    return 1 if found and "--strict" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())

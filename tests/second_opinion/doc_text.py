#!/usr/bin/env python3
"""What antiword and catdoc see of the text of the binary Word samples.

Writes doc_text.json beside itself: of every sample the words that antiword prints outside of tables (it
leaves out what is too wide for its page), and all words that catdoc prints, in their order.
Both show deleted text too, and neither knows the code page of a Chinese file of Word 6: the samples of
these are left out.

    apt install antiword catdoc && python3 tests/second_opinion/doc_text.py
"""

import json
import pathlib
import subprocess

HERE = pathlib.Path(__file__).parent
LEFT_OUT = ["doc-note-marks-2021", "doc-revisions-2021", "doc-word6-2021"]


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")


def outside_tables(text):
    """Words that do not stand between antiword's bars, nor are its rules."""
    lines = [line for line in text.splitlines() if "|" not in line]
    return [word for word in " ".join(lines).split() if word.strip("-")]


def main():
    found = {}
    for case in sorted((HERE.parent.parent / "samples").glob("doc-*")):
        path = str(case / "input.doc")
        if case.name in LEFT_OUT:
            continue
        antiword = run("antiword", "-m", "UTF-8.txt", "-w", "0", path)
        found[case.name] = {"antiword": outside_tables(antiword), "catdoc": run("catdoc", "-w", "-d", "utf-8", path).split()}
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(of, ensure_ascii=False)}" for name, of in found.items())
    (HERE / "doc_text.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")


main()

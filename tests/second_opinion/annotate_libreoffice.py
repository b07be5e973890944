#!/usr/bin/env python3
"""What LibreOffice sees of the comments that the program puts into Word files.

    cargo build && python3 tests/second_opinion/annotate_libreoffice.py

Runs `gongkai check CASE --annotate` over tests/clerk/cases, lets LibreOffice read each copy, and writes for each case
the comments of the author `gongkai` in the order of the text: the words of the paragraph that a comment stands in, and
the first line of the comment. Needs `soffice`. Writes annotate_libreoffice.json beside this file.
"""

import json
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "clerk" / "cases"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"


def plain(element):
    """The words of a paragraph, without comments and boxes in it."""
    words = element.text or ""
    for child in element:
        if child.tag not in (OFFICE + "annotation",) and not child.tag.startswith(DRAW):
            words += plain(child)
        words += child.tail or ""
    return words


def comments(root):
    parents = {child: parent for parent in root.iter() for child in parent}
    found = []
    for note in root.iter(OFFICE + "annotation"):
        if note.findtext(DC + "creator") != "gongkai":
            continue
        paragraph = note
        while paragraph.tag not in (TEXT + "p", TEXT + "h"):
            paragraph = parents[paragraph]
        first = next("".join(line.itertext()) for line in note.iter(TEXT + "p"))
        found.append([plain(paragraph).strip(), first])
    return found


def main():
    said = {}
    with tempfile.TemporaryDirectory() as folder:
        for case in sorted(path for path in CASES.iterdir()):
            copy = Path(folder) / f"{case.name}.docx"
            command = [ROOT / "target/debug/gongkai", "check", case / "input.docx", "--annotate", copy, "--lang", "en"]
            subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
            profile = f"-env:UserInstallation=file://{folder}/profile"
            command = ["soffice", profile, "--headless", "--convert-to", "fodt", "--outdir", folder, copy]
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
            said[case.name] = comments(ET.parse(copy.with_suffix(".fodt")).getroot())
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""What pdfplumber (on pdfminer, no kin of hayro) sees in the PDF samples.

Writes pdf_pdfplumber.json beside itself: of every sample the tables of each page, of every table its rows, of
every row its cells' texts without white space (null for what another cell covers), with pdfplumber's own settings; and
the characters of each page, sorted, those drawn twice counted once. Null for a file that it refuses.

    pip install pdfplumber && python3 tests/second_opinion/pdf_pdfplumber.py
"""

import json
import pathlib

import pdfplumber
from pdfplumber.utils.exceptions import PdfminerException

HERE = pathlib.Path(__file__).parent


def plain(text):
    return None if text is None else "".join(text.split())


def seen(path):
    with pdfplumber.open(path) as pdf:
        tables, characters = [], []
        for page in pdf.pages:
            page = page.dedupe_chars(tolerance=1, extra_attrs=("size",))
            tables.append([[[plain(cell) for cell in row] for row in table] for table in page.extract_tables()])
            characters.append("".join(sorted("".join(char["text"] for char in page.chars if char["text"].strip()))))
        return {"tables": tables, "characters": characters}


def opinion(path):
    try:
        return seen(path)
    except PdfminerException:
        return None


def main():
    samples = sorted((HERE.parent.parent / "samples").glob("*/input.pdf"))
    found = {path.parent.name: opinion(path) for path in samples}
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(of, ensure_ascii=False)}" for name, of in found.items())
    (HERE / "pdf_pdfplumber.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")


main()

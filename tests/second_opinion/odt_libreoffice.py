#!/usr/bin/env python3
"""What LibreOffice sees in the tables of the OpenDocument text samples.

Writes odt_libreoffice.json beside itself: every table as the rectangle of texts that its web page shows, a cell
repeated for every column and row that it covers, without white space. Tables within a cell are left
out of its text and follow as tables of their own. A web page shows deleted and
hidden text too, notes and heads as tables of the body, automatic numbers as lists, and a page that is
one table without any: the samples of these are left out.

    apt install libreoffice-writer && python3 tests/second_opinion/odt_libreoffice.py
"""

import html.parser
import json
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
SAMPLES = HERE.parent.parent / "samples"
LEFT_OUT = ["odt-layout-table-2021", "odt-revisions-2021", "odt-asides-2021", "odt-note-marks-2021",
             "odt-hidden-2021", "odt-numbered-2021"]


class Tables(html.parser.HTMLParser):
    """Collects tables in the order in which they open: rows of [text, columns, rows]."""

    def __init__(self):
        super().__init__()
        self.tables, self.open = [], []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "table":
            self.open.append(len(self.tables))
            self.tables.append([])
        elif tag == "tr" and self.open:
            self.tables[self.open[-1]].append([])
        elif tag in ("td", "th") and self.open:
            span = lambda name: int(attributes.get(name) or 1)
            self.tables[self.open[-1]][-1].append(["", span("colspan"), span("rowspan")])

    def handle_endtag(self, tag):
        if tag == "table":
            self.open.pop()

    def handle_data(self, data):
        if self.open and self.tables[self.open[-1]] and self.tables[self.open[-1]][-1]:
            self.tables[self.open[-1]][-1][-1][0] += "".join(data.split())


def rectangle(rows):
    slots = {}
    for at, row in enumerate(rows):
        column = 0
        for text, columns, deep in row:
            while (at, column) in slots:
                column += 1
            slots.update({(at + down, column + right): text for down in range(deep) for right in range(columns)})
    width = 1 + max(column for _, column in slots)
    return [[slots.get((at, column)) for column in range(width)] for at in range(len(rows))]


def tables(path):
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to",
                   "html:HTML (StarWriter):EmbedImages", "--outdir", folder, str(path)]
        subprocess.run(command, capture_output=True, check=True)
        parser = Tables()
        parser.feed((pathlib.Path(folder) / (path.stem + ".html")).read_text(encoding="utf-8"))
    return [rectangle(rows) for rows in parser.tables]


paths = [path for path in sorted(SAMPLES.glob("*odt-*/input.*odt")) if path.parent.name not in LEFT_OUT]
opinions = {path.parent.name: tables(path) for path in paths}
lines = ",\n".join(f"{json.dumps(case)}: {json.dumps(found, ensure_ascii=False)}" for case, found in opinions.items())
(HERE / "odt_libreoffice.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")
print({case: [len(rows) * len(rows[0]) for rows in found] for case, found in opinions.items()})

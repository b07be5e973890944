#!/usr/bin/env python3
"""What lxml (libxml2's parser, no kin of html5ever) sees in the tables of the web samples.

Writes html_lxml.json beside itself: of every table of every page its rows, of every row its cells,
of every cell its text without white space, and its spans as written. Archives and sheets of Excel, which
the reader takes apart, are left out, and pages whose tables are not what their tags say.

    pip install lxml && python3 tests/second_opinion/html_lxml.py
"""

import json
import pathlib
import re

from lxml import html

# What is not a table by its tags alone, and what the reader puts in order or leaves out.
LEFT_OUT = ("mhtml", "excel", "rowspans", "xhtml", "roles", "styled", "in-script", "in-textarea", "hidden-text",
            "note-marks", "form-fields")
HERE = pathlib.Path(__file__).parent
SILENT = {"script", "style", "noscript", "template", "select", "nav", "header", "footer"}
HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.I)


def text_of(data):
    if data[:2] == b"\xff\xfe" or b"\0<" in data[:4]:
        return data.decode("utf-16" if data[:2] == b"\xff\xfe" else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def is_hidden(element):
    return element.tag in SILENT or HIDDEN.search(element.get("style") or "")


def own(element, tags, ends):
    """Descendants with these tags that do not stand in one that ends the search."""
    for child in element:
        if not isinstance(child.tag, str) or is_hidden(child):
            continue
        if child.tag in tags:
            yield child
        elif child.tag not in ends:
            yield from own(child, tags, ends)


def words(element):
    """The text of a cell without that of tables in it."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and not is_hidden(child) and child.tag != "table":
            parts.append(words(child))
        parts.append(child.tail or "")
    return "".join("".join(parts).split())


def tables(page):
    for table in page.iter("table"):
        if any(is_hidden(above) for above in table.iterancestors()):
            continue
        rows = [row for row in own(table, {"tr"}, {"table"}) if row.get("height") != "0"]
        cells = [[cell for cell in own(row, {"td", "th"}, {"table"})] for row in rows]
        spans = lambda cell: [int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))]
        yield [[[words(cell), *spans(cell)] for cell in row] for row in cells]


def main():
    found = {}
    for case in sorted((HERE.parent.parent / "samples").glob("html-*")):
        if any(word in case.name for word in LEFT_OUT):
            continue
        source = next(case.glob("input.*"))
        text = re.sub(r"<!\[[^>]*\]>", "", text_of(source.read_bytes()))
        page = html.document_fromstring(text)
        found[case.name] = list(tables(page))
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(of, ensure_ascii=False)}" for name, of in found.items())
    (HERE / "html_lxml.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")


main()

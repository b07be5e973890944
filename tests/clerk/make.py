#!/usr/bin/env python3
"""Makes the cases of tests/clerk out of samples: Word files with planted errors.

    python3 tests/clerk/make.py

Writes tests/clerk/cases/<case>/input.docx and planted.tsv: for each planted error the words that a comment must
stand at, and the code it must name. Nothing here is made by the program under test.
"""

import io
import re
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "clerk" / "cases"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# No clock: the same bytes each time.
MOMENT = (1980, 1, 1, 0, 0, 0)


def figure(old, new, nth=0):
    """A number of a cell, the nth of that text in the body, is another."""

    def plant(xml):
        places = [at.start() for at in re.finditer(f">{re.escape(old)}<", xml)]
        at = places[nth] + 1
        return xml[:at] + new + xml[at + len(old) :]

    return plant


def emptied(old):
    """The paragraph of a cell with this number is an empty element."""

    def plant(xml):
        at = xml.index(f">{old}<")
        begin = max(xml.rindex("<w:p>", 0, at) if "<w:p>" in xml[:at] else -1, xml.rindex("<w:p ", 0, at))
        end = xml.index("</w:p>", at) + len("</w:p>")
        return xml[:begin] + '<w:p w14:paraId="0000BEEF" />' + xml[end:]

    return plant


def sentence(text_runs):
    """A paragraph of these runs before the second chapter."""

    def plant(xml):
        runs = "".join(f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t>{text}</w:t></w:r>' for text, bold in text_runs)
        at = xml.index("二、主动公开政府信息情况")
        begin = max(xml.rindex("<w:p>", 0, at) if "<w:p>" in xml[:at] else -1, xml.rindex("<w:p ", 0, at))
        return f'{xml[:begin]}<w:p><w:pPr><w:jc w:val="both"/></w:pPr>{runs}</w:p>{xml[begin:]}'

    return plant


def inserted(text):
    """A sentence that is a tracked insertion."""

    def plant(xml):
        run = f'<w:ins w:id="77" w:author="复核人" w:date="2025-01-08T00:00:00Z"><w:r><w:t>{text}</w:t></w:r></w:ins>'
        at = xml.index("方便群众查阅。")
        end = xml.index("</w:p>", at)
        return xml[:end] + run + xml[end:]

    return plant


def prefix(new):
    """The elements have another prefix."""
    return lambda xml: re.sub(r"(</?|\s|xmlns:)w(?=[:=])", rf"\g<1>{new}", xml)


def no_prefix(xml):
    """The elements have none; attributes keep theirs, which they need."""
    xml = re.sub(r"(</?)w:", r"\1", xml)
    return xml.replace("<document ", f'<document xmlns="{WORD}" ', 1)


SAID = [
    ("2022年，各项工作平稳推进。", False),
    ("全年收到政府信息公开申请", False),
    ("999", True),
    ("件。", False),
    ("下一步将继续改进工作。", False),
]

# Name, sample, plants, and what must be said where.
CASES_OF = [
    ("clean-2021", "docx-2021", [], []),
    (
        "sums-2021",
        "docx-2021",
        [figure("1145", "1154"), figure("630", "603"), figure("61", "6l")],
        [("1154", "row_total"), ("603", "outcomes"), ("603", "balance"), ("1140", "row_total"), ("6l", "unreadable_figure")],
    ),
    ("empty-paragraph-2021", "docx-2021", [emptied("627")], [("", "implied_value"), ("1145", "row_total")]),
    ("sentence-2021", "docx-2021", [sentence(SAID)], [("全年收到政府信息公开申请999件。", "claim_disagrees")]),
    ("prefix-2021", "docx-2021", [figure("1145", "1154"), prefix("ns0")], [("1154", "row_total")]),
    ("no-prefix-2021", "docx-2021", [figure("1145", "1154"), no_prefix], [("1154", "row_total")]),
    ("strict-2021", "docx-strict-2021", [figure("1145", "1154")], [("1154", "row_total")]),
    ("nested-2021", "docx-nested-table-2021", [figure("1287", "1278")], [("1278", "row_total")]),
    ("controls-2021", "docx-controls-2021", [figure("1145", "1154")], [("1154", "row_total")]),
    (
        "revisions-2021",
        "docx-revisions-2021",
        [figure("1145", "1154")],
        [("1154", "row_total"), ("示例市东湖区人民政府2022年政府信息公开工作年度报告", "tracked_changes")],
    ),
    ("layout-table-2021", "docx-layout-table-2021", [figure("1145", "1154")], [("1154", "row_total")]),
    (
        "text-box-2021",
        "docx-text-box-2021",
        [figure("1145", "1154"), inserted("本报告可在政府网站下载。")],
        # What is said of the file is said at its title. This one stands in a box, so at the paragraph that the box hangs on.
        [("1154", "row_total"), ("", "tracked_changes")],
    ),
    ("commented-2021", "docx-asides-2021", [figure("1357", "1375")], [("1375", "row_total")]),
    ("uneven-grid-2019", "docx-uneven-grid-2019", [figure("1179", "1197")], [("1197", "row_total")]),
    ("old-merges-2021", "docx-grid-2021", [figure("1222", "2122")], [("2122", "row_total")]),
]


def main_part(parts):
    """The name of the part with the body."""
    return re.search(r'PartName="/([^"]+)" ContentType="[^"]+document\.main\+xml"', parts["[Content_Types].xml"].decode())[1]


def as_text(part):
    """A part in UTF-8, whatever it was in."""
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        return re.sub(r'encoding="[^"]*"', 'encoding="UTF-8"', part.decode("utf-16"), count=1)
    return part.decode()


def packed(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def main():
    for case, sample, plants, planted in CASES_OF:
        with zipfile.ZipFile(ROOT / "samples" / sample / "input.docx") as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = main_part(parts)
        xml = as_text(parts[name])
        for plant in plants:
            xml = plant(xml)
        parts[name] = xml.encode()
        if "word/comments.xml" in parts:
            # Comments have authors; the sample's have none.
            parts["word/comments.xml"] = parts["word/comments.xml"].replace(b"<w:comment w", '<w:comment w:author="复核人" w'.encode())
        folder = CASES / case
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "input.docx").write_bytes(packed(parts))
        (folder / "planted.tsv").write_text("".join(f"{words}\t{code}\n" for words, code in planted))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""What easyofd reads of the OFD samples.

Writes ofd_easyofd.json beside itself: the texts of all text objects, a list a page, white space left out. It reads
hidden objects too, knows no other prefix than `ofd:`, looks at templates elsewhere and reads one document of a
package: the samples of these are left out.

    pip install easyofd && python3 tests/second_opinion/ofd_easyofd.py
"""

import base64
import json
import pathlib

from easyofd.ofd import OFD
from loguru import logger

HERE = pathlib.Path(__file__).parent
SAMPLES = HERE.parent.parent / "samples"
LEFT_OUT = ["ofd-paths-2019", "ofd-template-2021", "ofd-two-documents", "ofd-watermark-2021"]


def pages(path):
    ofd = OFD()
    ofd.read(base64.b64encode(path.read_bytes()).decode(), save_xml=False)
    for document in ofd.data:
        for page in document["page_info"].values():
            yield ["".join(item["text"].split()) for item in page["text_list"]]


def main():
    logger.remove()
    cases = sorted(path.parent.name for path in SAMPLES.glob("ofd-*/input.ofd"))
    opinion = {case: list(pages(SAMPLES / case / "input.ofd")) for case in cases if case not in LEFT_OUT}
    lines = [f"{json.dumps(case)}: {json.dumps(texts, ensure_ascii=False)}" for case, texts in opinion.items()]
    (HERE / "ofd_easyofd.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


main()

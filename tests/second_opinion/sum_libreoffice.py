#!/usr/bin/env python3
"""What LibreOffice makes of every formula in the workbook of a sum.

Takes the workbook that the test of tests/sum writes where GONGKAI_SUM_WORKBOOK names a file, drops the results that
are kept in it, has LibreOffice work them out, and stores them.

    GONGKAI_SUM_WORKBOOK=sum.xlsx cargo test --test sum libreoffice
    pip install openpyxl
    python3 tests/second_opinion/sum_libreoffice.py sum.xlsx
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import openpyxl

HERE = pathlib.Path(__file__).resolve().parent


def shown(value):
    """A number with four decimals, text as it is, nothing as nothing."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value + 0:.4f}"
    return value or ""


def main(workbook):
    formulas = openpyxl.load_workbook(workbook)
    with tempfile.TemporaryDirectory() as folder:
        # openpyxl writes formulas without their results.
        formulas.save(f"{folder}/in.xlsx")
        profile = f"-env:UserInstallation=file://{folder}/profile"
        convert = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", f"{folder}/out", f"{folder}/in.xlsx"]
        subprocess.run(convert, check=True, capture_output=True)
        results = openpyxl.load_workbook(f"{folder}/out/in.xlsx", data_only=True)
    cells = {}
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cells[f"{sheet.title}!{cell.coordinate}"] = shown(results[sheet.title][cell.coordinate].value)
    text = json.dumps(dict(sorted(cells.items())), ensure_ascii=False, indent=0)
    (HERE / "sum_libreoffice.json").write_text(text + "\n", "utf-8")
    print(f"{len(cells)} formulas")


main(sys.argv[1])

#!/usr/bin/env python3
"""What other programs read in the outputs: pyarrow, pandas, openpyxl, sqlite3 and frictionless.

Takes a folder that `gongkai extract … --format csv,jsonl,xlsx,parquet,sqlite,datapackage --forms` wrote, and ends
with an error at the first figure of which a format says something else than reports.jsonl.

    pip install -r tests/second_opinion/outputs.txt
    python3 tests/second_opinion/outputs.py OUT
"""

import csv
import json
import pathlib
import re
import sqlite3
import sys
from decimal import Decimal

import frictionless
import openpyxl
import pandas
import pyarrow.parquet

OUT = pathlib.Path(sys.argv[1])


def plain(number):
    """Equal numbers as equal text: no exponent, no zeros at the end."""
    if number is None or number == "":
        return None
    text = format(Decimal(str(number)), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def same(name, found, wanted):
    assert len(found) == len(wanted), f"{name}: {len(found)} rows, expected {len(wanted)}"
    for at, (one, other) in enumerate(zip(found, wanted), 1):
        assert one == other, f"{name}, row {at}: {one}, expected {other}"
    print(f"{name}: {len(found)} rows agree")


def json_lines():
    """Source, report, field, value, state, raw and unit of every figure; and one dict a report."""
    long, wide = [], []
    for line in (OUT / "reports.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line, parse_float=Decimal, parse_int=Decimal)
        report = {"source": record["source"], "report": int(record["report"])}
        for figure in (figure for table in record["tables"] for figure in table["figures"]):
            value = plain(figure["value"])
            key = (record["source"], int(record["report"]), figure["field"])
            long.append((*key, value, figure["state"], figure["raw"] or None, figure["unit"] or None))
            report[figure["field"]] = (value, figure["state"], figure["raw"])
        wide.append(report)
    return long, wide


LONG, WIDE = json_lines()
KEYS = ["source", "report", "field", "value", "state", "raw", "unit"]


CLAIM_KEYS = ["source", "report", "section", "quantity", "number", "unit", "verdict", "table_number", "table_fields", "text", "sentence", "page", "line"]


def json_claims():
    """Every number of the prose, as reports.jsonl has it."""
    claims = []
    for line in (OUT / "reports.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line, parse_float=Decimal, parse_int=Decimal)
        for claim in record["claims"]:
            origin = claim["origin"]
            claims.append(claim | {"source": record["source"], "report": record["report"]} | {k: origin.get(k) for k in ("page", "line")})
    return picked_claims(claims)


def picked_claims(rows):
    """The rows in the terms of json_claims: numbers as text, line ends that XML turns into others."""
    numbers = ("report", "number", "table_number", "page", "line")
    one = lambda key, cell: plain(cell) if key in numbers else (cell or "").replace("\r\n", "\n") or None
    return [tuple(one(key, row[key]) for key in CLAIM_KEYS) for row in rows]


def picked(rows):
    """The rows in the terms of json_lines."""
    long = []
    for row in rows:
        row = [row[key] for key in KEYS]
        row[1], row[3] = int(row[1]), plain(row[3])
        long.append(tuple(row[:5] + [text or None for text in row[5:]]))
    return long


def wide_of(rows, fields):
    return [{"source": row["source"], "report": int(row["report"])} | {f: plain(row[f]) for f in fields} for row in rows]


def wanted_wide(fields):
    number = lambda report, field: report.get(field, (None, None))[0]
    return [{"source": r["source"], "report": r["report"]} | {f: number(r, f) for f in fields} for r in WIDE]


def csv_rows(name):
    with open(OUT / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check_claims():
    claims = json_claims()
    assert claims, "no report states a number in its prose"
    same("claims.csv", picked_claims(csv_rows("claims.csv")), claims)
    rows = pyarrow.parquet.read_table(OUT / "claims.parquet").to_pylist()
    assert all(row["number"] is None or row["number"] == Decimal(row["number_text"]) for row in rows)
    same("claims.parquet (pyarrow)", picked_claims(row | {"number": row["number_text"]} for row in rows), claims)
    database = sqlite3.connect(f"file:{OUT / 'gongkai.sqlite'}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    rows = database.execute(
        "SELECT source, report, claims.* FROM claims JOIN reports ON reports.id = report_id ORDER BY claims.id"
    ).fetchall()
    assert all(abs(Decimal(str(row["number"])) - Decimal(row["number_text"])) < Decimal("1e-9") for row in rows)
    same("claims of gongkai.sqlite", picked_claims(dict(row) | {"number": row["number_text"]} for row in rows), claims)
    _, *rows = openpyxl.load_workbook(OUT / "gongkai.xlsx", read_only=True)["claims"].values
    names = list(csv_rows("claims.csv")[0])
    same("claims of gongkai.xlsx", picked_claims(dict(zip(names, row)) for row in rows), claims)


def check_csv():
    same("cells.csv", picked(csv_rows("cells.csv")), LONG)
    rows = csv_rows("reports.csv")
    fields = [name for name in rows[0] if "." in name]
    same("reports.csv", wide_of(rows, fields), wanted_wide(fields))
    return fields


def check_parquet(fields):
    cells = pyarrow.parquet.read_table(OUT / "cells.parquet")
    assert str(cells.schema.field("value").type) == "decimal128(38, 6)", cells.schema
    assert not cells.schema.field("state").nullable
    same("cells.parquet (pyarrow)", picked(cells.to_pylist()), LONG)
    wide = pyarrow.parquet.read_table(OUT / "reports.parquet").to_pylist()
    same("reports.parquet (pyarrow)", wide_of(wide, fields), wanted_wide(fields))
    labels = json.loads(cells.schema.metadata[b"gongkai.columns"])
    assert [label["name"] for label in labels] == cells.schema.names
    frame = pandas.read_parquet(OUT / "cells.parquet")
    total = sum(Decimal(value) for *_, value, state, _, _ in LONG if state == "number")
    assert frame["value"].dropna().sum() == total, "pandas adds up to something else"
    print("cells.parquet (pandas): the sum agrees")


def check_sqlite(fields):
    database = sqlite3.connect(f"file:{OUT / 'gongkai.sqlite'}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert not database.execute("PRAGMA foreign_key_check").fetchall()
    rows = database.execute(
        "SELECT source, report, figures.*, figures.value_text AS digits FROM figures JOIN reports ON reports.id = report_id"
    ).fetchall()
    exact = [dict(row) | {"value": row["digits"]} for row in rows]
    same("figures of gongkai.sqlite", sorted(picked(exact), key=lambda row: row[:3]), sorted(LONG, key=lambda row: row[:3]))
    for row in rows:
        assert (row["value"] is None) == (row["state"] != "number"), dict(row)
        assert row["value"] is None or abs(Decimal(str(row["value"])) - Decimal(row["digits"])) < Decimal("1e-9"), dict(row)
    tables = sorted({field.split(".")[0] for field in fields})
    for table in tables:
        own = [field for field in fields if field.startswith(f"{table}.")]
        rows = database.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
        same(f"view {table}", wide_of(rows, own), wanted_wide(own))


def check_workbook(fields):
    book = openpyxl.load_workbook(OUT / "gongkai.xlsx", read_only=True)
    _, *rows = book["figures"].values
    place = dict(zip(KEYS, [0, 1, 6, 8, 9, 11, 10]))
    found = picked({key: row[at] for key, at in place.items()} for row in rows)
    # Line ends that XML turns into others.
    breaks = lambda row: tuple(text.replace("\r\n", "\n") if isinstance(text, str) else text for text in row)
    same("figures of gongkai.xlsx", [breaks(row) for row in found], [breaks(row) for row in LONG])
    _, *rows = book["reports"].values
    for row, report in zip(rows, WIDE):
        for field, cell in zip(fields, row[-len(fields) :]):
            value, state, raw = report.get(field, (None, None, None))
            shown = raw if state in ("not_applicable", "unreadable") else value
            found = cell if isinstance(cell, str) else plain(cell)
            assert (found or None) == (shown or None), f"{row[0]} {field}: {cell!r}, expected {shown!r}"
    assert len(rows) == len(WIDE)
    print(f"reports of gongkai.xlsx: {len(rows)} rows agree")


def check_forms():
    """Cached results are the published numbers, and each formula gives its cached result."""
    formulas = 0
    for path in sorted((OUT / "forms").glob("*.xlsx")):
        shown, computed = (openpyxl.load_workbook(path, data_only=only) for only in (True, False))
        for sheet in computed.worksheets[:-1]:
            values = shown[sheet.title]
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                # A text may read like a formula: what an unreadable cell has.
                if cell.data_type == "f" and cell.value.startswith("=SUM("):
                    ranges = cell.value[5:-1].split(",")
                    parts = [values[part] for part in ranges]
                    parts = [c.value for part in parts for c in flat(part)]
                    total = sum(Decimal(str(part)) for part in parts if isinstance(part, (int, float)))
                    assert plain(values[cell.coordinate].value) == plain(total), f"{path.name} {sheet.title} {cell.coordinate}"
                    formulas += 1
    assert formulas > 1000, formulas
    print(f"forms: {formulas} sums give what is shown")


def flat(part):
    return [cell for row in part for cell in row] if isinstance(part, tuple) else [part]


def check_package():
    report = frictionless.validate(str(OUT / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])
    tasks = {task.name: task.stats["rows"] for task in report.tasks}
    assert tasks["cells"] == len(LONG) and tasks["reports"] == len(WIDE), tasks
    print(f"datapackage.json (frictionless {frictionless.__version__}): valid, {tasks}")


def check_scripts():
    """The scripts name every column, in its order, as often as the files have it."""
    stata, r = (OUT / "gongkai.do").read_text("utf-8"), (OUT / "gongkai.R").read_text("utf-8")
    lists = re.findall(r"^rename \(v1 .*?\) \((.*?)\)$", stata, re.M)
    for name, names in zip(["cells", "reports", "findings", "claims"], lists, strict=True):
        with open(OUT / f"{name}.csv", encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        block = r.split(f"{name} <- gongkai_load(")[1].split("), list(")[0]
        of_r = re.findall(r'^  c\("(\w+)"', block, re.M)
        assert names.split() == of_r and len(of_r) == len(header), name
    print("gongkai.do, gongkai.R: every column is named")


FIELDS = check_csv()
check_claims()
check_parquet(FIELDS)
check_sqlite(FIELDS)
check_workbook(FIELDS)
check_forms()
check_package()
check_scripts()

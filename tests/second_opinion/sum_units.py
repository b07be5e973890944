#!/usr/bin/env python3
"""The units of tests/sum: a dozen small reports that add up, a draft of the whole, and what all cells come to.

The form is that of samples/bars-2021, the figures are made here (always the same), and the sums are taken here with
exact decimals. The draft leaves one unit out and has one figure mistyped.

    python3 tests/second_opinion/sum_units.py
"""

import csv
import pathlib
import random
from decimal import Decimal

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests" / "sum"
SAMPLE = ROOT / "samples" / "bars-2021"
YEAR = 2023
ORGANS = (
    "财政局 教育局 公安局 民政局 水利局 统计局 林业局 应急管理局 市场监督管理局 东山镇人民政府 城关街道办事处 高岭乡人民政府"
).split()
LEFT_OUT = "水利局"
MISTYPED = ("proactive.licensing.decisions", 3)

APPLICANTS = "natural_person business research public_welfare legal_service other total".split()
ROWS = (
    "new_received carried_in granted partially_granted denied.state_secret denied.prohibited_by_law "
    "denied.security_and_stability denied.third_party_rights denied.internal_affairs denied.process_information "
    "denied.enforcement_files denied.administrative_inquiry unavailable.not_held unavailable.needs_creation "
    "unavailable.still_unclear not_processed.petition_or_complaint not_processed.repeated "
    "not_processed.published_material not_processed.excessive not_processed.confirm_or_reissue "
    "other.correction_overdue other.fee_overdue other.misc outcomes_total carried_out"
).split()
# In print order, as the codebook has them.
FIELDS = [
    *(f"proactive.{row}.{column}" for row in ("rules", "normative_documents") for column in ("issued", "repealed", "in_force")),
    *(f"proactive.{row}.decisions" for row in ("licensing", "penalties", "compulsion")),
    "proactive.fees.amount",
    *(f"applications.{row}.{column}" for row in ROWS for column in APPLICANTS),
    *(
        f"review_litigation.{route}.{result}"
        for route in ("review", "litigation_direct", "litigation_after_review")
        for result in ("upheld", "corrected", "other", "pending", "total")
    ),
]
LINES = (SAMPLE / "input.txt").read_text("utf-8").splitlines()
KINDS = 6
OUTCOMES = 21


def figures(seed):
    """Field by field, in print order: every total is what its parts add up to."""
    chance = random.Random(seed)
    proactive = [0, 0, 0, *(chance.randint(0, top) for top in (9, 3, 30, 900, 90, 9))]
    proactive.append(Decimal(chance.randint(0, 99999)) / Decimal(10 ** chance.randint(0, 4)))
    outcomes = [[chance.choice((0, 0, 1, 2, 5)) for _ in range(KINDS)] for _ in range(OUTCOMES)]
    total = [sum(column) for column in zip(*outcomes)]
    carried_out = [chance.randint(0, 2) for _ in range(KINDS)]
    carried_in = [chance.randint(0, min(2, total[at] + carried_out[at])) for at in range(KINDS)]
    received = [total[at] + carried_out[at] - carried_in[at] for at in range(KINDS)]
    rows = [received, carried_in, *outcomes, total, carried_out]
    review = []
    for _ in range(3):
        results = [chance.randint(0, 3) for _ in range(4)]
        review += [*results, sum(results)]
    return [*proactive, *(cell for row in rows for cell in (*row, sum(row))), *review]


def text(organ, values):
    """The sample's lines with these figures in their order."""
    values, lines, seen = iter(values), [], 0
    for line in LINES:
        cells = [cell.strip() for cell in line.rstrip("| ").split(" | ")]
        numbers = [cell for cell in cells if cell.replace(".", "", 1).isdigit()]
        if "工作年度报告" in line:
            line = f"{organ}{YEAR}年政府信息公开工作年度报告"
        elif "|" in line and numbers:
            labels = cells[: len(cells) - len(numbers)]
            line = " | ".join([*labels, *(format(next(values), "f") if "." in n else str(next(values)) for n in numbers)]) + " |"
            seen += len(numbers)
        lines.append(line.replace("2023", str(YEAR)))
    assert seen == len(FIELDS), f"{seen} figures placed, expected {len(FIELDS)}"
    return "\n".join(lines) + "\n"


def plain(number):
    """The number without zeros at the end of its decimals."""
    text = format(Decimal(number), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def main():
    units = {organ: figures(number) for number, organ in enumerate(ORGANS, 1)}
    (HERE / "units").mkdir(parents=True, exist_ok=True)
    for number, (organ, values) in enumerate(units.items(), 1):
        (HERE / "units" / f"{number:02d}{organ}.txt").write_text(text(f"示例县{organ}", values), "utf-8")
    sums = [sum(column, Decimal(0)) for column in zip(*units.values())]
    with (HERE / "expected.csv").open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["field", "sum", *ORGANS])
        rows.writerows([field, plain(total), *(plain(values[at]) for values in units.values())] for at, (field, total) in enumerate(zip(FIELDS, sums)))
    draft = [total - Decimal(left) for total, left in zip(sums, units[LEFT_OUT])]
    draft[FIELDS.index(MISTYPED[0])] += MISTYPED[1]
    (HERE / "draft.txt").write_text(text("示例县人民政府", draft), "utf-8")


main()

#!/usr/bin/env python3
"""What openpyxl, xlrd and odfpy see in the spreadsheet samples.

Writes sheet_python.json beside itself: of every sheet that is shown and says something its cells with text as
[row, column, text without white space], and its merged cells as [row, column, rows, columns], all counted from 1.

    pip install openpyxl xlrd odfpy && python3 tests/second_opinion/sheet_python.py
"""

import datetime
import json
import pathlib

import odf.opendocument
import odf.table
import odf.teletype
import openpyxl
import xlrd

HERE = pathlib.Path(__file__).parent
# What is struck or raised these packages give like any text, and of a formula that nobody worked out nothing.
LEFT_OUT = ("looks",)


def shown(value, form=""):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        share = "%" in form
        text = f"{value * 100 if share else value:.15g}"
        return text + "%" * share
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d")
    return "".join(str(value).split())


def of_xlsx(path):
    for sheet in openpyxl.load_workbook(path, data_only=True).worksheets:
        if sheet.sheet_state == "visible":
            cells = [[cell.row, cell.column, shown(cell.value, cell.number_format)] for row in sheet for cell in row]
            yield cells, [[m.min_row, m.min_col, m.size["rows"], m.size["columns"]] for m in sheet.merged_cells.ranges]


def of_xls(path):
    book = xlrd.open_workbook(path, formatting_info=True)
    for sheet in book.sheets():
        if sheet.visibility == 0:
            cells = []
            for at in range(sheet.nrows):
                for column, cell in enumerate(sheet.row(at)):
                    value = cell.value
                    if cell.ctype == xlrd.XL_CELL_DATE:
                        value = xlrd.xldate_as_datetime(value, book.datemode)
                    cells.append([at + 1, column + 1, shown(value)])
            yield cells, [[a + 1, c + 1, b - a, d - c] for a, b, c, d in sheet.merged_cells]


def of_ods(path):
    document = odf.opendocument.load(path)
    hidden = {style.getAttribute("name") for style in document.automaticstyles.childNodes
              for inner in style.childNodes if inner.qname[1] == "table-properties" and inner.getAttribute("display") == "false"}
    for sheet in document.getElementsByType(odf.table.Table):
        if sheet.getAttribute("stylename") in hidden:
            continue
        cells, merged, at = [], [], 1
        for row in sheet.getElementsByType(odf.table.TableRow):
            column = 1
            for cell in row.childNodes:
                number = lambda name: int(cell.getAttribute(name) or 1)
                kind = cell.getAttribute("valuetype")
                value = cell.getAttribute("value") if kind in ("float", "percentage") else None
                text = shown(float(value), "%" * (kind == "percentage")) if value else shown(
                    cell.getAttribute("datevalue") if kind == "date" else odf.teletype.extractText(cell))
                if text and cell.qname[1] == "table-cell":
                    cells += [[at, column + more, text] for more in range(number("numbercolumnsrepeated"))]
                if cell.qname[1] == "table-cell" and number("numberrowsspanned") * number("numbercolumnsspanned") > 1:
                    merged.append([at, column, number("numberrowsspanned"), number("numbercolumnsspanned")])
                column += number("numbercolumnsrepeated")
            at += int(row.getAttribute("numberrowsrepeated") or 1)
        yield cells, merged


opinions = {}
for suffix, read in ((".xlsx", of_xlsx), (".xls", of_xls), (".ods", of_ods)):
    for path in sorted((HERE.parent.parent / "samples").glob(f"{suffix[1:]}-*/input{suffix}")):
        if any(word in path.parent.name for word in LEFT_OUT):
            continue
        sheets = [[[cell for cell in cells if cell[2]], sorted(merged)] for cells, merged in read(path)]
        opinions[path.parent.name] = [sheet for sheet in sheets if sheet[0]]
lines = ",\n".join(f"{json.dumps(case)}: {json.dumps(of, ensure_ascii=False)}" for case, of in opinions.items())
(HERE / "sheet_python.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")
print({case: [len(cells) for cells, _ in sheets] for case, sheets in opinions.items()})

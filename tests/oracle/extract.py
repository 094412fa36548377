"""Reads the lists of Annex A from a workbook, or from one CSV file a list, with nothing but the standard library.

Written apart from the program on purpose: the two must not share a mistake.
"""

import csv
import datetime
import pathlib
import re
import xml.etree.ElementTree as tree
import zipfile

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
EXCEL_DAY_NOUGHT = datetime.date(1899, 12, 30)


class Unreadable:
    """A cell that holds something, but no day."""

    def __repr__(self):
        return "unreadable"


UNREADABLE = Unreadable()
BLANKS = {"", "nan", "-", "..", "<blank>", "#n/a"}


def heading(text):
    """Headings are the same without regard to case, spaces, quotes and punctuation."""
    return re.sub(r"[^a-z0-9]+", " ", str(text).lower()).strip()


def day(cell):
    """The day in a cell: None for a blank, UNREADABLE for something else."""
    if cell is None or (isinstance(cell, str) and cell.strip().lower() in BLANKS):
        return None
    if isinstance(cell, (int, float)):
        # 1 January 1990 to 31 December 2049: other numbers are no days of a child's life.
        if 32874 <= cell < 54789:
            return EXCEL_DAY_NOUGHT + datetime.timedelta(days=int(cell))
        return UNREADABLE
    text = cell.strip().split("T")[0].split(" ")[0]
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d/%m/%y"):
        try:
            return datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
    return UNREADABLE


def text(cell):
    """What a cell says as text; whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    said = str(cell).replace("\u00a0", " ").strip()
    return "" if said.lower() in BLANKS else said


def yes(cell):
    """True, False or None for a yes-or-no cell; the letter in front doesn't count."""
    said = re.sub(r"^[a-z]\)\s*", "", text(cell).lower())
    return {"yes": True, "y": True, "1": True, "no": False, "n": False, "0": False}.get(said)


def place(reference):
    """The column of a reference such as AB12, from 0."""
    letters = re.match(r"[A-Z]+", reference).group(0)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def shared_strings(archive):
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = tree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(part.text or "" for part in item.iter(SHEET + "t")) for item in root.iter(SHEET + "si")]


def value(cell, strings):
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(SHEET + "t"))
    held = cell.find(SHEET + "v")
    if held is None or held.text is None:
        return None
    if kind == "s":
        return strings[int(held.text)]
    if kind in ("str", "e"):
        return held.text
    return float(held.text)


def sheet_rows(archive, part, strings):
    """The rows of a sheet by their number, so that an empty row stays a row."""
    rows = {}
    for row in tree.fromstring(archive.read(part)).iter(SHEET + "row"):
        cells = {place(cell.get("r")): value(cell, strings) for cell in row.iter(SHEET + "c")}
        rows[int(row.get("r"))] = cells
    return rows


def workbook(path):
    """List name to its rows, each a dictionary by heading."""
    lists = {}
    with zipfile.ZipFile(path) as archive:
        strings = shared_strings(archive)
        relations = tree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        targets = {relation.get("Id"): relation.get("Target") for relation in relations}
        for sheet in tree.fromstring(archive.read("xl/workbook.xml")).iter(SHEET + "sheet"):
            target = targets[sheet.get(RELATION)].lstrip("/")
            part = target if target.startswith("xl/") else "xl/" + target
            rows = sheet_rows(archive, part, strings)
            if 1 not in rows:
                continue
            names = {column: heading(name) for column, name in rows[1].items() if name is not None}
            last = max(rows)
            lists[sheet.get("name")] = [
                {name: rows.get(number, {}).get(column) for column, name in names.items()}
                for number in range(2, last + 1)
            ]
    return lists


def comma_separated(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    names = [heading(name) for name in rows[0]]
    return [dict(zip(names, row)) for row in rows[1:]]


def lists_of(folder):
    """The lists of a folder that holds a workbook, or CSV files with `List n` in their names."""
    folder = pathlib.Path(folder)
    workbooks = sorted(folder.glob("*.xlsx"))
    if workbooks:
        return workbook(workbooks[0])
    lists = {}
    for path in sorted(folder.glob("*.csv")):
        found = re.search(r"list[ _-]?(\d+)", path.name, re.IGNORECASE)
        if found:
            lists["List " + found.group(1)] = comma_separated(path)
    return lists

"""Judges one month's Annex A lists by thirteen standards, slowly and plainly, to check the program against.

    python3 tests/oracle/outcomes.py FOLDER --as-at 2026-10-31 > outcomes.csv

FOLDER holds a workbook, or one CSV file a list. Prints one row an outcome:
code, child, event_on, due_on, met_on, status, list, row. Rows are data rows from 0.
The rules are those of the list of practice standards; each function says the reading it takes.
"""

import argparse
import csv
import datetime
import sys

from extract import UNREADABLE, day, heading, lists_of, text, yes
from working_days import add_months, add_working_days, age, on_or_before

MET, MISSED, DUE, NOT_APPLICABLE, CANNOT_TELL = "met", "missed", "due", "not applicable", "cannot tell"
DAY = datetime.timedelta(days=1)


class Row:
    """A row of a list: its number and its cells by heading."""

    def __init__(self, name, number, cells):
        self.list, self.number, self.cells = name, number, cells

    def cell(self, column):
        return self.cells.get(heading(column))

    def day(self, column):
        return day(self.cell(column))

    def child(self):
        column = "Individual adopter identifier" if self.list == "List 11" else "Child Unique ID"
        return text(self.cell(column))


class Lists:
    """The lists of a folder; rows without an identifier belong to nobody and are left out."""

    def __init__(self, folder):
        found = lists_of(folder)
        self.rows = {}
        for name, rows in found.items():
            numbered = [Row(name, number, cells) for number, cells in enumerate(rows)]
            self.rows[name] = [row for row in numbered if row.child()]

    def of(self, number):
        return self.rows.get(f"List {number}", [])


def outcome(code, row, event, due, met, status):
    days = [value if isinstance(value, datetime.date) else None for value in (event, due, met)]
    return [code, row.child(), *days, status, row.list, row.number]


def within(code, row, start, stop, due_of, as_at, until=None, in_force=None, counted=lambda stop: stop):
    """One clock: met when it stopped by the due day, missed when it stopped later or the due day has passed.

    What ended before its due day without the event is not applicable. What can't be read can't be told.
    """
    if start is None or start is UNREADABLE:
        return outcome(code, row, None, None, stop, CANNOT_TELL)
    if in_force is not None and start < in_force:
        return outcome(code, row, start, None, stop, NOT_APPLICABLE)
    due = due_of(start)
    if stop is UNREADABLE or until is UNREADABLE:
        return outcome(code, row, start, due, None, CANNOT_TELL)
    if stop is not None and stop < start:
        return outcome(code, row, start, due, stop, CANNOT_TELL)
    if stop is not None:
        return outcome(code, row, start, due, stop, MET if counted(stop) <= due else MISSED)
    if until is not None and until < due:
        return outcome(code, row, start, due, None, NOT_APPLICABLE)
    return outcome(code, row, start, due, None, DUE if as_at <= due else MISSED)


def in_working_days(limit):
    return lambda start: add_working_days(start, limit)


def in_months(limit):
    return lambda start: add_months(start, limit)


def in_days(limit):
    return lambda start: start + limit * DAY


def assessments_as_published(lists, as_at):
    """Completed assessments, from start to authorisation; open ones are not in the published figure."""
    code = "assessment-45wd-dfe"
    for row in lists.of(4):
        start = row.day("Continuous Assessment Start Date")
        stop = row.day("Continuous Assessment Date of Authorisation")
        if stop is not None:
            yield within(code, row, start, stop, in_working_days(45), as_at, counted=on_or_before)


def assessments_from_referral(lists, as_at):
    """Every assessment, from the child's latest referral on or before its start; no such referral can't be told."""
    code = "assessment-45wd"
    referrals = {}
    for row in lists.of(3):
        referrals.setdefault(row.child(), []).append(row.day("Date of referral"))
    for row in lists.of(4):
        start = row.day("Continuous Assessment Start Date")
        stop = row.day("Continuous Assessment Date of Authorisation")
        known = referrals.get(row.child(), [])
        readable = start is not None and UNREADABLE not in [start, *known]
        earlier = [referral for referral in known if readable and referral is not None and referral <= start]
        clock = max(earlier) if earlier else None
        in_force = datetime.date(2013, 4, 15)
        yield within(
            code, row, clock, stop, in_working_days(45), as_at, in_force=in_force, counted=on_or_before
        )


def conferences(lists, as_at):
    """Enquiries that go to a conference, or may still: those for which none was necessary are not in it."""
    code = "s47-icpc-15wd"
    for row in lists.of(5):
        if yes(row.cell("Was an Initial Child Protection Conference deemed unnecessary?")) is True:
            continue
        start = row.day("Strategy discussion initiating Section 47 Enquiry Start Date")
        stop = row.day("Date of Initial Child Protection Conference")
        yield within(code, row, start, stop, in_working_days(15), as_at, counted=on_or_before)


def long_plans(lists, as_at):
    """Plans that ended; one that ends on the second anniversary of its start has lasted two years."""
    code = "cp-plan-2y"
    for row in lists.of(7):
        stop = row.day("Child Protection Plan End Date")
        if stop is not None:
            start = row.day("Child Protection Plan Start Date")
            yield within(code, row, start, stop, lambda start: add_months(start, 24) - DAY, as_at)


def referred_again(lists, as_at):
    """A referral within twelve months of an earlier one of the same child; the list itself is all that is known."""
    code = "rereferral-12m"
    days = {}
    for row in lists.of(3):
        days.setdefault(row.child(), []).append(row.day("Date of referral"))
    for row in lists.of(3):
        received, known = row.day("Date of referral"), days[row.child()]
        if received is None or UNREADABLE in known:
            yield outcome(code, row, received, None, None, CANNOT_TELL)
            continue
        earlier = [one for one in known if one is not None and one < received and received <= add_months(one, 12)]
        yield outcome(code, row, received, None, None, MISSED if earlier else MET)


def moved_in_with_adopters(lists, as_at):
    """From entering care to moving in, 426 days; a child for whom adoption stops being the plan is not applicable."""
    code = "adoption-a1"
    for row in lists.of(10):
        start, stop = row.day("Date the Child Entered Care"), row.day("Date Placed for Adoption")
        reversed_on = row.day("Date of Decision that Child Should No Longer be Placed for Adoption")
        yield within(
            code, row, start, stop, in_days(426), as_at, until=reversed_on, in_force=datetime.date(2012, 1, 1)
        )


def matched(lists, as_at):
    """From placement order to match, 121 days; a match before the order counts as no time."""
    code = "adoption-a2"
    for row in lists.of(10):
        start = row.day("Date of Placement Order")
        stop = row.day("Date of Matching Child and Prospective Adopters")
        reversed_on = row.day("Date of Decision that Child Should No Longer be Placed for Adoption")
        if start is None:
            continue
        if stop is None and reversed_on is not None:
            due = start if start is UNREADABLE else start + 121 * DAY
            yield outcome(code, row, start, due, None, CANNOT_TELL if reversed_on is UNREADABLE else NOT_APPLICABLE)
        else:
            yield within(code, row, start, stop, in_days(121), as_at, in_force=datetime.date(2012, 1, 1))


def stages(lists, as_at):
    """Stage one of the adopters' assessment in two months, stage two in four; who leaves before is not applicable."""
    for code, stage, months in (("adopter-stage1-2m", 1, 2), ("adopter-stage2-4m", 2, 4)):
        for row in lists.of(11):
            start = row.day(f"Date Stage {stage} started")
            if start is not None:
                stop, left = row.day(f"Date Stage {stage} ended"), row.day("Date of leaving adoption process")
                in_force = datetime.date(2013, 7, 1)
                yield within(code, row, start, stop, in_months(months), as_at, until=left, in_force=in_force)


def pathway_reviews(lists, as_at):
    """Where the pathway plan stands: the next review is due six months after the latest."""
    code = "pathway-review-6m"
    for row in lists.of(9):
        latest = row.day("Latest Pathway Plan Review Date")
        if latest is not None:
            yield within(code, row, latest, None, in_months(6), as_at)


def health_assessments(lists, as_at):
    """Where health assessments stand: age on the day of the latest decides whether six or twelve months follow."""
    for row in lists.of(8):
        latest, born = row.day("Date of Last Health Assessment"), row.day("Date of Birth")
        ceased = row.day("Date Ceased to be Looked After")
        if latest is None:
            continue
        if UNREADABLE in (latest, born) or born is None:
            for code in ("rha-under5-6m", "rha-5plus-12m"):
                yield outcome(code, row, latest, None, None, CANNOT_TELL)
        elif age(born, latest) < 5:
            yield within("rha-under5-6m", row, latest, None, in_months(6), as_at, until=ceased)
        else:
            yield within("rha-5plus-12m", row, latest, None, in_months(12), as_at, until=ceased)


def looked_after_reviews(lists, as_at):
    """Where looked after reviews stand: the first within 20 working days, later ones six months after the latest.

    The list doesn't say whether the latest review was the first, after which three months are allowed; the longer
    interval is taken, so what is missed here is missed by any reading.
    """
    code = "lac-review-recency"
    for row in lists.of(8):
        started, latest = row.day("Date Started to be Looked After"), row.day("Date of Latest Statutory Review")
        ceased = row.day("Date Ceased to be Looked After")
        if latest is None:
            yield within(code, row, started, None, in_working_days(20), as_at, until=ceased)
        else:
            yield within(code, row, latest, None, in_months(6), as_at, until=ceased)


STANDARDS = [
    assessments_as_published,
    assessments_from_referral,
    conferences,
    long_plans,
    referred_again,
    moved_in_with_adopters,
    matched,
    stages,
    pathway_reviews,
    health_assessments,
    looked_after_reviews,
]


def judge(folder, as_at):
    lists = Lists(folder)
    return [one for standard in STANDARDS for one in standard(lists, as_at)]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", help="holds the workbook or the CSV files of one month")
    arguments.add_argument("--as-at", required=True, type=datetime.date.fromisoformat, metavar="YYYY-MM-DD")
    asked = arguments.parse_args()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["code", "child", "event_on", "due_on", "met_on", "status", "list", "row"])
    writer.writerows(judge(asked.folder, asked.as_at))


if __name__ == "__main__":
    main()

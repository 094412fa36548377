"""An independent count of working days in England, to check `vocabulary::working_days` against.

Shares nothing with it but the file of dates: its own reader (tomllib), its own Easter (Oudin's algorithm, as the
United States Naval Observatory prints it) and its own counting, one day at a time.

Usage: python3 working_days.py CALENDAR.toml < cases > answers
Cases, one a line:  add 2026-12-24 5  |  between 2026-12-24 2027-01-05
Answers:            2027-01-05 listed |  5 listed  |  none
"""

import sys
import tomllib
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def easter(year):
    century = year // 100
    golden = year % 19
    skipped = (century - 17) // 25
    epact = (century - century // 4 - (century - skipped) // 3 + 19 * golden + 15) % 30
    epact -= (epact // 28) * (1 - (epact // 28) * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    offset = epact - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))


def monday_on_or_after(day):
    while day.weekday() != 0:
        day += ONE_DAY
    return day


def monday_on_or_before(day):
    while day.weekday() != 0:
        day -= ONE_DAY
    return day


def general_rules(year):
    sunday = easter(year)
    free_days = {sunday - 2 * ONE_DAY, sunday + ONE_DAY}
    free_days.add(monday_on_or_after(date(year, 5, 1)))
    free_days.add(monday_on_or_before(date(year, 5, 31)))
    free_days.add(monday_on_or_before(date(year, 8, 31)))
    new_year = date(year, 1, 1)
    free_days.add(monday_on_or_after(new_year) if new_year.weekday() > 4 else new_year)
    by_weekday_of_christmas = {4: (25, 28), 5: (27, 28), 6: (26, 27)}
    for day in by_weekday_of_christmas.get(date(year, 12, 25).weekday(), (25, 26)):
        free_days.add(date(year, 12, day))
    return free_days


class Calendar:
    def __init__(self, path):
        with open(path, "rb") as file:
            content = tomllib.load(file)
        self.first, self.last = content["first_year"], content["last_year"]
        self.listed = {entry["date"] for entry in content["holiday"]}
        self.by_year = {}

    def covers(self, day):
        return self.first <= day.year <= self.last

    def works(self, day):
        if day.weekday() >= 5:
            return False
        if self.covers(day):
            return day not in self.listed
        if day.year not in self.by_year:
            self.by_year[day.year] = general_rules(day.year)
        return day not in self.by_year[day.year]

    def basis(self, start, stop):
        return "listed" if self.covers(start) and self.covers(stop) else "by-rule"

    def add(self, start, count):
        day = start
        while count:
            day += ONE_DAY
            count -= self.works(day)
        return f"{day} {self.basis(start, day)}"

    def between(self, start, stop):
        if stop < start:
            return "none"
        count, day = 0, start
        while day < stop:
            day += ONE_DAY
            count += self.works(day)
        return f"{count} {self.basis(start, stop)}"


def main():
    calendar = Calendar(sys.argv[1])
    answers = []
    for line in sys.stdin:
        question, start, other = line.split()
        start = date.fromisoformat(start)
        if question == "add":
            answers.append(calendar.add(start, int(other)))
        else:
            answers.append(calendar.between(start, date.fromisoformat(other)))
    print("\n".join(answers))


if __name__ == "__main__":
    main()

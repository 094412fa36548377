"""Working days in England, reckoned from the rules of the bank holidays and a list of the days that broke them.

Written apart from the program and its calendar file on purpose: the two must not share a mistake.

As a program it answers cases, one a line:  add 2026-12-24 5  |  between 2026-12-24 2027-01-05
with a day or a count:                      2027-01-05        |  5  |  none
"""

import calendar
import datetime
import functools
import sys

DAY = datetime.timedelta(days=1)

# Holidays by proclamation since 2011, and the usual ones that were moved to make room.
ONE_OFF = {
    (2011, 4, 29), (2012, 6, 4), (2012, 6, 5), (2020, 5, 8), (2022, 6, 2), (2022, 6, 3), (2022, 9, 19), (2023, 5, 8),
}
MOVED_AWAY = {(2012, 5, 28), (2020, 5, 4), (2022, 5, 30)}


def easter(year):
    """Easter Sunday of the Gregorian calendar, by the anonymous method."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return datetime.date(year, month, day + 1)


def monday(year, month, last):
    days = [day for day in calendar.Calendar().itermonthdates(year, month) if day.month == month and day.weekday() == 0]
    return days[-1] if last else days[0]


@functools.lru_cache(maxsize=None)
def bank_holidays(year):
    holidays = {easter(year) - 2 * DAY, easter(year) + DAY}
    usual = [monday(year, 5, False), monday(year, 5, True), monday(year, 8, True)]
    holidays.update(day for day in usual if (day.year, day.month, day.day) not in MOVED_AWAY)
    holidays.update(datetime.date(*day) for day in ONE_OFF if day[0] == year)
    for wanted in (datetime.date(year, 1, 1), datetime.date(year, 12, 25), datetime.date(year, 12, 26)):
        if wanted.weekday() < 5:
            holidays.add(wanted)
    # A holiday on a weekend is kept on the next weekday that is free.
    for wanted in (datetime.date(year, 1, 1), datetime.date(year, 12, 25), datetime.date(year, 12, 26)):
        day = wanted
        while wanted.weekday() >= 5 and (day.weekday() >= 5 or day in holidays):
            day += DAY
        holidays.add(day)
    return holidays


def is_working_day(day):
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def add_working_days(start, count):
    """The count-th working day after a day; the day itself is day 0."""
    day = start
    while count > 0:
        day += DAY
        count -= is_working_day(day)
    return day


def count_working_days(start, stop):
    """Working days after a day, up to and including another; none when that comes first."""
    if stop < start:
        return "none"
    count = 0
    while start < stop:
        start += DAY
        count += is_working_day(start)
    return count


def on_or_before(day):
    """The last working day on or before a day: what is done on a weekend counts as done on the Friday."""
    while not is_working_day(day):
        day -= DAY
    return day


def add_months(start, count):
    """The same day of a later month, or that month's last day."""
    years, month = divmod(start.month - 1 + count, 12)
    year = start.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(start.day, last))


def age(born, on):
    """Whole years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def answer(case):
    question, start, other = case.split()
    start = datetime.date.fromisoformat(start)
    if question == "add":
        return add_working_days(start, int(other))
    return count_working_days(start, datetime.date.fromisoformat(other))


if __name__ == "__main__":
    for line in sys.stdin.read().splitlines():
        print(answer(line))

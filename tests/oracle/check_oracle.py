"""Checks the oracle itself on cases whose answers were worked out by hand: python3 tests/oracle/check_oracle.py."""

import csv
import datetime
import pathlib
import tempfile
import unittest

import outcomes
from extract import UNREADABLE, day, text
from working_days import add_months, add_working_days, bank_holidays, is_working_day


def on(said):
    return datetime.date.fromisoformat(said)


class WorkingDays(unittest.TestCase):
    def test_worked_examples_over_holidays(self):
        examples = [
            ("2012-05-31", 10, "2012-06-18"), ("2016-03-21", 15, "2016-04-13"), ("2016-11-14", 45, "2017-01-19"),
            ("2022-12-23", 1, "2022-12-28"), ("2022-09-16", 1, "2022-09-20"), ("2023-04-06", 20, "2023-05-10"),
            ("2017-03-08", 20, "2017-04-05"), ("2026-12-24", 5, "2027-01-05"), ("2011-04-21", 10, "2011-05-11"),
            ("2020-04-27", 10, "2020-05-12"),
        ]
        for start, count, due in examples:
            self.assertEqual(add_working_days(on(start), count), on(due), start)

    def test_working_days_of_a_year(self):
        counts = {2011: 251, 2012: 252, 2016: 253, 2020: 254, 2022: 250, 2023: 251, 2024: 254, 2026: 253}
        for year, count in counts.items():
            first = datetime.date(year, 1, 1)
            days = [first + datetime.timedelta(days=number) for number in range(366)]
            self.assertEqual(sum(one.year == year and is_working_day(one) for one in days), count, year)

    def test_christmas_on_a_weekend_is_kept_on_weekdays(self):
        self.assertLessEqual({on("2021-12-27"), on("2021-12-28")}, bank_holidays(2021))
        self.assertLessEqual({on("2022-12-26"), on("2022-12-27")}, bank_holidays(2022))

    def test_months_end_on_the_last_day_of_a_shorter_one(self):
        self.assertEqual(add_months(on("2023-11-30"), 3), on("2024-02-29"))


class Cells(unittest.TestCase):
    def test_days_and_what_is_no_day(self):
        self.assertEqual(day(45292.0), on("2024-01-01"))
        self.assertEqual(day("01/02/2024"), on("2024-02-01"))
        self.assertIs(day("31/02/2026"), UNREADABLE)
        self.assertIsNone(day("-"))
        self.assertEqual(text(123.0), "123")


class Judging(unittest.TestCase):
    def judge(self, lists, as_at):
        with tempfile.TemporaryDirectory() as folder:
            for name, (headings, *rows) in lists.items():
                with open(pathlib.Path(folder) / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
                    csv.writer(file).writerows([headings, *rows])
            found = outcomes.judge(folder, on(as_at))
        return {(one[0], one[1], one[7]): (one[5], str(one[3] or "")) for one in found}

    def test_assessments_from_start_and_from_referral(self):
        found = self.judge({
            "List 3": [("Child Unique ID", "Date of referral"), ("01", "07/05/2024"), ("03", "31/02/2024")],
            "List 4": [
                ("Child Unique ID", "Continuous Assessment Start Date", "Continuous Assessment Date of Authorisation"),
                ("01", "03/06/2024", "02/08/2024"), ("02", "03/06/2024", ""), ("03", "03/06/2024", "02/08/2024"),
            ],
        }, "2024-12-31")
        self.assertEqual(found["assessment-45wd-dfe", "01", 0], ("met", "2024-08-05"))
        self.assertEqual(found["assessment-45wd", "01", 0], ("missed", "2024-07-10"))
        self.assertNotIn(("assessment-45wd-dfe", "02", 1), found)
        self.assertEqual(found["assessment-45wd", "02", 1][0], "cannot tell")
        self.assertEqual(found["assessment-45wd", "03", 2][0], "cannot tell")

    def test_conferences_in_time_running_and_unnecessary(self):
        start = "Strategy discussion initiating Section 47 Enquiry Start Date"
        needless = "Was an Initial Child Protection Conference deemed unnecessary?"
        found = self.judge({"List 5": [
            ("Child Unique ID", start, needless, "Date of Initial Child Protection Conference"),
            ("1", "21/03/2016", "b) No", "13/04/2016"), ("2", "21/03/2016", "b) No", "14/04/2016"),
            ("3", "21/03/2016", "a) Yes", ""), ("4", "29/03/2016", "", ""), ("5", "21/03/2016", "", "?"),
        ]}, "2016-04-14")
        statuses = [found.get(("s47-icpc-15wd", str(number + 1), number), ("none",))[0] for number in range(5)]
        self.assertEqual(statuses, ["met", "missed", "none", "due", "cannot tell"])

    def test_plans_of_two_years(self):
        found = self.judge({"List 7": [
            ("Child Unique ID", "Child Protection Plan Start Date", "Child Protection Plan End Date"),
            ("1", "07/03/2022", "06/03/2024"), ("2", "07/03/2022", "07/03/2024"), ("3", "07/03/2022", ""),
        ]}, "2024-12-31")
        self.assertEqual([found[key][0] for key in sorted(found)], ["met", "missed"])

    def test_adoption_thresholds(self):
        found = self.judge({"List 10": [
            ("Child Unique ID", "Date the Child Entered Care", "Date of Placement Order",
             "Date of Matching Child and Prospective Adopters", "Date Placed for Adoption",
             "Date of Decision that Child Should No Longer be Placed for Adoption"),
            ("1", "16/01/2023", "15/01/2024", "15/05/2024", "17/03/2024", ""),
            ("2", "16/01/2023", "15/01/2024", "16/05/2024", "18/03/2024", ""),
            ("3", "16/01/2023", "15/01/2024", "", "", "04/03/2024"),
            ("4", "16/01/2023", "", "", "", "06/11/2023"),
        ]}, "2024-12-31")
        self.assertEqual([found["adoption-a1", child, row][0] for row, child in enumerate("12")], ["met", "missed"])
        statuses = [found["adoption-a2", child, row][0] for row, child in enumerate("123")]
        self.assertEqual(statuses, ["met", "missed", "not applicable"])
        self.assertEqual(found["adoption-a1", "3", 2], ("not applicable", "2024-03-17"))
        self.assertEqual(found["adoption-a1", "4", 3][0], "not applicable")
        self.assertNotIn(("adoption-a2", "4", 3), found)

    def test_positions_of_reviews_and_health(self):
        found = self.judge({
            "List 8": [
                ("Child Unique ID", "Date of Birth", "Date Started to be Looked After",
                 "Date of Latest Statutory Review", "Date of Last Health Assessment", "Date Ceased to be Looked After"),
                ("1", "02/02/2012", "06/04/2023", "31/08/2023", "29/02/2024", ""),
                ("2", "02/02/2021", "06/04/2023", "", "14/08/2023", "01/12/2023"),
                ("3", "", "06/04/2023", "", "14/08/2023", ""),
            ],
            "List 9": [("Child Unique ID", "Latest Pathway Plan Review Date"), ("4", "14/11/2023"), ("5", "")],
        }, "2024-03-01")
        self.assertEqual(found["lac-review-recency", "1", 0], ("missed", "2024-02-29"))
        self.assertEqual(found["rha-5plus-12m", "1", 0], ("due", "2025-02-28"))
        self.assertEqual(found["rha-under5-6m", "2", 1][0], "not applicable")
        self.assertEqual(found["lac-review-recency", "2", 1], ("missed", "2023-05-10"))
        for code in ("rha-under5-6m", "rha-5plus-12m"):
            self.assertEqual(found[code, "3", 2][0], "cannot tell")
        self.assertEqual(found["pathway-review-6m", "4", 0], ("due", "2024-05-14"))
        self.assertNotIn(("pathway-review-6m", "5", 1), found)

    def test_referred_again_and_adopters(self):
        found = self.judge({
            "List 3": [("Child Unique ID", "Date of referral"), ("1", "03/01/2024"), ("1", "03/01/2025"), ("2", "01/05/2024")],
            "List 11": [
                ("Individual adopter identifier", "Date Stage 1 started", "Date Stage 1 ended", "Date Stage 2 started",
                 "Date Stage 2 ended", "Date of leaving adoption process"),
                ("A1", "30/11/2023", "29/01/2024", "31/01/2024", "31/05/2024", ""),
                ("A2", "30/11/2023", "", "", "", "15/01/2024"),
                ("A3", "31/12/2023", "01/03/2024", "", "", ""),
            ],
        }, "2025-06-30")
        self.assertEqual([found["rereferral-12m", "1", row][0] for row in (0, 1)], ["met", "missed"])
        self.assertEqual(found["adopter-stage1-2m", "A1", 0], ("met", "2024-01-30"))
        self.assertEqual(found["adopter-stage2-4m", "A1", 0], ("met", "2024-05-31"))
        self.assertEqual(found["adopter-stage1-2m", "A2", 1][0], "not applicable")
        self.assertEqual(found["adopter-stage1-2m", "A3", 2], ("missed", "2024-02-29"))
        self.assertNotIn(("adopter-stage2-4m", "A2", 1), found)


if __name__ == "__main__":
    unittest.main()

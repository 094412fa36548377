#!/usr/bin/env bash
# How long checking a return takes from process start, and how much memory: headway check on made-up returns of the
# sizes the project promises, RUNS times each. Needs a release build and python3; makes its files in a folder of its own.
# Usage: bench/check.sh [RUNS]
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-7}
program=${HEADWAY:-${CARGO_TARGET_DIR:-target}/release/headway}
[ -x "$program" ] || cargo build --release --package headway
files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT
make_returns() {
  python3 - "$1" crates/extracts/src/layout <<'PYTHON'
"""Made-up returns with no child in them, from the layouts themselves: every code and date is drawn at random."""
import datetime, os, random, sys, zipfile

folder, layouts = sys.argv[1:]
random.seed(1)
codes = {}
for line in open(f"{layouts}/codes.tsv", encoding="utf-8").read().splitlines()[1:]:
    name, code, label, letter, _, first, last = line.split("\t")
    if not last and (not first or int(first) <= 2026):
        codes.setdefault(name, []).append((code, label, letter[:1]))
AS_AT = datetime.date(2026, 3, 31)
EPOCH = datetime.date(1899, 12, 30)

def day(back=180):
    return AS_AT - datetime.timedelta(days=random.randrange(back))

def columns(name):
    lists = {}
    for line in open(f"{layouts}/{name}.tsv", encoding="utf-8").read().splitlines()[1:]:
        cells = line.split("\t")
        if not cells[9] or int(cells[9]) <= 2026:
            lists.setdefault(cells[0], []).append((cells[2], cells[3], cells[4], cells[5] == "yes"))
    return lists

def cell(child, heading, kind, codeset, lettered):
    if kind == "id":
        return child
    if kind == "date":
        return day(6000) if "irth" in heading or heading == "DOB" else day()
    if kind == "code":
        code, label, letter = random.choice(codes[codeset])
        return f"{letter}) {code} {label}" if lettered and letter else code
    if kind.startswith("whole"):
        return random.randrange(1, 3)
    return {"postcode": "LS1 4AP", "upn": "UN3", "worker": "SW123456"}.get(kind, "Team " + str(random.randrange(40)))

def as_text(value):
    return value.strftime("%d/%m/%Y") if isinstance(value, datetime.date) else str(value)

def rows(count, cols, lettered, first=0):
    return [[cell(f"{first + n:07}", *column[:3], lettered) for column in cols] for n in range(count)]

def write_csv(path, cols, table):
    with open(path, "w", encoding="utf-8") as out:
        for row in [[column[0] for column in cols], *table]:
            out.write(",".join('"' + as_text(value).replace('"', '""') + '"' if "," in as_text(value) else as_text(value) for value in row) + "\n")

COUNTS = [4000, 1500, 2500, 3000, 1500, 2000, 700, 900, 500, 200, 200]
annex = columns("annex-a")
tables = {name: rows(count, annex[name], True) for name, count in zip(annex, COUNTS)}
os.makedirs(f"{folder}/annex-a")
for name in annex:
    write_csv(f"{folder}/annex-a/{name}.csv", annex[name], tables[name])

def letters(number):
    return letters(number // 26 - 1) + chr(65 + number % 26) if number >= 26 else chr(65 + number)

def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")

strings = {}
def excel_cell(value, place):
    if isinstance(value, datetime.date):
        return f'<c r="{place}" s="1"><v>{(value - EPOCH).days}</v></c>'
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>'

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACK = "http://schemas.openxmlformats.org/package/2006"
with zipfile.ZipFile(f"{folder}/annex-a.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
    sheets = relations = ""
    for number, name in enumerate(annex, 1):
        lines = []
        for at, row in enumerate([[column[0] for column in annex[name]], *tables[name]], 1):
            lines.append(f'<row r="{at}">' + "".join(excel_cell(value, f"{letters(n)}{at}") for n, value in enumerate(row)) + "</row>")
        book.writestr(f"xl/worksheets/sheet{number}.xml", f"<worksheet {MAIN}><sheetData>{''.join(lines)}</sheetData></worksheet>")
        sheets += f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>'
        relations += f'<Relationship Id="r{number}" Type="{REL}/worksheet" Target="worksheets/sheet{number}.xml"/>'
    relations += f'<Relationship Id="s" Type="{REL}/styles" Target="styles.xml"/><Relationship Id="t" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/>'
    book.writestr("xl/workbook.xml", f'<workbook {MAIN} xmlns:r="{REL}"><sheets>{sheets}</sheets></workbook>')
    book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACK}/relationships">{relations}</Relationships>')
    book.writestr("_rels/.rels", f'<Relationships xmlns="{PACK}/relationships"><Relationship Id="w" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
    book.writestr("xl/styles.xml", f'<styleSheet {MAIN}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>')
    book.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>" + "".join(f"<si><t>{escape(text)}</t></si>" for text in strings) + "</sst>")
    book.writestr("[Content_Types].xml", f'<Types xmlns="{PACK}/content-types"/>')

care = columns("ssda903")
os.makedirs(f"{folder}/ssda903")
COUNTS_903 = {"Header": 1300, "Episodes": 4200, "Reviews": 3600, "UASC": 120, "OC2": 900, "OC3": 400, "AD1": 60, "PlacedAdoption": 90, "PrevPerm": 600, "Missing": 900, "SWEpisodes": 2600}
for year in (1, 2):
    for name, count in COUNTS_903.items():
        write_csv(f"{folder}/ssda903/{name}-{year}.csv", care[name], rows(count, care[name], False))

def element(name, value):
    return f"<{name}>{value}</{name}>"

def child(number):
    text = lambda back=300: day(back).isoformat()
    pick = lambda name: random.choice(codes[name])[0]
    identity = element("LAchildID", f"C{number:08}") + element("UPN", "A123456789012") + element("PersonBirthDate", text(6000)) + element("Sex", "F")
    facts = element("Ethnicity", pick("ETHNICITY")) + element("Disabilities", element("Disability", "NONE"))
    assessment = element("Assessments", element("AssessmentActualStartDate", text()) + element("AssessmentAuthorisationDate", text()) + element("FactorsIdentifiedAtAssessment", "".join(element("AssessmentFactors", pick("FACTORS")) for _ in range(3))))
    enquiry = element("Section47", element("S47ActualStartDate", text()) + element("InitialCPCtarget", text()) + element("DateOfInitialCPC", text()) + element("ICPCnotRequired", "false")) if number % 3 == 0 else ""
    plan = element("ChildProtectionPlans", element("CPPstartDate", text()) + element("InitialCategoryOfAbuse", pick("ABUSE")) + element("LatestCategoryOfAbuse", pick("ABUSE")) + element("NumberOfPreviousCPP", 0) + element("Reviews", element("CPPreviewDate", text()) * 2)) if number % 6 == 0 else ""
    need = element("CINPlanDates", element("CINPlanStartDate", text())) if number % 2 == 0 else ""
    details = element("CINdetails", element("CINreferralDate", text()) + element("ReferralSource", pick("SOURCE")) + element("PrimaryNeedCode", pick("NEED")) + assessment + need + enquiry + element("ReferralNFA", "0") + plan)
    return element("Child", element("ChildIdentifiers", identity) + element("ChildCharacteristics", facts) + details)

for count in (5000, 25000, 50000):
    with open(f"{folder}/cin-{count}.xml", "w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="utf-8"?><Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year></CollectionDetails></Header><Children>')
        out.writelines(child(number) + "\n" for number in range(count))
        out.write("</Children></Message>")
PYTHON
}
make_returns "$files"

printf '%-44s %10s %10s %12s %12s\n' return rows "size kB" "median ms" "peak MB"
measure() { # name collection path
  local times=() peak=0 line memory median rows
  for _ in $(seq "$runs"); do
    line=$( { /usr/bin/time -f '%e %M' "$program" check "$3" --collection "$2" --format json >"$files/out.json"; } 2>&1 | tail -n 1)
    times+=("${line% *}"); memory=${line#* }
    [ "$memory" -gt "$peak" ] && peak=$memory
  done
  median=$(printf '%s\n' "${times[@]}" | sort -n | sed -n "$(((runs + 1) / 2))p")
  rows=$(python3 -c 'import json,sys; print(sum(json.load(open(sys.argv[1]))["rows"].values()))' "$files/out.json")
  printf '%-44s %10s %10s %12.0f %12.0f\n' "$1" "$rows" "$(du -sk --apparent-size "$3" | cut -f1)" \
    "$(echo "$median * 1000" | bc)" "$(echo "$peak / 1024" | bc)"
}
measure "Annex A, CSV" annex-a "$files/annex-a"
measure "Annex A, workbook" annex-a "$files/annex-a.xlsx"
measure "SSDA903, two years of a council, CSV" ssda903 "$files/ssda903"
measure "Children in need census, 5,000 children" cin "$files/cin-5000.xml"
measure "Children in need census, 25,000 children" cin "$files/cin-25000.xml"
measure "Children in need census, 50,000 children" cin "$files/cin-50000.xml"

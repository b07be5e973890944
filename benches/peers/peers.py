"""gongkai beside other programs, on the same documents, in one run: a table of ratios.

Every measure is a median over rounds in which all take turns, so that whatever slows the computer slows all of
them. Whole process: start a program, read one document, write what it makes of it, end. In process: read
the document again and again in a process that has long started. The others give text or tables; gongkai gives the
figures, where they stand, and the checks.

Called by `run`, which builds and installs what it needs. A program that is not installed is said.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The built programs: `run` says where they are.
GONGKAI = os.environ.get("GONGKAI", "gongkai")
PEERS_BENCH = os.environ.get("PEERS_BENCH", "peers")
ROUNDS = int(os.environ.get("ROUNDS", "15"))
PYTHON = sys.executable

DOCX = ROOT / "samples/docx-2021/input.docx"
PDF = ROOT / "samples/pdf-2021/input.pdf"
HTML = ROOT / "samples/html-2021/input.html"


def python_docx(path):
    import docx

    document = docx.Document(path)
    return [[cell.text for row in table.rows for cell in row.cells] for table in document.tables]


def docx2python_(path):
    from docx2python import docx2python

    with docx2python(path) as document:
        return document.body


def markitdown(path):
    from markitdown import MarkItDown

    return MarkItDown().convert(str(path)).text_content


def kreuzberg_(path):
    from kreuzberg import extract_file_sync

    return extract_file_sync(str(path)).content


def pdfplumber_(path):
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [(page.extract_tables(), page.extract_text()) for page in document.pages]


def lxml_(path):
    from lxml import html

    root = html.parse(str(path)).getroot()
    return [[cell.text_content() for cell in row.iter("td", "th")] for row in root.iter("tr")]


IN_PYTHON = {
    DOCX: {"python-docx": python_docx, "docx2python": docx2python_, "MarkItDown": markitdown, "kreuzberg": kreuzberg_},
    PDF: {"pdfplumber": pdfplumber_, "kreuzberg": kreuzberg_},
    HTML: {"lxml": lxml_, "MarkItDown": markitdown},
}


def commands(document, folder):
    """The same document through programs, one process each."""
    office = ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to"]
    found = {"gongkai": [GONGKAI, "extract", document, "--quiet", "--fail-on", "never", "--out", folder / "out"]}
    if document == DOCX:
        found["pandoc"] = ["pandoc", document, "-t", "html", "-o", folder / "pandoc.html"]
        found["LibreOffice"] = [*office, "html", "--outdir", folder, document]
        found["unzip -p"] = ["unzip", "-p", document, "word/document.xml"]
    if document == PDF:
        found["pdftotext -layout"] = ["pdftotext", "-layout", document, folder / "text.txt"]
    if document == HTML:
        found["pandoc"] = ["pandoc", document, "-t", "plain", "-o", folder / "pandoc.txt"]
    for name, work in IN_PYTHON[document].items():
        found[name] = [PYTHON, __file__, "one", work.__name__, document]
    for name in [name for name, command in found.items() if not shutil.which(str(command[0]))]:
        print(f"  ({name} is not installed)")
        del found[name]
    return found


def timed(work):
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def run(command):
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def medians(works, rounds):
    """Seconds of each, all taking turns; one that fails is said and left out."""
    times = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            if times[name] is not None:
                try:
                    times[name].append(timed(work))
                except Exception as error:
                    print(f"  ({name} failed: {error})")
                    times[name] = None
    return {name: statistics.median(all_) for name, all_ in times.items() if all_}


def whole_process(document):
    with tempfile.TemporaryDirectory() as folder:
        works = {name: (lambda command=command: run(command)) for name, command in commands(document, Path(folder)).items()}
        # A round that is not counted: caches, compiled Python, profiles.
        medians(works, 1)
        return medians(works, ROUNDS)


def in_process(document):
    output = subprocess.run([PEERS_BENCH, str(ROUNDS * 20), str(document)], check=True, capture_output=True, text=True)
    found = {name: float(seconds) for name, seconds in (line.split("\t") for line in output.stdout.splitlines())}
    works = {name: (lambda work=work: work(document)) for name, work in IN_PYTHON[document].items()}
    medians(works, 1)
    return found | medians(works, ROUNDS)


def table(title, times):
    print(f"\n{title}\n")
    print("| | documents a second | time, gongkai = 1 |\n|---|--:|--:|")
    for name, seconds in sorted(times.items(), key=lambda item: item[1]):
        print(f"| {name} | {1 / seconds:,.0f} | {seconds / times['gongkai']:.2f} |")


def batch():
    """A thousand Word files: to CSV on one processor, by one and by two threads, and unpacked by a thousand processes."""
    count = 1000
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        inputs = folder / "in"
        inputs.mkdir()
        for number in range(count):
            shutil.copyfile(DOCX, inputs / f"{number:04}.docx")

        def extract(threads, *more):
            # A folder of its own each time: removing the last one is no part of the work.
            out = tempfile.mkdtemp(dir=folder)
            run([GONGKAI, "extract", inputs, "--format", "csv", "--quiet", "--fail-on", "never", "--threads", threads,
                 "--out", f"{out}/out", *more])

        def unzip():
            with open(folder / "unzipped", "wb") as sink:
                for path in sorted(inputs.iterdir()):
                    subprocess.run(["unzip", "-p", path, "word/document.xml"], check=True, stdout=sink)

        def on_one_processor():
            # What one thread reads another writes: only on one processor does one thread's work take all its time.
            allowed = os.sched_getaffinity(0)
            os.sched_setaffinity(0, {min(allowed)})
            try:
                extract(1)
            finally:
                os.sched_setaffinity(0, allowed)

        works = {"1 thread, 1 processor": on_one_processor} if hasattr(os, "sched_setaffinity") else {}
        works |= {
            "1 thread": lambda: extract(1),
            "2 threads": lambda: extract(2),
            "2 threads, no journal": lambda: extract(2, "--no-journal"),
            "1,000 unzip -p": unzip,
        }
        times = medians(works, max(3, ROUNDS // 3))
    print(f"\n1,000 Word files to CSV ({os.cpu_count()} processors)\n")
    print("| | documents a second | time, 2 threads = 1 |\n|---|--:|--:|")
    for name, seconds in times.items():
        print(f"| {name} | {count / seconds:,.0f} | {seconds / times['2 threads']:.2f} |")


def main():
    for document, kind in [(DOCX, "DOCX"), (PDF, "PDF"), (HTML, "HTML")]:
        table(f"{kind}, a process a document", whole_process(document))
        table(f"{kind}, in one process", in_process(document))
    batch()


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        sys.exit(globals()[sys.argv[2]](sys.argv[3]) is None)
    main()

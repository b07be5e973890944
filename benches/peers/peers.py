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
import zipfile
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


def word_files(folder, count):
    """As many Word files, no two of the same bytes: the number stands in the comment of the archive."""
    folder.mkdir()
    for number in range(count):
        copy = folder / f"{number:05}.docx"
        shutil.copyfile(DOCX, copy)
        with zipfile.ZipFile(copy, "a") as archive:
            archive.comment = str(number).encode()
    return folder


def batch(count):
    """So many Word files: to CSV by one and by two threads, by two programs at once, and unpacked by a process each."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        inputs = word_files(folder / "in", count)
        halves = [word_files(folder / f"half{half}", count // 2) for half in (1, 2)]

        def extract(threads, *more, of=inputs):
            # A folder of its own each time: removing the last one is no part of the work.
            out = tempfile.mkdtemp(dir=folder)
            return [GONGKAI, "extract", of, "--format", "csv", "--quiet", "--fail-on", "never", "--threads", threads,
                    "--out", f"{out}/out", *more]

        def unzip():
            with open(folder / "unzipped", "wb") as sink:
                for path in sorted(inputs.iterdir()):
                    subprocess.run(["unzip", "-p", path, "word/document.xml"], check=True, stdout=sink)

        def two_programs():
            # What two processors can do at most: nothing is shared but they themselves, memory and disk.
            both = [subprocess.Popen([str(part) for part in extract(1, of=half)]) for half in halves]
            if any(program.wait() for program in both):
                raise RuntimeError("one of two programs failed")

        works = {
            "1 thread": lambda: run(extract(1)),
            "2 threads": lambda: run(extract(2)),
            "2 threads, no journal": lambda: run(extract(2, "--no-journal")),
            "2 programs of 1 thread, half each": two_programs,
        }
        # A process each is slow, and no other for more of them.
        works |= {f"{count:,} unzip -p": unzip} if count <= 1000 else {}
        times = medians(works, max(5, ROUNDS // 2))
    print(f"\n{count:,} Word files to CSV ({os.cpu_count()} processors)\n")
    print("| | documents a second | time, 2 threads = 1 |\n|---|--:|--:|")
    for name, seconds in times.items():
        print(f"| {name} | {count / seconds:,.0f} | {seconds / times['2 threads']:.2f} |")


def main():
    for document, kind in [(DOCX, "DOCX"), (PDF, "PDF"), (HTML, "HTML")]:
        table(f"{kind}, a process a document", whole_process(document))
        table(f"{kind}, in one process", in_process(document))
    batch(1000)
    batch(4000)


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        sys.exit(globals()[sys.argv[2]](sys.argv[3]) is None)
    main()

"""How many messages a second are read, and how many go from files to committed signals, with peak memory.

`python bench/mail.py CORPORA --out bench/mail` takes every mail found under CORPORA, as often as it takes to
make the number asked for, each with an id of its own. `--helpdesk PYTHON` names the Python of an environment
where django-helpdesk is installed (it wants another Django than ours): the same files are then given to its own
reader in the same run. Each stage is a process of its own, so that memory is that stage's alone.
"""

import argparse
import base64
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

MESSAGES = 2_000
READ = """
import sys, time
from pathlib import Path
from andon.signals.mail import read
raws = [path.read_bytes() for path in sorted(Path(sys.argv[1]).iterdir())]
begun, busy = time.perf_counter(), time.process_time()
broken = sum(bool(read(raw).broken) for raw in raws)
print(len(raws) - broken, broken, time.perf_counter() - begun, time.process_time() - busy)
"""


TOLD = """# Mail

`python bench/mail.py CORPORA --helpdesk PYTHON --out bench/mail`: {messages} messages, {size} MB, of corpora of real
mail (malformed and foreign ones among them), SQLite. Half of them are forwards, which is more than a mailbox for
complaints has: each is compared with what its customer said before. The machine had {cores} cores, and {load:.0f}
programs wanted them (load over 15 minutes): what a stage takes itself is the column of CPU.

{body}

A mail of 30 MB is held in memory as it came; its file is decoded when somebody opens it.
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("corpora", type=Path)
    asked.add_argument("--messages", type=int, default=MESSAGES)
    asked.add_argument("--helpdesk", help="a Python with django-helpdesk")
    asked.add_argument("--out", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        mails = Path(folder) / "mails"
        size = lay_out(given.corpora, mails, given.messages)
        rows = [read_alone(mails), read_large(Path(folder) / "large"), received(mails, Path(folder) / "home")]
        if given.helpdesk:
            rows.append(by_helpdesk(given.helpdesk, mails, Path(folder)))
    told = table(rows, given.messages, size)
    print(told)
    if given.out:
        (given.out / "README.md").write_text(told)


def lay_out(corpora: Path, mails: Path, count: int) -> float:
    """Writes the messages, each a file; the megabytes of them. A bare text becomes a mail."""
    paths = sorted(
        path for kind in ("*.eml", "*.txt") for path in corpora.rglob(kind) if "_subject" not in path.name
    )
    if not paths:
        sys.exit(f"There is no mail under {corpora}: name the folder that holds the corpora.")
    mails.mkdir()
    for number, path in enumerate(islice(cycle(paths), count)):
        raw = path.read_bytes()
        if path.suffix == ".txt":
            raw = (
                b"From: martin@shop.example\nSubject: Fwd: x\nContent-Type: text/plain; charset=utf-8\n\n"
                + raw
            )
        (mails / f"{number:06}.eml").write_bytes(f"Message-ID: <{number}@bench.example>\n".encode() + raw)
    return sum(path.stat().st_size for path in mails.iterdir()) / 1e6


def read_alone(mails: Path) -> tuple[str, ...]:
    said, memory = run([sys.executable, "-c", READ, str(mails)])
    read, broken, seconds, busy = said.split()
    return row("Andon, reading alone", int(read), int(broken), float(seconds), float(busy), memory)


def read_large(folder: Path) -> tuple[str, ...]:
    """One mail with a file of 30 MB, as often as gives a rate."""
    folder.mkdir()
    head = b"From: ada@home.example\nContent-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n"
    (folder / "large.eml").write_bytes(head + base64.encodebytes(os.urandom(30_000_000)))
    said, memory = run([sys.executable, "-c", READ, str(folder)])
    read, broken, seconds, busy = said.split()
    return row("Andon, reading one of 30 MB", int(read), int(broken), float(seconds), float(busy), memory)


def received(mails: Path, home: Path) -> tuple[str, ...]:
    """The whole way, through the same command that a mail server calls, less what it takes to start."""
    os.environ |= {"ANDON_HOME": str(home), "ANDON_DATABASE_URL": ""}
    andon = [sys.executable, "-m", "andon.cli"]
    for _database_made in range(2):
        begun, before = time.perf_counter(), cpu()
        subprocess.run([*andon, "mail", "mailboxes"], check=True, capture_output=True)
    start, start_cpu = time.perf_counter() - begun, cpu() - before
    begun, before = time.perf_counter() + start, cpu() + start_cpu
    said, memory = run([*andon, "mail", "receive", str(mails), "--mailbox", "complaints", "--json"])
    seconds, busy = time.perf_counter() - begun, cpu() - before
    lines = [json.loads(line) for line in said.splitlines()]
    failed = sum(line["status"] == "failed" for line in lines)
    return row("Andon, from files to committed signals", len(lines) - failed, failed, seconds, busy, memory)


def by_helpdesk(python: str, mails: Path, folder: Path) -> tuple[str, ...]:
    """Its own function for a message, from a file to a committed ticket; its start does not count."""
    script = Path(__file__).parent / "mail" / "other_desk.py"
    said, memory = run([python, str(script), str(mails), str(folder)])
    done, failed, seconds, busy = said.split()[-4:]
    name = "django-helpdesk, from files to committed tickets"
    return row(name, int(done), int(failed), float(seconds), float(busy), memory)


def run(command: list[str]) -> tuple[str, float]:
    """What it printed, and the megabytes it held at most."""
    measured = [
        sys.executable,
        "-c",
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:]);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr); sys.exit(done.returncode)",
        *command,
    ]
    done = subprocess.run(measured, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout, int(done.stderr.split()[-1]) / 1e3


def cpu() -> float:
    times = os.times()
    return times.children_user + times.children_system


def row(name: str, done: int, failed: int, seconds: float, busy: float, memory: float) -> tuple[str, ...]:
    rate = f"{(done + failed) / seconds:,.0f}", f"{(done + failed) / busy:,.0f}"
    return name, f"{done:,}", f"{failed:,}", f"{seconds:.1f}", *rate, f"{memory:.0f}"


def table(rows: list[tuple[str, ...]], messages: int, size: float) -> str:
    head = ("", "settled", "failed", "seconds", "a second", "a second of CPU", "memory, MB")
    lines = [head, ("---", *["---:"] * (len(head) - 1)), *rows]
    body = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    load = os.getloadavg()[2]
    return TOLD.format(
        messages=f"{messages:,}", size=f"{size:.0f}", body=body, cores=os.cpu_count(), load=load
    )


if __name__ == "__main__":
    main()

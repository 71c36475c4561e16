"""How long it takes to check a ledger of a million entries about 5,000 people, sealed every 1,000.

The entries are written in bulk with the hashes they would have; then `andon verify --ledger` is run as somebody
would. `python bench/ledger.py --out bench/ledger` writes the table.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

ENTRIES, PEOPLE, EVERY, AT_ONCE = 1_000_000, 5_000, 1_000, 20_000
BEGAN = datetime(2024, 1, 1, tzinfo=UTC)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path)
    asked.add_argument("--entries", type=int, default=ENTRIES)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"ANDON_HOME": home, "DJANGO_SETTINGS_MODULE": "andon.config.settings"}
        os.environ["ANDON_DATABASE_URL"] = ""
        fill(given.entries)
        told = measure(given.entries, Path(home))
    print(told)
    if given.out:
        given.out.mkdir(parents=True, exist_ok=True)
        (given.out / "README.md").write_text(told)


def fill(entries: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from andon.evidence import ledger
    from andon.evidence.models import Content, Entry

    call_command("migrate", verbosity=0)
    batch: list[tuple[Entry, Content]] = []
    for made in chain(entries):
        batch.append(made)
        if len(batch) == EVERY:
            Entry.objects.bulk_create(entry for entry, _ in batch)
            Content.objects.bulk_create(content for _, content in batch)
            ledger.seal(batch[-1][0].at)
            batch = []


def chain(entries: int) -> Iterator:
    """Entries in turn about everybody, each with words of usual length."""
    from andon.evidence import chain
    from andon.evidence.models import Content, Entry

    people = [f"{n:032x}" for n in range(PEOPLE)]
    last, of = chain.NOTHING, {}
    for seq in range(1, entries + 1):
        about, at, salt = people[seq * 7919 % PEOPLE], BEGAN + timedelta(seconds=seq), f"{seq:032x}"
        body = chain.canonical(
            {"title": f"Number {seq}", "text": "What was seen and said, in some words. " * 6}
        )
        nth, before = of.get(about, (0, chain.NOTHING))
        digest = chain.content_digest(salt, body)
        link = chain.Link(seq, chain.instant(at), "bench.noted", about, "", nth + 1, last, before, digest)
        last = chain.hash_of(link)
        of[about] = nth + 1, last
        entry = Entry(
            seq=seq, at=at, what=link.what, about=about, by="", nth=link.nth, previous=link.previous,
            previous_about=before, content_digest=digest, hash=last,
        )  # fmt: skip
        yield entry, Content(entry_id=seq, salt=salt, body=body)


def measure(entries: int, home: Path) -> str:
    began = time.perf_counter()
    program = [sys.executable, "-m", "andon.cli", "verify", "--ledger", "--json"]
    done = subprocess.run(program, capture_output=True, text=True)
    wall = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = json.loads(done.stdout)
    cells = (
        f"{found['entries']:,}", f"{found['seals']:,}", f"{(home / 'andon.sqlite3').stat().st_size / 1e6:,.0f}",
        f"{wall:.1f}", f"{used.ru_utime + used.ru_stime:.1f}", f"{used.ru_maxrss / 1024:,.0f}",
    )  # fmt: skip
    return f"""# Checking a ledger

`python bench/ledger.py --out bench/ledger`: SQLite, {PEOPLE:,} people, a seal every {EVERY:,} entries.
Exit status {done.returncode}.

| entries | seals | database, MB | seconds | of these CPU | memory, MB |
| ---: | ---: | ---: | ---: | ---: | ---: |
| {" | ".join(cells)} |
"""


if __name__ == "__main__":
    main()

"""Made-up cases of which the truth is known, and what an audit says of them."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from andon.analysis.metrics.ask import Question, answer
from andon.analysis.metrics.spec import AuditSpec

DAY = np.datetime64("2025-01-06")


def people(rng, count=6000, workers=30, mechanisms=4, days=168):
    """Who, what and when: columns of a table, and their codes."""
    worker, mechanism = rng.integers(0, workers, count), rng.integers(0, mechanisms, count)
    when = rng.integers(0, days, count)
    columns = {
        "when": DAY + when,
        "agent": np.array([f"p{i:02}" for i in range(workers)])[worker],
        "queue": np.array([f"queue {i}" for i in range(mechanisms)])[mechanism],
    }
    return columns, worker, mechanism, when


def ask(folder, columns, metrics, outcome="csat", good="high", **more):
    """The answer to the question of all `metrics`, and each finding by its name."""
    path = folder / "cases.parquet"
    pq.write_table(pa.table(columns), path)
    spec = AuditSpec(good=good, fdr=more.pop("fdr", 0.05), matters=more.pop("matters", None))
    spec = replace(spec, **more.pop("spec", {}))
    by = {"worker": ("agent",), "mechanism": ("queue",)} | more.pop("by", {})
    question = Question((str(path),), "when", outcome, tuple(metrics), spec=spec, **by, **more)
    found = answer(question)
    return found, {one.metric: one for one in found.found.findings}

"""How many people served in each mechanism, so that nothing is said of so few that it would be said of persons."""

import narwhals as nw

from andon.lake.source import Reading, Source


def people_by_mechanism(source: Source) -> dict[str, int]:
    """Mechanism to how many different workers its rows name; 0 where they name nobody. Empty without mechanisms."""
    if "mechanism" not in source.columns:
        return {}
    roles = [name for name in ("mechanism", "worker") if name in source.columns]
    frame = source.frame({name: Reading(name) for name in roles})
    pairs = source.collect(frame.group_by(*roles).agg(nw.len().alias("n"))).to_pylist()
    found: dict[str, set[str]] = {}
    for one in pairs:
        if one["mechanism"] is not None:
            worker = one.get("worker")
            found.setdefault(str(one["mechanism"]), set()).update({str(worker)} if worker is not None else ())
    return {name: len(people) for name, people in found.items()}

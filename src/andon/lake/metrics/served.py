"""How many people served in each mechanism, so that nothing is said of so few that it would be said of persons."""

import narwhals as nw

from andon.lake.source import Reading, Source


def people_by_mechanism(source: Source) -> dict[str, int]:
    """Mechanism to how many different workers its rows name; 0 where they name nobody, empty without the columns."""
    if not {"worker", "mechanism"} <= source.columns.keys():
        return {}
    frame = source.frame({"worker": Reading("worker"), "mechanism": Reading("mechanism")})
    pairs = source.collect(frame.group_by("worker", "mechanism").agg(nw.len().alias("n"))).to_pylist()
    found: dict[str, set[str]] = {}
    for one in pairs:
        if one["mechanism"] is not None:
            named = {str(one["worker"])} if one["worker"] is not None else set()
            found.setdefault(str(one["mechanism"]), set()).update(named)
    return {name: len(people) for name, people in found.items()}

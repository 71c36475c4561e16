"""What a cluster may be other than more trouble: something new in how records are made."""

from typing import TYPE_CHECKING

from andon.analysis.clusters.spec import Floats, Ints

if TYPE_CHECKING:
    from andon.analysis.clusters.choosing import Chosen
    from andon.analysis.clusters.describe import Told


def artefacts(here: "Told", one: "Chosen", rows: Ints, counts: Floats) -> tuple[str, ...]:
    """Sentences, each a possibility to look into."""
    return ()

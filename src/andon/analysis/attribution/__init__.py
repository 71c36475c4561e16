"""Person or process: how much of a shortfall is system and how much person, with uncertainty, or "cannot tell"."""

from andon.analysis.attribution.attributing import attribute
from andon.analysis.attribution.spec import Attribution, AttributionSpec

__all__ = ["Attribution", "AttributionSpec", "attribute"]

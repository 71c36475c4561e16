"""Mixed models with crossed and nested random intercepts, fitted to cells: see docs/reference/mixed.md."""

from andon.stats.mixed.appraising import Appraisal, appraise
from andon.stats.mixed.design import Design, Grouping
from andon.stats.mixed.fitted import Fit
from andon.stats.mixed.fitting import fit

__all__ = ["Appraisal", "Design", "Fit", "Grouping", "appraise", "fit"]

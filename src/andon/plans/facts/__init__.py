"""What the gate asks of the stages below: a function a condition, so that rules stay pure and depend on few names."""

from andon.plans.facts.gate import Period, cited, examine, period_of

__all__ = ["Period", "cited", "examine", "period_of"]

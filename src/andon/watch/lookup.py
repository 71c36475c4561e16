"""How clusters and complaints are looked up."""

from django.db import models
from django.db.models import Exists, OuterRef

from andon.mechanisms.models import Measure


class ClusterQuerySet(models.QuerySet):
    """Access, and the vocabulary of the cards."""

    def visible_to(self, person):
        """Those `person` may know of; which of its signals they may read is another matter."""
        from andon.watch import access

        return access.visible(self, person)

    def going_on(self):
        return self.filter(over_at=None)

    def over(self):
        return self.exclude(over_at=None)

    def of_mechanism(self, mechanism):
        return self.filter(mechanism=mechanism)

    def strongest_first(self):
        return self.order_by("p", "-observed", "-pk")


class ComplaintsQuerySet(models.QuerySet):
    """Complaints of mechanisms, seen beside their charts."""

    def against_the_chart(self):
        """Complaints rise while every chart of the mechanism that has data is calm, and at least one has."""
        drawn = Measure.objects.filter(
            mechanism=OuterRef("mechanism"), retired_at=None, chart__latest__isnull=False
        )
        rising = self.filter(rising=True, mechanism__retired_at=None)
        return rising.filter(Exists(drawn)).exclude(Exists(drawn.filter(chart__out=True)))

"""Cells for a metric audit: each metric beside the customer's outcome, by who, what and when."""

from andon.lake.metrics.cells import MetricCells, metric_cells
from andon.lake.metrics.frame import Rows, open_rows
from andon.lake.metrics.joint import JointCells, joint_cells
from andon.lake.metrics.near import FineCounts, fine_counts
from andon.lake.metrics.outlook import Outlook
from andon.lake.metrics.plan import MetricPlan, MetricSpec, plan_metrics
from andon.lake.metrics.served import people_by_mechanism

__all__ = [
    "FineCounts", "JointCells", "MetricCells", "MetricPlan", "MetricSpec", "Outlook", "Rows", "fine_counts",
    "joint_cells", "metric_cells", "open_rows", "people_by_mechanism", "plan_metrics",
]  # fmt: skip

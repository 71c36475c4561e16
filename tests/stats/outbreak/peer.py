"""Ask the R package surveillance."""

import csv
import subprocess

import numpy as np

from tests.needs import r


def surveillance(folder, code, counts, population=None):
    """Run R code that sees `y` (weeks by series), `n` and `s` (an sts), and writes a matrix to `out`."""
    write(folder / "y.csv", counts)
    write(folder / "n.csv", np.ones_like(counts) if population is None else population)
    (folder / "run.R").write_text(_BEFORE + code + _AFTER)
    done = subprocess.run([r(), "run.R"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return np.genfromtxt(folder / "out.csv", delimiter=",", missing_values="NA", ndmin=2).T


_BEFORE = """suppressMessages(library(surveillance))
read <- function(file) as.matrix(read.csv(file, header = FALSE))
y <- read("y.csv"); n <- read("n.csv"); dimnames(y) <- NULL; dimnames(n) <- NULL
s <- sts(observed = y, population = n, start = c(2001, 1), frequency = 52)
options(warn = -1)
"""
_AFTER = '\nwrite.table(out, "out.csv", sep = ",", row.names = FALSE, col.names = FALSE)\n'


def write(path, counts):
    with path.open("w", newline="") as file:
        rows = ([("NA" if np.isnan(cell) else repr(float(cell))) for cell in week] for week in counts.T)
        csv.writer(file).writerows(rows)

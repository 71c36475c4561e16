"""`python -m andon.cli`."""

from andon.cli import main

main(prog_name="andon")

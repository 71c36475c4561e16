"""python -m andon.cli"""

from andon.cli import main

if __name__ == "__main__":
    main(prog_name="andon")

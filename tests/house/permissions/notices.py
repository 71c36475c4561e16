"""What somebody was told is theirs alone; ending a kind of mail needs its signed address and nothing else."""

from tests.house.permissions.rule import EVERYBODY, Rule

RULES = {
    "notices:list": Rule(look=EVERYBODY),
    "notices:choose": Rule(act=EVERYBODY, sends={"question": "digest"}),
    "notices:deliver": Rule(act=EVERYBODY, sends={"hour": "8"}),
}

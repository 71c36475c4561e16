"""What a staff list or a register would change, shown before anything is."""


def preview_of(dataset, by, now):
    return None

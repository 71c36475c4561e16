"""How work feels: short anonymous surveys in waves, read from tables that hold no person and, once counted, no answer.

models     what is asked, waves, the sealed box while one is open, results once it is counted
rules      pure: what may be shown, how answers become numbers, what comments have in common
sealing    the box: encrypted with a key that is not in the database, and mixed with every answer
actions    asking, opening a wave, answering, counting
results    what pages and files show
"""

"""Control charts, rules and run lengths: plain NumPy and SciPy. Arrays in, small frozen results out."""

"""What the pages look like: the script behind live charts, and the guide to all parts."""

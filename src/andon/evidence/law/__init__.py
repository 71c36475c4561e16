"""What the law asks of a record: access, retention, holds, erasure, and saying what is kept."""

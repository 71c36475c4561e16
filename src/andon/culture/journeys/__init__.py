"""What a customer's whole journey is like: joined over channels by pseudonym, computed by a job, kept, and read from
what was kept. No person who works here is in it, and nothing that fewer than five customers did.
"""

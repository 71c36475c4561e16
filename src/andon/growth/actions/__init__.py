"""What is done in growth, a module a subject: each verb checks permission, writes and records together."""

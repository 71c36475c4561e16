"""What the organisation is like to work in, as far as it shows in what becomes of customers. No person is in it."""

"""What a contact centre reports of itself, by its standard definitions, as last counted. No person is in it."""

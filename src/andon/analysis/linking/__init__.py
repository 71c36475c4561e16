"""Employee and customer experience: do they move together, between units and within them, and which comes first?"""

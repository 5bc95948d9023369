"""A chain of small bookshops: what they sell, who wrote it, who buys it, and what those people think of it."""

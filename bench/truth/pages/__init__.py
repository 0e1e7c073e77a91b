"""The pages of the fixture application."""

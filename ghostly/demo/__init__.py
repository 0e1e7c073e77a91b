"""A little shop on loopback, for Ghostly to be shown on and tested against."""

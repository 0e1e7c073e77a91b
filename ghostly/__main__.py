"""``python -m ghostly`` is the command ``ghostly``."""

from ghostly.cli import main

main()

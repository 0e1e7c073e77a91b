"""Programs that a benchmark runs as processes of their own; each ends when its standard input does."""

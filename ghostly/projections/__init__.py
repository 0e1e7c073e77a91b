"""What we show: each reading is one file, the fold on top and its SQL beneath."""

"""What `scripts/bench` runs: ratios between two things measured in turn, for docs/benchmarks.md."""

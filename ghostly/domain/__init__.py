"""What can happen to a run and which rules decide it: pure, without I/O, clock or asyncio."""

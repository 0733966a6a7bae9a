"""The eight promises (data-safety.md), a test file each; `make faults` runs their loops in full."""

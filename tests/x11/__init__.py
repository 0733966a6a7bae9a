"""The program on a real X server, worked by hand: see `desk.py`."""

"""`make bench`: speed as ratios against something a user knows, measured in the same run."""

"""THREE-WAY COMPARISON (三方对照): what left, what we have, what came back. Pure."""

"""One file per dialog. Each shows and asks; what comes of it is the caller's deed."""

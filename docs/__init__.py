"""The pages of the manual, and the scripts that make their pictures and the man page."""

"""The screens of an import: its files, a look at what they would bring in, and what is asked."""

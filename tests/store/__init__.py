"""The store keeps its promises, on disk and in memory, whatever happens to its files."""

"""What public data say about our default thresholds: contacts that were made, deals that ended."""

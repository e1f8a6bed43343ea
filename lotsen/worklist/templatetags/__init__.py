"""The rows of the worklist."""

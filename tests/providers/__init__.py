"""Identity providers for tests: processes of their own, which speak the real protocols and lie when asked to."""

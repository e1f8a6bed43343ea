"""Settings, addresses and the command line. Imports everything, imported by nothing."""

#!/usr/bin/env python
"""For tools that look for manage.py; people use the `lotsen` command."""

from config.cli import main

if __name__ == "__main__":
    main()

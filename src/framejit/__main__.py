"""python -m framejit"""

import sys

from framejit.cli import main

if __name__ == "__main__":
    if status := main(sys.argv[1:]):
        sys.exit(status)

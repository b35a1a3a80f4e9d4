"""Run every benchmark: `python -m benchmarks`, or some: `python -m benchmarks checking`."""

from __future__ import annotations

import sys

from disclosure_tui.discovery import modules_of


def main() -> None:
    """Run the modules of this package that are named, or all, in name order."""
    wanted = set(sys.argv[1:])
    for module in modules_of("benchmarks"):
        name = module.__name__.rpartition(".")[2]
        if hasattr(module, "run") and (not wanted or name in wanted):
            print(f"== {name}: {(module.__doc__ or '').splitlines()[0]}")
            for line in module.run():
                print("   " + line)


if __name__ == "__main__":
    main()

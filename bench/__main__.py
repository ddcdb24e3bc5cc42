"""All benchmarks that need nothing but the repository: `python -m bench`, or one: `python -m bench.reading.speed`."""

from bench.reading import speed
from bench.reasoning import __main__ as reasoning
from bench.reasoning import incremental


def main() -> None:
    """The command."""
    speed.main()
    reasoning.main(["10000", "100000"])
    incremental.main([])


if __name__ == "__main__":
    main()

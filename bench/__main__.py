"""All benchmarks that need nothing but the repository: `python -m bench`, or one: `python -m bench.reading.speed`."""

from bench.reading import speed


def main() -> None:
    """The command."""
    speed.main()


if __name__ == "__main__":
    main()

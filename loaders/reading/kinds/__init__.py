"""The kinds of facts, a module each with `find(context) -> Iterator[Fact]`."""

// On a phone the filters are folded away until they are wanted, unless some are set.
export function foldFilters(): void {
  const small = matchMedia("(max-width: 36rem)").matches;
  for (const details of document.querySelectorAll<HTMLDetailsElement>("details.filters")) {
    const set = [...new URLSearchParams(location.search)].some(
      ([name, value]) => value !== "" && details.querySelector(`[name="${CSS.escape(name)}"]:not([type="hidden"])`),
    );
    details.open = !small || set;
  }
}

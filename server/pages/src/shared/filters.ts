// On a phone the filters are folded away until they are wanted, unless some are set.
export function foldFilters(): void {
  const small = matchMedia("(max-width: 36rem)").matches;
  const set = [...new URLSearchParams(location.search)].some(([name, value]) => name !== "lang" && value !== "");
  for (const details of document.querySelectorAll<HTMLDetailsElement>("details.filters")) details.open = !small || set;
}

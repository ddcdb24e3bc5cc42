// What a script shows stands in the address, so that it can be shared, comes back on a reload, and in another language.

/** A value that the address has. */
export const inAddress = (name: string): string => new URLSearchParams(location.search).get(name) ?? "";

/** Put values into the address of the page and of its other languages; empty ones are taken out. */
export function keepInAddress(values: Record<string, string>): void {
  const here = new URL(location.href);
  put(here, values);
  history.replaceState(history.state, "", here);
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".languages a")) {
    const there = new URL(link.href);
    put(there, values);
    link.href = there.pathname + there.search;
  }
}

function put(address: URL, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
}

// Suggestions under a search box, as the ARIA pattern of a combobox with a list: arrows choose, Enter goes there,
// Escape closes. What is typed is sent to the form's own address, which answers with JSON as well.

export interface Found {
  iri: string;
  name: string;
  match: string;
  kind: string;
  date: string;
  page: string;
}

const PAUSE = 90;
const AT_MOST = 8;
let boxes = 0;

export async function searchThings(
  text: string,
  limit: number,
  signal: AbortSignal,
  action = document.querySelector<HTMLFormElement>("form.search")?.action ?? "/search",
  classes = "",
): Promise<Found[]> {
  const address = new URL(action, location.href);
  const asked = new URLSearchParams({ q: text, limit: String(limit), lang: document.documentElement.lang });
  if (classes) asked.set("class", classes);
  address.search = asked.toString();
  const answer = await fetch(address, { headers: { Accept: "application/json" }, signal });
  if (!answer.ok) return [];
  return ((await answer.json()) as { results: Found[] }).results;
}

export function addressOf(page: string): string {
  const language = new URLSearchParams(location.search).get("lang");
  if (!language) return page;
  const address = new URL(page, location.href);
  address.searchParams.set("lang", language);
  return address.href;
}

function option(found: Found, id: string): HTMLLIElement {
  const item = document.createElement("li");
  item.id = id;
  item.role = "option";
  item.ariaSelected = "false";
  const name = document.createElement("span");
  name.textContent = found.date && !found.name.includes(found.date) ? `${found.name}, ${found.date}` : found.name;
  const kind = document.createElement("span");
  kind.className = "kind";
  kind.textContent = found.kind;
  item.append(name, kind);
  if (found.match !== found.name) {
    const match = document.createElement("span");
    match.className = "match";
    match.textContent = found.match;
    item.append(match);
  }
  return item;
}

/** Suggestions under the search box of a form; a choice leads to the page of the thing. */
export function suggest(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type="search"]');
  if (!input) return;
  combobox(
    form,
    input,
    (text, signal) => searchThings(text, AT_MOST, signal, form.action),
    (found) => location.assign(addressOf(found.page)),
  );
}

/**
 * Suggestions under an input.
 *
 * @param holder: what the list is put into; its data holds the words for the list, and for an empty one.
 * @param search: finds things for what was typed.
 * @param picked: told what was chosen.
 */
export function combobox(
  holder: HTMLElement,
  input: HTMLInputElement,
  search: (text: string, signal: AbortSignal) => Promise<Found[]>,
  picked: (found: Found) => void,
): void {
  let offered: Found[] = [];
  const id = `suggestions-${++boxes}`;
  const list = document.createElement("ul");
  list.id = id;
  list.className = "suggestions";
  list.role = "listbox";
  list.ariaLabel = holder.dataset.label ?? "";
  list.hidden = true;
  holder.append(list);
  input.role = "combobox";
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", id);
  input.ariaExpanded = "false";

  let chosen = -1;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asked = new AbortController();

  const options = () => [...list.querySelectorAll<HTMLLIElement>('[role="option"]')];
  const show = (open: boolean) => {
    list.hidden = !open;
    input.ariaExpanded = String(open);
    if (!open) input.removeAttribute("aria-activedescendant");
  };
  const choose = (place: number) => {
    const all = options();
    chosen = all.length ? (place + all.length) % all.length : -1;
    all.forEach((item, number) => {
      item.ariaSelected = String(number === chosen);
    });
    const item = all[chosen];
    if (!item) return;
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  };
  const ask = async () => {
    asked.abort();
    asked = new AbortController();
    const text = input.value.trim();
    if (!text) return show(false);
    try {
      const found = await search(text, asked.signal);
      offered = found;
      chosen = -1;
      list.replaceChildren(...found.map((one, number) => option(one, `${id}-${number}`)));
      if (!found.length) {
        const none = document.createElement("li");
        none.role = "option";
        none.ariaDisabled = "true";
        none.textContent = holder.dataset.none ?? "";
        list.append(none);
      }
      show(true);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) show(false);
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      return show(false);
    }
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen + (event.key === "ArrowDown" ? 1 : chosen < 0 ? 0 : -1));
    } else if (event.key === "Enter") {
      const found = offered[chosen];
      if (!found) return;
      event.preventDefault();
      show(false);
      picked(found);
    }
  });
  input.addEventListener("blur", () => setTimeout(() => show(false), 150));
  list.addEventListener("mousedown", (event) => event.preventDefault()); // or the box loses focus before the click
  // Not sooner than the click: with the list gone, the rest of a tap would hit what lies beneath it
  list.addEventListener("click", (event) => {
    const item = (event.target as Element).closest<HTMLLIElement>("li");
    const found = item && offered[options().indexOf(item)];
    if (!found) return;
    show(false);
    picked(found);
  });
}

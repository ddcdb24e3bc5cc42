// A document's text with the facts beside it: a fact and its sentence light up together; facts by kind.
import { scrolling } from "./motion";

/** Kinds of facts that can be chosen at once; the others come when they are asked for. */
const SHOWN = 10;

/** Bring what the server made of a document to life. */
export function followFacts(root: HTMLElement): void {
  const facts = [...root.querySelectorAll<HTMLLIElement>(".said li[data-passage]")];

  function light(ids: Iterable<string>, numbers: Iterable<Element>): void {
    for (const lit of root.querySelectorAll(".lit")) lit.classList.remove("lit");
    for (const id of ids) document.getElementById(id)?.classList.add("lit");
    for (const fact of numbers) fact.classList.add("lit");
  }

  for (const fact of facts) {
    const on = () => light([fact.dataset.passage ?? ""], []);
    fact.addEventListener("pointerenter", on);
    fact.addEventListener("focusin", on);
    fact.addEventListener("click", (event) => {
      if ((event.target as Element).closest("a, button")) return;
      document.getElementById(fact.dataset.passage ?? "")?.scrollIntoView({ block: "center", behavior: scrolling() });
    });
  }

  root.querySelector(".body")?.addEventListener("pointerover", (event) => {
    const mark = (event.target as Element).closest("mark[id]");
    if (!mark) return;
    const carried = facts.filter((fact) => fact.dataset.passage === mark.id);
    light([mark.id], carried);
    const list = root.querySelector<HTMLElement>(".said-list");
    const first = carried[0];
    if (list && first && list.scrollHeight > list.clientHeight) list.scrollTop = first.offsetTop;
  });

  const filter = root.querySelector<HTMLElement>(".filter");
  if (filter) {
    filter.hidden = false;
    const buttons = [...filter.querySelectorAll<HTMLButtonElement>("button")];
    const rare = buttons.slice(SHOWN);
    if (rare.length > 1) {
      const all = document.createElement("button");
      Object.assign(all, { type: "button", className: "chip more", textContent: `+ ${rare.length}` });
      for (const chip of rare) chip.hidden = true;
      all.addEventListener("click", () => {
        for (const chip of rare) chip.hidden = false;
        rare[0]?.focus();
        all.remove();
      });
      filter.append(all);
    }
    for (const button of buttons) {
      button.addEventListener("click", () => {
        const kind = button.dataset.kind ?? "";
        for (const other of buttons) other.ariaPressed = String(other === button);
        for (const fact of root.querySelectorAll<HTMLLIElement>(".said-list > ol > li")) {
          fact.hidden =
            kind === "unheld" ? !fact.classList.contains("unheld") : kind !== "" && fact.dataset.kind !== kind;
        }
      });
    }
  }
}

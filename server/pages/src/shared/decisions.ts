// People's decisions about what was read: confirm or reject, with a token that is kept for this tab only.

const KEPT = "milcoop-token";
const AUTHOR = "milcoop-author";

function field(name: string, label: string, type: string, value: string): HTMLLabelElement {
  const made = document.createElement("label");
  const words = document.createElement("span");
  words.textContent = label;
  const input = document.createElement("input");
  Object.assign(input, { name, type, value, required: name !== "note", autocomplete: "off" });
  made.append(words, input);
  return made;
}

export function offerDecisions(article: HTMLElement, address: string): void {
  const words = article.dataset;
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-label", words.decide ?? "");
  document.body.append(dialog);

  function ask(claim: string, said: string): void {
    const form = document.createElement("form");
    form.className = "decision";
    const title = document.createElement("p");
    title.textContent = said;
    const error = document.createElement("p");
    error.className = "error";
    error.role = "alert";
    error.hidden = true;
    const buttons = document.createElement("p");
    for (const verdict of ["confirmed", "rejected"] as const) {
      const button = document.createElement("button");
      button.value = verdict;
      button.textContent = words[verdict] ?? verdict;
      if (verdict === "rejected") button.className = "plain";
      buttons.append(button, " ");
    }
    const close = document.createElement("button");
    close.type = "button";
    close.className = "plain";
    close.textContent = words.close ?? "";
    close.addEventListener("click", () => dialog.close());
    buttons.append(close);
    form.append(
      title,
      field("author", words.author ?? "", "text", sessionStorage.getItem(AUTHOR) ?? ""),
      field("token", words.token ?? "", "password", sessionStorage.getItem(KEPT) ?? ""),
      field("note", words.note ?? "", "text", ""),
      error,
      buttons,
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const given = Object.fromEntries(new FormData(form)) as Record<string, string>;
      const verdict = (event.submitter as HTMLButtonElement).value;
      sessionStorage.setItem(KEPT, given.token ?? "");
      sessionStorage.setItem(AUTHOR, given.author ?? "");
      const answer = await fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${given.token}` },
        body: JSON.stringify({ claim, verdict, author: given.author, note: given.note }),
      }).catch(() => undefined);
      if (answer?.ok) return location.reload();
      const problem = (await answer?.json().catch(() => undefined)) as { detail?: string; title?: string } | undefined;
      error.textContent = problem?.detail ?? problem?.title ?? words.failed ?? "";
      error.hidden = false;
    });
    dialog.replaceChildren(form);
    dialog.showModal();
  }

  for (const fact of document.querySelectorAll<HTMLLIElement>(".said li[data-claim]")) {
    const button = document.createElement("button");
    button.className = "decide";
    button.textContent = "✓✗";
    button.title = words.decide ?? "";
    button.ariaLabel = words.decide ?? "";
    button.addEventListener("click", () =>
      ask(fact.dataset.claim ?? "", fact.querySelector(".says")?.textContent?.trim() ?? ""),
    );
    fact.querySelector(".claim")?.append(button);
  }
}

// People's decisions about what was read: confirm, reject or amend, with a token that is kept for this tab only.
import { amendingFields } from "./amending";
import { inLanguage, keepAuthor, keepToken, keptAuthor, keptToken, problemOf } from "./token";

type Verdict = "confirmed" | "rejected" | "amended";

function field(name: string, label: string, type: string, value: string): HTMLLabelElement {
  const made = document.createElement("label");
  const words = document.createElement("span");
  words.textContent = label;
  const input = document.createElement("input");
  Object.assign(input, { name, type, value, required: name !== "note", autocomplete: "off" });
  made.append(words, input);
  return made;
}

function button(text: string, kind: "submit" | "button", value = "", plain = false): HTMLButtonElement {
  const made = document.createElement("button");
  Object.assign(made, { textContent: text, type: kind, value, className: plain ? "plain" : "" });
  return made;
}

function paragraph(text: string, className: string): HTMLParagraphElement {
  const made = document.createElement("p");
  return Object.assign(made, { textContent: text, className });
}

export function offerDecisions(article: HTMLElement, address: string): void {
  const words = article.dataset;
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-label", words.decide ?? "");
  document.body.append(dialog);

  function ask(claim: string, said: string): void {
    const form = document.createElement("form");
    form.className = "decision";
    const error = paragraph("", "error");
    error.role = "alert";
    error.hidden = true;
    const complain = (text: string) => Object.assign(error, { textContent: text, hidden: !text });
    let changed: (() => Record<string, string>) | undefined;
    const buttons = paragraph("", "buttons");
    const amend = button(words.amended ?? "", "button", "", true);
    const close = button(words.close ?? "", "button", "", true);
    buttons.append(
      button(words.confirmed ?? "", "submit", "confirmed"),
      button(words.rejected ?? "", "submit", "rejected", true),
      amend,
      close,
    );
    close.addEventListener("click", () => dialog.close());
    amend.addEventListener("click", async () => {
      amend.disabled = true;
      try {
        const made = await amendingFields(address, claim, words);
        changed = made.changed;
        form.querySelector(".quoted")?.after(made.fields);
        buttons.replaceChildren(button(words.amend ?? "", "submit", "amended"), close);
        made.fields.querySelector<HTMLElement>("input, select")?.focus();
      } catch {
        amend.disabled = false;
        complain(words.failed ?? "");
      }
    });
    form.append(
      paragraph(said, "quoted"),
      field("author", words.author ?? "", "text", keptAuthor()),
      field("token", words.token ?? "", "password", keptToken()),
      field("note", words.note ?? "", "text", ""),
      error,
      buttons,
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const given = Object.fromEntries(new FormData(form)) as Record<string, string>;
      const verdict = (event.submitter as HTMLButtonElement).value as Verdict;
      const values = verdict === "amended" ? changed?.() : undefined;
      if (values && !Object.keys(values).length) return complain(words.unchanged ?? "");
      keepToken(given.token ?? "");
      keepAuthor(given.author ?? "");
      const answer = await fetch(inLanguage(address), {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${given.token}` },
        body: JSON.stringify({ claim, verdict, author: given.author, note: given.note, values }),
      }).catch(() => undefined);
      if (answer?.ok) return location.reload();
      complain(await problemOf(answer, words.failed ?? ""));
    });
    dialog.replaceChildren(form);
    dialog.showModal();
  }

  for (const fact of document.querySelectorAll<HTMLLIElement>(".said li[data-claim]")) {
    const opens = button("✓✗", "button");
    opens.className = "decide";
    opens.title = words.decide ?? "";
    opens.ariaLabel = words.decide ?? "";
    opens.addEventListener("click", () =>
      ask(fact.dataset.claim ?? "", fact.querySelector(".says")?.textContent?.replace(/\s+/g, " ").trim() ?? ""),
    );
    fact.querySelector(".claim")?.append(opens);
  }
}

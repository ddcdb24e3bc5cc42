// People's decisions about what was read: confirm, reject, amend or take back, with a token kept for this tab only.
import { amendingFields } from "./amending";
import { inLanguage, keepAuthor, keepToken, keptAuthor, keptToken, problemOf } from "./token";

type Verdict = "confirmed" | "rejected" | "amended";
/** What a button of the dialog does. */
type Deed = Verdict | "taken-back";

/** What is asked about: a claim of the graph, or one that a person has decided on. */
interface Asked {
  said: string;
  /** The words of the document that say so. */
  sentence: string;
  claim?: string | undefined;
  decided?: string | undefined;
  verdict?: string | undefined;
}

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

  function ask({ said, sentence, claim = "", decided, verdict: before }: Asked): void {
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
    // What was rejected or amended is no claim of the document any more: that decision can only be taken back.
    const open = before !== "rejected" && before !== "amended";
    const takeBack = button(words.takeBack ?? "", "submit", "taken-back", open);
    if (decided) buttons.append(takeBack);
    if (open && before !== "confirmed") buttons.append(button(words.confirmed ?? "", "submit", "confirmed"));
    if (open) buttons.append(button(words.rejected ?? "", "submit", "rejected", true), amend);
    buttons.append(close);
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
    form.append(paragraph(said, "quoted"));
    if (sentence) form.append(Object.assign(document.createElement("blockquote"), { textContent: sentence }));
    if (open) form.append(field("author", words.author ?? "", "text", keptAuthor()));
    form.append(field("token", words.token ?? "", "password", keptToken()));
    if (open) form.append(field("note", words.note ?? "", "text", ""));
    form.append(error, buttons);
    takeBack.formNoValidate = true; // nobody has to say again who he is
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const given = Object.fromEntries(new FormData(form)) as Record<string, string>;
      const deed = (event.submitter as HTMLButtonElement).value as Deed;
      const values = deed === "amended" ? changed?.() : undefined;
      if (values && !Object.keys(values).length) return complain(words.unchanged ?? "");
      keepToken(given.token ?? "");
      if (given.author) keepAuthor(given.author);
      const asked = inLanguage(address);
      const Authorization = `Bearer ${given.token}`;
      if (deed === "taken-back") asked.searchParams.set("claim", decided ?? "");
      const answer = await fetch(
        asked,
        deed === "taken-back"
          ? { method: "DELETE", headers: { Authorization } }
          : {
              method: "POST",
              headers: { "Content-Type": "application/json", Authorization },
              body: JSON.stringify({ claim, verdict: deed, author: given.author, note: given.note, values }),
            },
      ).catch(() => undefined);
      if (answer?.ok) return location.reload();
      complain(await problemOf(answer, words.failed ?? ""));
    });
    dialog.replaceChildren(form);
    dialog.showModal();
  }

  for (const fact of document.querySelectorAll<HTMLLIElement>(".said li:is([data-claim], [data-decided])")) {
    const { claim, decided, verdict } = fact.dataset;
    const done = verdict === "rejected" || verdict === "amended";
    const opens = button(done ? "↶" : "✓✗", "button");
    opens.className = "decide";
    opens.title = (done ? words.takeBack : words.decide) ?? "";
    opens.ariaLabel = opens.title;
    const said = fact.querySelector(".says")?.textContent?.replace(/\s+/g, " ").trim() ?? "";
    const sentence = fact.querySelector("a.passage")?.ariaLabel?.replace(/^[^:]*: /, "") ?? "";
    opens.addEventListener("click", () => ask({ said, sentence, claim, decided, verdict }));
    fact.querySelector(".claim")?.append(opens);
  }
}

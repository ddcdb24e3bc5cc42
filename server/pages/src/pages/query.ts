// The query page: an editor in the place of the text area, answers without a new page, a history, the canned queries.
import { ask, fill, showAnswer, type Words } from "../shared/answer";
import type { KnownTerm } from "../shared/completion";
import { type Editor, sparqlEditor } from "../shared/editor";
import { Vocabulary } from "../shared/terms";

const HISTORY = "milcoop-queries";
const KEPT = 40;

interface Canned {
  name: string;
  title: Record<string, string>;
  group: string;
  query: string;
}

function start(page: HTMLElement): void {
  const words = JSON.parse(page.dataset.words ?? "{}") as Words;
  const prefixes = JSON.parse(page.dataset.prefixes ?? "{}") as Record<string, string>;
  const vocabulary = new Vocabulary(prefixes, page.dataset.base ?? "");
  const form = page.querySelector<HTMLFormElement>("form.editor");
  const area = form?.querySelector<HTMLTextAreaElement>("textarea");
  const section = page.querySelector<HTMLElement>("section.answer");
  const tools = form?.querySelector<HTMLElement>(".tools");
  if (!form || !area || !section || !tools) return;

  const host = document.createElement("div");
  host.className = "code";
  area.before(host);
  area.hidden = true;
  let asked = new AbortController();
  const editor: Editor = sparqlEditor(host, {
    text: area.value,
    label: words.query ?? "",
    prefixes,
    terms: async () => (await (await fetch(page.dataset.terms ?? "")).json()) as KnownTerm[],
    run: () => form.requestSubmit(),
    changed: (text) => {
      area.value = text;
      editor?.clear();
    },
  });
  form.querySelector("label")?.addEventListener("click", () => editor.focus());

  function addressOf(query: string): URL {
    const address = new URL(form?.action ?? "/sparql");
    const language = new URLSearchParams(location.search).get("lang");
    address.search = new URLSearchParams({ ...(language ? { lang: language } : {}), query }).toString();
    return address;
  }

  async function run(query: string): Promise<void> {
    asked.abort();
    asked = new AbortController();
    editor.clear();
    page.querySelector(".error")?.remove();
    page.classList.add("busy");
    status.textContent = words.running ?? "";
    const address = addressOf(query);
    try {
      const result = await ask(address, asked.signal);
      if (result instanceof Response) await refused(result);
      else if (section) showAnswer(section, result, address, words, vocabulary);
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
      tell(words.unreachable ?? "");
    }
    status.textContent = "";
    page.classList.remove("busy");
  }

  async function refused(answer: Response): Promise<void> {
    const problem = (await answer.json().catch(() => ({}))) as { detail?: string; line?: number; column?: number };
    const message = problem.detail ?? fill(words.failed, { status: answer.status });
    tell(message);
    if (problem.line !== undefined) editor.fault(problem.line, problem.column ?? 1, message);
  }

  function tell(message: string): void {
    const error = document.createElement("p");
    error.className = "error";
    error.role = "alert";
    error.textContent = message;
    form?.after(error);
    if (section) section.hidden = true;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = editor.text();
    const address = addressOf(query);
    if (address.href !== location.href) history.pushState({ query }, "", address);
    remember(query);
    void run(query);
  });
  addEventListener("popstate", () => {
    const query = new URLSearchParams(location.search).get("query");
    if (query === null) return location.reload();
    editor.write(query);
    void run(query);
  });

  const status = document.createElement("span");
  status.className = "quiet";
  status.role = "status";
  const hint = document.createElement("span");
  hint.className = "quiet hint";
  hint.textContent = words.hint ?? "";
  const canned = chooser(words.canned ?? "", async () => {
    const answer = await fetch(page.dataset.canned ?? "", { headers: { Accept: "application/json" } });
    const language = document.documentElement.lang;
    return ((await answer.json()) as Canned[]).map((one): [string, string] => [
      one.title[language] ?? one.title.en ?? one.name,
      one.query,
    ]);
  });
  const past = chooser(words.history ?? "", async () =>
    remembered().map((query): [string, string] => [query.replace(/\s+/g, " ").slice(0, 90), query]),
  );
  tools.append(canned, past, hint, status);

  function chooser(label: string, entries: () => Promise<[string, string][]>): HTMLElement {
    const select = document.createElement("select");
    select.ariaLabel = label;
    select.append(new Option(label, ""));
    let queries: string[] = [];
    const load = async () => {
      if (select.dataset.loaded && label !== words.history) return;
      select.dataset.loaded = "1";
      const found = await entries();
      queries = found.map(([, query]) => query);
      select.replaceChildren(new Option(label, ""), ...found.map(([name], number) => new Option(name, String(number))));
    };
    select.addEventListener("pointerdown", load);
    select.addEventListener("focus", load);
    select.addEventListener("change", () => {
      const query = queries[Number(select.value)];
      if (select.value && query !== undefined) editor.write(query);
      select.value = "";
      editor.focus();
    });
    return select;
  }

  if (page.dataset.asked && !page.querySelector(".error")) void run(editor.text());
  else if (page.querySelector(".error")) {
    page.querySelector(".error")?.remove();
    void run(editor.text());
  }
}

function remembered(): string[] {
  try {
    return JSON.parse(localStorage.getItem(HISTORY) ?? "[]") as string[];
  } catch {
    return [];
  }
}

function remember(query: string): void {
  const kept = [query, ...remembered().filter((other) => other !== query)].slice(0, KEPT);
  localStorage.setItem(HISTORY, JSON.stringify(kept));
}

const page = document.querySelector<HTMLElement>(".console");
if (page) start(page);

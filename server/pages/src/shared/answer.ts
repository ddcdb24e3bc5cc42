// An answer in the page: how many rows and whether it was cut, its views by shape, and downloads in every format.

import { type Shape, shapeOf } from "./shapes";
import { virtualTable } from "./table";
import type { Row, Solutions, Term, Vocabulary } from "./terms";
import { triplesOf } from "./triples";

export interface Words {
  [key: string]: string;
}

export interface Result {
  solutions?: Solutions;
  boolean?: boolean;
  turtle?: string;
  cut?: number;
  seconds: number;
}

export const fill = (words: string | undefined, values: Record<string, string | number>): string =>
  (words ?? "").replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ""));

const paragraph = (text: string, className: string): HTMLParagraphElement => {
  const made = document.createElement("p");
  made.textContent = text;
  made.className = className;
  return made;
};

const TABLE_FORMATS = ["csv", "tsv", "json", "xml"];
const GRAPH_FORMATS = ["turtle", "ntriples", "rdfxml", "jsonld"];

export async function ask(address: URL, signal: AbortSignal): Promise<Result | Response> {
  const begun = performance.now();
  const accept = "application/sparql-results+json, text/turtle;q=0.9";
  const answer = await fetch(address, { headers: { Accept: accept }, signal });
  if (!answer.ok) return answer;
  const type = answer.headers.get("Content-Type") ?? "";
  const cut = Number(answer.headers.get("X-Milcoop-Cut") ?? "") || undefined;
  const result: Result = { seconds: 0, ...(cut ? { cut } : {}) };
  if (type.startsWith("text/turtle")) {
    result.turtle = await answer.text();
  } else {
    const body = (await answer.json()) as {
      boolean?: boolean;
      head: { vars?: string[] };
      results?: { bindings: Row[] };
    };
    if (body.boolean !== undefined) result.boolean = body.boolean;
    else result.solutions = { variables: body.head.vars ?? [], rows: body.results?.bindings ?? [] };
  }
  result.seconds = (performance.now() - begun) / 1000;
  return result;
}

export function showAnswer(
  section: HTMLElement,
  result: Result,
  address: URL,
  words: Words,
  vocabulary: Vocabulary,
): void {
  const language = document.documentElement.lang;
  const heading = document.createElement("h2");
  heading.textContent = words.answer ?? "";
  const parts: HTMLElement[] = [heading];
  if (result.cut) parts.push(paragraph(fill(words.cut, { count: result.cut.toLocaleString(language) }), "notice"));
  const seconds = result.seconds.toLocaleString(language, { maximumFractionDigits: 2 });
  if (result.boolean !== undefined) {
    parts.push(paragraph((result.boolean ? words.yes : words.no) ?? "", "boolean"));
  } else if (result.turtle !== undefined) {
    parts.push(viewsOf(result, address, words, vocabulary));
  } else if (result.solutions) {
    const count = result.solutions.rows.length.toLocaleString(language);
    parts.push(paragraph(fill(words.rows, { count, seconds }), "count"));
    if (result.solutions.rows.length) parts.push(viewsOf(result, address, words, vocabulary));
    else parts.push(paragraph(words.none ?? "", "nothing"));
  }
  parts.push(downloads(result, address, words));
  section.replaceChildren(...parts);
  section.hidden = false;
}

/** The triples of an answer as rows, which takes another request. */
async function asRows(address: URL): Promise<Solutions> {
  const answer = await fetch(address, { headers: { Accept: "application/n-triples" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return triplesOf(await answer.text());
}

function asText(turtle: string): HTMLElement {
  const text = document.createElement("pre");
  text.className = "turtle";
  text.tabIndex = 0;
  text.textContent = turtle;
  return text;
}

function viewsOf(
  { solutions: given, turtle }: Result,
  address: URL,
  words: Words,
  vocabulary: Vocabulary,
): HTMLElement {
  let solutions = given;
  let shape = given ? shapeOf(given, vocabulary) : {};
  const holder = document.createElement("div");
  const tabs = document.createElement("p");
  tabs.className = "tabs";
  tabs.role = "group";
  tabs.ariaLabel = words.views ?? "";
  const note = paragraph("", "quiet");
  note.ariaLive = "polite";
  const canvas = document.createElement("div");
  canvas.className = "canvas";
  const draw = async (view: string) => {
    for (const tab of tabs.querySelectorAll<HTMLElement>("button")) tab.ariaPressed = String(tab.dataset.view === view);
    note.textContent = "";
    if (view === "turtle") return canvas.replaceChildren(asText(turtle ?? ""));
    solutions ??= await asRows(address);
    shape = shapeOf(solutions, vocabulary);
    if (view === "table") return canvas.replaceChildren(virtualTable(solutions, vocabulary, words.answer ?? ""));
    const views = await import("./views");
    canvas.replaceChildren(drawn(views, solutions, view, shape));
  };
  const drawn = (
    views: typeof import("./views"),
    solutions: Solutions,
    view: string,
    { bars, timeline, map, graph }: Shape,
  ): Element => {
    if (view === "bars" && bars) return views.bars(solutions, bars, vocabulary);
    if (view === "timeline" && timeline) return views.timeline(solutions, timeline, vocabulary);
    if (view === "map" && map) return views.map(solutions, map, vocabulary, (text) => (note.textContent = text));
    if (graph) {
      return views.graph(
        solutions,
        graph,
        vocabulary,
        (shown) => (note.textContent = fill(words.graph_cut, { shown })),
      );
    }
    return document.createElement("p");
  };
  const offered = given ? ["table", ...Object.keys(shape)] : ["turtle", "table", "graph"];
  for (const view of offered) {
    const tab = document.createElement("button");
    tab.className = "chip";
    tab.dataset.view = view;
    tab.textContent = view === "turtle" ? "Turtle" : (words[`view_${view}`] ?? view);
    tab.addEventListener("click", () => void draw(view).catch(() => note.append(words.failed ?? "")));
    tabs.append(tab);
  }
  if (tabs.childElementCount > 1) holder.append(tabs);
  holder.append(canvas, note);
  void draw(offered[0] ?? "table");
  return holder;
}

function downloads(result: Result, address: URL, words: Words): HTMLElement {
  const line = paragraph(`${words.download ?? ""}: `, "data");
  const formats = result.turtle !== undefined ? GRAPH_FORMATS : result.solutions ? TABLE_FORMATS : ["json", "xml"];
  formats.forEach((format, number) => {
    const link = document.createElement("a");
    const target = new URL(address);
    target.searchParams.set("format", format);
    link.href = target.href;
    link.textContent = format;
    line.append(number ? " · " : "", link);
  });
  return line;
}

export type { Term };

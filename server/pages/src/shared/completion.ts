// What the editor offers while one types: keywords, variables of the query, prefixes, classes and properties with their
// names in the reader's language, and things of the graph by their names.

import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { searchThings } from "./suggestions";

export interface KnownTerm {
  name: string;
  iri: string;
  kind: string;
  label: string;
}

const KEYWORDS = `SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK WHERE FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER BIND
  VALUES SERVICE GROUP ORDER BY HAVING LIMIT OFFSET ASC DESC AS PREFIX BASE EXISTS NOT IN COUNT SUM MIN MAX AVG SAMPLE
  GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND IRI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE
  LCASE ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY NOW UUID MD5 SHA1 SHA256 COALESCE
  IF STRLANG STRDT SAMETERM ISIRI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE UNDEF`.split(/\s+/);

const LOCAL = /^[\p{L}_][\p{L}\p{N}_.-]*$/u;

/**
 * The source of completions.
 *
 * @param known: fetches the classes and properties, once.
 * @param prefixes: the prefixes that need no declaration.
 */
export function completions(known: () => Promise<KnownTerm[]>, prefixes: Record<string, string>) {
  let terms: Promise<KnownTerm[]> | undefined;

  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const variable = context.matchBefore(/[?$][\p{L}\p{N}_]*/u);
    if (variable)
      return { from: variable.from, options: variables(context, variable.from), validFor: /^[?$][\p{L}\p{N}_]*$/u };
    const word = context.matchBefore(/[\p{L}_][\p{L}\p{N}_:/.-]*/u);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    if (inString(context.state.sliceDoc(0, word.from))) return null;

    terms ??= known().catch(() => []);
    const text = word.text.toLowerCase();
    const options: Completion[] = [];
    for (const term of await terms) {
      const label = term.label.toLowerCase();
      const local = term.name.toLowerCase();
      if (local.startsWith(text) || local.split(":")[1]?.startsWith(text) || label.startsWith(text)) {
        const type = term.kind === "class" ? "class" : term.kind === "concept" ? "constant" : "property";
        options.push({ label: term.name, detail: term.label, type, apply: written(term, prefixes), boost: 2 });
      }
    }
    for (const keyword of KEYWORDS) {
      if (keyword.toLowerCase().startsWith(text)) options.push({ label: keyword, type: "keyword", boost: 3 });
    }
    for (const prefix of Object.keys(prefixes)) {
      if (prefix.startsWith(text))
        options.push({ label: `${prefix}:`, detail: prefixes[prefix] ?? "", type: "namespace" });
    }
    if (!word.text.includes(":") && word.text.length > 1) {
      const stopped = new AbortController();
      context.addEventListener("abort", () => stopped.abort(), { onDocChange: true });
      const found = await searchThings(word.text, 8, stopped.signal).catch(() => []);
      for (const thing of found) {
        const detail = [thing.kind, thing.date].filter(Boolean).join(", ");
        options.push({ label: thing.name, detail, type: "variable", apply: `<${thing.iri}>`, boost: 1 });
      }
    }
    return options.length ? { from: word.from, options, filter: false } : null;
  };
}

/** A term as a query may write it: with its prefix where that is legal, else in full. */
function written(term: KnownTerm, prefixes: Record<string, string>): string {
  const [prefix, ...rest] = term.name.split(":");
  return prefix !== undefined && prefix in prefixes && LOCAL.test(rest.join(":")) ? term.name : `<${term.iri}>`;
}

function variables(context: CompletionContext, besides: number): Completion[] {
  const text = context.state.doc.toString();
  const found = new Set<string>();
  for (const match of text.matchAll(/[?$][\p{L}_][\p{L}\p{N}_]*/gu)) {
    if (match.index !== besides) found.add(match[0]);
  }
  return [...found].map((label) => ({ label, type: "variable" }));
}

/** Whether the place after this text is inside quotation marks or an IRI in angle brackets on its line. */
function inString(before: string): boolean {
  const line = before.slice(before.lastIndexOf("\n") + 1).replace(/\\./g, "");
  return (line.match(/"/g)?.length ?? 0) % 2 === 1 || /<[^<>\s]*$/.test(line) || /^\s*#/.test(line);
}

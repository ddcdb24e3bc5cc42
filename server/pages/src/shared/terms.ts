// RDF terms in results, and how they are shown: IRIs short and as links to their pages, literals as they are.

import { addressOf } from "./suggestions";

export interface Term {
  type: "uri" | "literal" | "bnode" | "triple";
  value: string;
  datatype?: string;
  "xml:lang"?: string;
}

export type Row = Record<string, Term | undefined>;

export interface Solutions {
  variables: string[];
  rows: Row[];
}

export class Vocabulary {
  private readonly ordered: [string, string][];

  constructor(
    readonly prefixes: Record<string, string>,
    readonly base: string,
  ) {
    this.ordered = Object.entries(prefixes).sort((a, b) => b[1].length - a[1].length);
  }

  /** With a prefix where one fits; slashes may follow it, for it is read by people only. */
  compact(iri: string): string {
    for (const [prefix, namespace] of this.ordered) {
      if (iri.length > namespace.length && iri.startsWith(namespace)) return `${prefix}:${iri.slice(namespace.length)}`;
    }
    return iri;
  }

  /** The address of the page about a thing. */
  page(iri: string): string {
    const local = iri.startsWith(this.base) ? iri.slice(this.base.length) : "";
    if (local.startsWith("ontology")) return addressOf(`/${local}`);
    const first = local.split("/")[0] ?? "";
    if (["id", "concept", "rule", "graph"].includes(first)) {
      return addressOf(`/page/${(first === "id" ? local.slice(3) : local).split("/").map(encoded).join("/")}`);
    }
    return addressOf(`/page?iri=${encodeURIComponent(iri)}`);
  }
}

const encoded = (step: string) => encodeURIComponent(step).replaceAll("%25", "%");

export function textOf(term: Term | undefined, vocabulary: Vocabulary): string {
  if (!term) return "";
  if (term.type === "uri") return vocabulary.compact(term.value);
  if (term.type === "triple") return "⟨…⟩";
  return term.type === "bnode" ? `_:${term.value}` : term.value;
}

const NUMERIC = /#(integer|decimal|double|float|int|long|short|byte|nonNegativeInteger|positiveInteger)$/;
const DATE = /#(date|dateTime|gYear|gYearMonth)$/;

export const isNumber = (term: Term | undefined): boolean =>
  term?.type === "literal" && NUMERIC.test(term.datatype ?? "") && Number.isFinite(Number(term.value));

export const isDate = (term: Term | undefined): boolean => term?.type === "literal" && DATE.test(term.datatype ?? "");

export function shown(term: Term | undefined, vocabulary: Vocabulary): Node {
  if (term?.type === "uri") {
    const link = document.createElement("a");
    link.href = vocabulary.page(term.value);
    link.textContent = vocabulary.compact(term.value);
    link.title = term.value;
    return link;
  }
  const text = document.createElement("span");
  text.textContent = textOf(term, vocabulary);
  if (term?.["xml:lang"]) text.lang = term["xml:lang"];
  return text;
}

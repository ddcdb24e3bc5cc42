// Triples as rows, out of N-Triples (W3C RDF 1.1 N-Triples, section 7).
import type { Row, Solutions, Term } from "./terms";

const LINE = /^(<[^>]*>|_:\S+)\s+(<[^>]*>)\s+(<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?)\s*\.\s*$/;
const LITERAL = /^"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?$/;
const SIGNS: Record<string, string> = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };

const unescaped = (text: string): string =>
  text.replace(/\\(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|(.))/g, (_, short?: string, long?: string, sign = "") => {
    const code = short ?? long;
    return code ? String.fromCodePoint(Number.parseInt(code, 16)) : (SIGNS[sign] ?? sign);
  });

function termOf(text: string): Term {
  if (text.startsWith("<")) return { type: "uri", value: unescaped(text.slice(1, -1)) };
  if (text.startsWith("_:")) return { type: "bnode", value: text.slice(2) };
  const [, value = "", language, datatype] = LITERAL.exec(text) ?? [];
  return {
    type: "literal",
    value: unescaped(value),
    ...(language ? { "xml:lang": language } : {}),
    ...(datatype ? { datatype } : {}),
  };
}

const NAMING = new Set(["http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#prefLabel"]);

/** The names that the triples themselves give to things, in the language of the page, else in English, else in any. */
function namesIn(rows: readonly Row[]): Map<string, Term> {
  const liking = ["en", document.documentElement.lang];
  const liked = (term: Term) => liking.indexOf(term["xml:lang"] ?? "");
  const names = new Map<string, Term>();
  for (const { subject, predicate, object } of rows) {
    if (!subject || object?.type !== "literal" || !NAMING.has(predicate?.value ?? "")) continue;
    const known = names.get(subject.value);
    if (!known || liked(object) > liked(known)) names.set(subject.value, object);
  }
  return names;
}

/** The triples with a subject, a predicate and an object each; what is said of triples themselves is left out. */
export function triplesOf(text: string): Solutions {
  const rows: Row[] = text.split("\n").flatMap((line) => {
    const [, subject, predicate, object] = LINE.exec(line) ?? [];
    if (!subject || !predicate || !object) return [];
    return [{ subject: termOf(subject), predicate: termOf(predicate), object: termOf(object) }];
  });
  const names = namesIn(rows);
  for (const row of rows) {
    for (const end of ["subject", "object"]) {
      const term = row[end];
      const name = term?.type === "literal" ? undefined : names.get(term?.value ?? "");
      if (name) row[`${end}Name`] = name;
    }
  }
  return { variables: ["subject", "predicate", "object"], rows };
}

// Triples as rows, out of N-Triples (W3C RDF 1.1 N-Triples, section 7).
import type { Solutions, Term } from "./terms";

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

/** The triples with a subject, a predicate and an object each; what is said of triples themselves is left out. */
export function triplesOf(text: string): Solutions {
  const rows = text.split("\n").flatMap((line) => {
    const [, subject, predicate, object] = LINE.exec(line) ?? [];
    if (!subject || !predicate || !object) return [];
    return [{ subject: termOf(subject), predicate: termOf(predicate), object: termOf(object) }];
  });
  return { variables: ["subject", "predicate", "object"], rows };
}

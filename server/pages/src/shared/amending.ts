// The fields of an amendment: the parts of a claim, each chosen from a list, searched by name, or written.
import { combobox, searchThings } from "./suggestions";
import { inLanguage } from "./token";

interface Part {
  property: string;
  label: string;
  value: string;
  shown: string;
  kind: "choice" | "thing" | "text";
  choices: [string, string][];
  classes: string[];
  datatype: string;
  language: string;
}

const XSD = "http://www.w3.org/2001/XMLSchema#";
const DATES: [RegExp, string][] = [
  [/^\d{4}$/, "gYear"],
  [/^\d{4}-\d\d$/, "gYearMonth"],
  [/^\d{4}-\d\d-\d\d$/, "date"],
];

/** A value in Turtle's notation; a date gets the datatype of its precision. */
function term(part: Part, value: string): string {
  if (part.kind !== "text") return `<${value}>`;
  const quoted = JSON.stringify(value);
  if (part.language) return `${quoted}@${part.language}`;
  const isDate = DATES.some(([, name]) => part.datatype === XSD + name);
  const precision = isDate ? DATES.find(([form]) => form.test(value))?.[1] : undefined;
  return `${quoted}^^<${precision ? XSD + precision : part.datatype}>`;
}

function control(part: Part, words: DOMStringMap): HTMLElement & { current: () => string } {
  if (part.kind === "choice") {
    const list = document.createElement("select");
    list.append(...part.choices.map(([value, name]) => new Option(name, value, false, value === part.value)));
    return Object.assign(list, { current: () => list.value });
  }
  const input = document.createElement("input");
  Object.assign(input, { value: part.shown, autocomplete: "off", required: true });
  if (part.kind === "text") return Object.assign(input, { current: () => input.value.trim() });
  let chosen = part.value;
  const holder = document.createElement("span");
  holder.className = "thing";
  Object.assign(holder.dataset, { none: words.none ?? "", label: words.found ?? "" });
  holder.append(input);
  combobox(
    holder,
    input,
    (text, signal) => searchThings(text, 8, signal, words.search, part.classes.join(" ")),
    (found) => {
      input.value = found.name;
      chosen = found.iri;
      input.setCustomValidity("");
    },
  );
  input.addEventListener("input", () => input.setCustomValidity(words.pick ?? ""));
  return Object.assign(holder, { current: () => chosen });
}

/** The fields for a claim, and what gives the new values of those that were changed. */
export async function amendingFields(
  address: string,
  claim: string,
  words: DOMStringMap,
): Promise<{ fields: HTMLElement; changed: () => Record<string, string> }> {
  const asked = inLanguage(address);
  asked.searchParams.set("claim", claim);
  const answer = await fetch(asked, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  const { parts } = (await answer.json()) as { parts: Part[] };
  const fields = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.textContent = words.amendHint ?? "";
  fields.append(legend);
  const read = parts.map((part) => {
    const label = document.createElement("label");
    const name = document.createElement("span");
    name.textContent = part.label;
    const made = control(part, words);
    label.append(name, made);
    fields.append(label);
    return { part, current: made.current };
  });
  return {
    fields,
    changed: () =>
      Object.fromEntries(
        read
          .map(({ part, current }) => [part, current()] as const)
          .filter(([part, value]) => value && value !== part.value)
          .map(([part, value]) => [part.property, term(part, value)]),
      ),
  };
}

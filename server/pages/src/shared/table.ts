// A table of any number of rows, of which only those in sight are in the document. Rows have one height; the columns'
// widths are settled from the first rows. A click on a heading sorts.

import { isNumber, type Row, type Solutions, shown, textOf, type Vocabulary } from "./terms";

const ROW_HEIGHT = 36;
const BESIDE = 12;
const MEASURED = 200;

export function virtualTable(solutions: Solutions, vocabulary: Vocabulary, label: string): HTMLElement {
  const { variables } = solutions;
  let rows = solutions.rows;
  let sorted: { variable: string; upwards: boolean } | undefined;

  const box = document.createElement("div");
  box.className = "virtual";
  box.tabIndex = 0;
  box.role = "table";
  box.ariaLabel = label;
  box.setAttribute("aria-rowcount", String(rows.length + 1));
  box.style.setProperty("--height", `${(rows.length + 1) * ROW_HEIGHT + 20}px`);
  const { columns, least } = widths(solutions, vocabulary);
  box.style.setProperty("--columns", columns);
  box.style.setProperty("--least", `${least}rem`);

  const head = document.createElement("div");
  head.className = "head";
  head.role = "row";
  const headings = variables.map((variable) => {
    const cell = document.createElement("div");
    cell.role = "columnheader";
    if (isNumber(rows[0]?.[variable])) cell.className = "number";
    const button = document.createElement("button");
    button.textContent = variable;
    button.addEventListener("click", () => sort(variable));
    cell.append(button);
    head.append(cell);
    return cell;
  });
  const body = document.createElement("div");
  body.className = "rows";
  body.role = "rowgroup";
  body.style.height = `${rows.length * ROW_HEIGHT}px`;
  box.append(head, body);

  let first = -1;
  let last = -1;
  function draw(anew = false): void {
    const from = Math.max(0, Math.floor(box.scrollTop / ROW_HEIGHT) - BESIDE);
    const to = Math.min(rows.length, Math.ceil((box.scrollTop + box.clientHeight) / ROW_HEIGHT) + BESIDE);
    if (!anew && from === first && to === last) return;
    [first, last] = [from, to];
    const drawn: HTMLElement[] = [];
    for (let place = from; place < to; place++) drawn.push(line(rows[place] ?? {}, place));
    body.replaceChildren(...drawn);
  }

  function line(row: Row, place: number): HTMLElement {
    const made = document.createElement("div");
    made.role = "row";
    made.className = "row";
    made.setAttribute("aria-rowindex", String(place + 2));
    made.style.transform = `translateY(${place * ROW_HEIGHT}px)`;
    for (const variable of variables) {
      const cell = document.createElement("div");
      cell.role = "cell";
      const term = row[variable];
      if (isNumber(term)) cell.className = "number";
      if (term) {
        cell.append(shown(term, vocabulary));
        if (term.type === "literal") cell.title = term.value;
      }
      made.append(cell);
    }
    return made;
  }

  function sort(variable: string): void {
    const upwards = sorted?.variable === variable ? !sorted.upwards : true;
    sorted = { variable, upwards };
    const keyed = solutions.rows.map((row) => ({ row, term: row[variable], text: textOf(row[variable], vocabulary) }));
    const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
    keyed.sort((a, b) => {
      if (!a.term || !b.term) return Number(!a.term) - Number(!b.term);
      const order =
        isNumber(a.term) && isNumber(b.term)
          ? Number(a.term.value) - Number(b.term.value)
          : collator.compare(a.text, b.text);
      return upwards ? order : -order;
    });
    rows = keyed.map(({ row }) => row);
    headings.forEach((cell, number) => {
      cell.ariaSort = variables[number] === variable ? (upwards ? "ascending" : "descending") : null;
    });
    draw(true);
  }

  box.addEventListener("scroll", () => draw(), { passive: true });
  new ResizeObserver(() => draw()).observe(box);
  return box;
}

/** A share of the width for each column, by how long its texts are, and the least width of all of them, in rem. */
function widths({ variables, rows }: Solutions, vocabulary: Vocabulary): { columns: string; least: number } {
  const letters = variables.map((variable) => {
    const lengths = rows.slice(0, MEASURED).map((row) => textOf(row[variable], vocabulary).length);
    const typical = lengths.sort((a, b) => a - b)[Math.floor(lengths.length * 0.9)] ?? 0;
    return Math.min(Math.max(typical, variable.length + 2, 4), 46);
  });
  const least = letters.map((count) => Math.min(count, 22) * 0.5 + 1.6);
  return {
    columns: letters.map((count, place) => `minmax(${least[place]}rem, ${count}fr)`).join(" "),
    least: least.reduce((sum, width) => sum + width, 0),
  };
}

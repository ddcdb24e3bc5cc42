// node comunica.mjs ENDPOINT QUERY: the answer of @comunica/query-sparql as a line of JSON for each row.
import { QueryEngine } from "@comunica/query-sparql";

const [endpoint, query] = process.argv.slice(2);
const source = { type: "sparql", value: endpoint };
const result = await new QueryEngine().query(query, { sources: [source] });
if (result.resultType === "boolean") {
  console.log(JSON.stringify(await result.execute()));
} else if (result.resultType === "bindings") {
  for (const row of await (await result.execute()).toArray()) {
    console.log(JSON.stringify(Object.fromEntries([...row].map(([variable, term]) => [variable.value, term.value]))));
  }
} else {
  for (const quad of await (await result.execute()).toArray()) {
    console.log(JSON.stringify([quad.subject.value, quad.predicate.value, quad.object.value]));
  }
}

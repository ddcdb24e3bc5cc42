// node sparql-http-client.mjs URL TOKEN: reads and writes by the query, update and graph store operations of
// sparql-http-client, and tells what it found as one line of JSON.
import { Readable } from "node:stream";
import rdf from "@rdfjs/data-model";
import SimpleClient from "sparql-http-client/SimpleClient.js";
import ParsingClient from "sparql-http-client/ParsingClient.js";
import StreamClient from "sparql-http-client/StreamClient.js";

const [url, token] = process.argv.slice(2);
const options = {
  endpointUrl: `${url}/sparql`,
  updateUrl: `${url}/update`,
  storeUrl: `${url}/graphs`,
  headers: { Authorization: `Bearer ${token}` },
};
const parsing = new ParsingClient(options);
const stream = new StreamClient(options);
const simple = new SimpleClient(options);
const told = {};
await parsing.query.update("INSERT DATA { <http://x/a> <http://x/p> 'ә' , 'b'@en }");
told.rows = (await parsing.query.select("SELECT ?o { <http://x/a> <http://x/p> ?o } ORDER BY ?o")).map((row) => row.o.value);
told.posted = (await parsing.query.select("SELECT ?o { <http://x/a> <http://x/p> ?o }", { operation: "postDirect" })).length;
told.form = (await parsing.query.select("SELECT ?o { <http://x/a> <http://x/p> ?o }", { operation: "postUrlencoded" })).length;
told.ask = await parsing.query.ask("ASK { <http://x/a> ?p ?o }");
told.constructed = [...(await parsing.query.construct("CONSTRUCT WHERE { <http://x/a> ?p ?o }"))].length;
const graph = rdf.namedNode("http://x/of-the-client");
const quad = rdf.quad(rdf.namedNode("http://x/s"), rdf.namedNode("http://x/p"), rdf.literal("Қазақстан", "kk"));
await stream.store.put(Readable.from([quad]), { graph });
told.stored = [];
for await (const found of stream.store.get(graph)) told.stored.push(found.object.value);
told.status = (await simple.query.ask("ASK {}")).status;
console.log(JSON.stringify(told));

// What the server says of who works with whom, as a graph with clusters.
import Graph from "graphology";
import louvain from "graphology-communities-louvain";

export interface Actor {
  iri: string;
  name: string;
  code: string;
  kind: string;
  page: string;
  dossier: string;
  doings: number;
}

export interface Tie {
  one: string;
  another: string;
  weight: number;
  kinds: Record<string, number>;
  from: string;
  to: string;
}

export interface Answer {
  actors: Actor[];
  ties: Tie[];
}

export interface NodeLook {
  x: number;
  y: number;
  size: number;
  label: string;
  cluster: number;
  actor: Actor;
}

export interface EdgeLook {
  weight: number;
  size: number;
  tie: Tie;
}

export type Network = Graph<NodeLook, EdgeLook>;

export async function fetchNetwork(address: string): Promise<Answer> {
  const asked = new URL(address, location.href);
  asked.searchParams.set("lang", document.documentElement.lang);
  const answer = await fetch(asked, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()) as Answer;
}

export const emptyNetwork = (): Network => new Graph<NodeLook, EdgeLook>({ type: "undirected" });

/** Add what is not there yet, around a place; the number of new actors. */
export function grow(graph: Network, { actors, ties }: Answer, at: { x: number; y: number } = { x: 0, y: 0 }): number {
  const before = graph.order;
  // Many nodes are small ones. Those that are there keep their size: an update of each line makes sigma repaint at once
  // those that it has not processed yet, and throw.
  const scale = Math.max(0.35, Math.min(1, Math.sqrt(200 / (before + actors.length))));
  for (const [place, actor] of actors.entries()) {
    if (graph.hasNode(actor.iri)) continue;
    const turn = place * 2.399963; // the golden angle spreads points evenly
    const far = 10 * Math.sqrt(place + 1);
    graph.addNode(actor.iri, {
      x: at.x + far * Math.cos(turn),
      y: at.y + far * Math.sin(turn),
      size: scale * (6 + Math.min(16, 1.6 * Math.sqrt(actor.doings))),
      label: actor.name,
      cluster: 0,
      actor,
    });
  }
  for (const tie of ties) {
    if (!graph.hasNode(tie.one) || !graph.hasNode(tie.another) || graph.hasEdge(tie.one, tie.another)) continue;
    graph.addEdge(tie.one, tie.another, { weight: tie.weight, size: scale * (0.6 + 0.9 * Math.log2(tie.weight)), tie });
  }
  return graph.order - before;
}

/** Find clusters (Blondel et al., 2008) and number them by size; the members of each, the busiest first. */
export function cluster(graph: Network): Actor[][] {
  let seed = 42;
  const rng = () => {
    seed = (seed * 1664525 + 1013904223) % 4294967296; // the same picture each time
    return seed / 4294967296;
  };
  const found = louvain(graph, { getEdgeWeight: "weight", rng });
  const members = new Map<number, Actor[]>();
  for (const [iri, number] of Object.entries(found)) {
    members.set(number, [...(members.get(number) ?? []), graph.getNodeAttribute(iri, "actor")]);
  }
  const ordered = [...members.values()].sort((a, b) => b.length - a.length);
  for (const [number, actors] of ordered.entries()) {
    actors.sort((a, b) => b.doings - a.doings);
    for (const actor of actors) graph.setNodeAttribute(actor.iri, "cluster", number);
  }
  return ordered;
}

/** Put the members of each cluster beside each other, for a layout to begin with. */
export function gather(graph: Network, groups: Actor[][]): void {
  const far = 30 * Math.sqrt(graph.order);
  let angle = 0;
  for (const members of groups) {
    const share = (2 * Math.PI * members.length) / graph.order;
    const [x, y] = [far * Math.cos(angle + share / 2), far * Math.sin(angle + share / 2)];
    angle += share;
    for (const [place, actor] of members.entries()) {
      const [turn, out] = [place * 2.399963, 8 * Math.sqrt(place)];
      graph.mergeNodeAttributes(actor.iri, { x: x + out * Math.cos(turn), y: y + out * Math.sin(turn) });
    }
  }
}

// The page of the network: the graph, what is chosen in it, paths, clusters, and pictures to save.

import { bidirectional, edgePathFromNodePath } from "graphology-shortest-path";
import { inAddress, keepInAddress } from "../shared/address";
import { type Actor, cluster, emptyNetwork, fetchNetwork, gather, grow, type Tie } from "../shared/network-data";
import { asPng, asSvg, save } from "../shared/network-look";
import { type Stage, stage } from "../shared/network-stage";
import { addressOf } from "../shared/suggestions";

type Words = Record<string, string>;

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text = "",
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.textContent = text;
  return Object.assign(made, properties);
}

const link = (text: string, page: string) => element("a", text, { href: addressOf(page) });

function pairAddress(one: Actor, other: Actor): string {
  const address = new URL(one.dossier, location.href);
  address.searchParams.set("with", other.iri);
  return address.pathname + address.search;
}

async function show(section: HTMLElement): Promise<void> {
  const words = JSON.parse(section.dataset.words ?? "{}") as Words;
  const kinds = JSON.parse(section.dataset.kinds ?? "{}") as Words;
  const part = <Found extends HTMLElement>(selector: string) => section.querySelector<Found>(selector) as Found;
  const [canvas, state, told, found] = [".canvas", ".state", ".told", ".clusters"].map((name) =>
    part<HTMLElement>(name),
  );
  const one = part<HTMLSelectElement>('[data-pick="one"]');
  const other = part<HTMLSelectElement>('[data-pick="other"]');
  if (!canvas || !state || !told || !found) return;
  section.hidden = false;
  const address = section.dataset.address ?? "/network";
  const graph = emptyNetwork();
  grow(graph, await fetchNetwork(address));
  let drawn: Stage | undefined;

  const actorOf = (iri: string) => graph.getNodeAttribute(iri, "actor");
  const saying = (tie: Tie) =>
    Object.entries(tie.kinds)
      .map(([kind, count]) => `${kinds[`kind_${kind}`] ?? kind} ${count}`)
      .join(", ");

  function listPicks(): void {
    const actors = graph
      .nodes()
      .map(actorOf)
      .sort((a, b) => a.name.localeCompare(b.name, document.documentElement.lang));
    for (const pick of [one, other]) {
      const kept = pick.value;
      pick.replaceChildren(new Option("—", ""), ...actors.map((actor) => new Option(actor.name, actor.iri)));
      pick.value = kept;
    }
  }

  function listClusters(): Actor[][] {
    const groups = cluster(graph);
    const list = element("ul");
    for (const [number, members] of groups.slice(0, 8).entries()) {
      const item = element("li", "", { className: `cluster-${number + 1}` });
      const names = members
        .slice(0, 4)
        .map((actor) => actor.name)
        .join(", ");
      const button = element("button", members.length > 4 ? `${names} …` : names, {
        type: "button",
        className: "plain",
      });
      button.addEventListener("click", () => drawn?.point(new Set(members.map((actor) => actor.iri))));
      item.append(element("i"), button, element("span", String(members.length), { className: "total" }));
      list.append(item);
    }
    found?.replaceChildren(element("h3", words.clusters ?? ""), list);
    return groups;
  }

  function tell(iri: string): void {
    const actor = actorOf(iri);
    const ties = graph
      .mapEdges(iri, (_edge, tie, from, to) => ({ tie: tie.tie, with: actorOf(from === iri ? to : from) }))
      .sort((a, b) => b.tie.weight - a.tie.weight);
    const title = element("h3");
    title.append(link(actor.code ? `${actor.name} (${actor.code})` : actor.name, actor.page));
    const more = element("p");
    more.append(link(words.dossier ?? "", actor.dossier));
    const expand = element("button", words.expand ?? "", { type: "button", className: "plain" });
    expand.addEventListener("click", () => void unfold(iri));
    more.append(" ", expand);
    const list = element("ul");
    for (const { tie, with: neighbour } of ties.slice(0, 12)) {
      const item = element("li");
      item.append(
        link(neighbour.name, pairAddress(actor, neighbour)),
        element("span", String(tie.weight), { className: "total" }),
      );
      item.append(element("small", saying(tie)));
      list.append(item);
    }
    told?.replaceChildren(title, more, list);
    drawn?.point(new Set([iri, ...graph.neighbors(iri)]), new Set(graph.edges(iri)));
  }

  /** All ties of an actor, whatever the filters of the page leave of them. */
  async function unfold(iri: string): Promise<void> {
    const asked = new URL(address, location.href);
    asked.search = new URLSearchParams({ actor: iri }).toString();
    const { x, y } = graph.getNodeAttributes(iri);
    const added = grow(graph, await fetchNetwork(asked.href), { x, y });
    listPicks();
    listClusters();
    if (added) drawn?.lay();
    tell(iri);
  }

  function tellPath(from: string, to: string): void {
    const path = bidirectional(graph, from, to);
    if (!path) {
      told?.replaceChildren(element("p", words.no_path ?? ""));
      drawn?.point(new Set([from, to]), new Set());
      return;
    }
    const edges = edgePathFromNodePath(graph, path);
    const list = element("ol");
    for (const [place, edge] of edges.entries()) {
      const [begin, end] = [actorOf(path[place] ?? from), actorOf(path[place + 1] ?? to)];
      const item = element("li");
      item.append(link(`${begin.name} — ${end.name}`, pairAddress(begin, end)));
      item.append(element("small", saying(graph.getEdgeAttribute(edge, "tie"))));
      list.append(item);
    }
    told?.replaceChildren(element("h3", words.path ?? ""), list);
    drawn?.point(new Set(path), new Set(edges));
  }

  function chosen(): void {
    keepInAddress({ one: one.value, other: other.value });
    if (one.value && other.value && one.value !== other.value) tellPath(one.value, other.value);
    else if (one.value) tell(one.value);
    else {
      told?.replaceChildren(element("p", words.hint ?? "", { className: "quiet" }));
      drawn?.point(new Set());
    }
  }

  listPicks();
  one.value = inAddress("one");
  other.value = inAddress("other");
  gather(graph, listClusters());
  drawn = stage(
    graph,
    canvas,
    { layout: section.dataset.layout ?? "", painter: section.dataset.painter ?? "" },
    (iri) => {
      one.value = iri ?? "";
      if (!iri) other.value = "";
      chosen();
    },
    () => {
      state.textContent = "";
      section.dataset.settled = "true";
    },
  );
  one.addEventListener("change", chosen);
  other.addEventListener("change", chosen);
  drawn.lay();
  chosen();
  for (const button of section.querySelectorAll<HTMLButtonElement>("[data-do]")) {
    button.addEventListener("click", () => drawn?.zoom(button.dataset.do as "in" | "out" | "fit"));
  }
  for (const button of section.querySelectorAll<HTMLButtonElement>("[data-save]")) {
    button.addEventListener("click", async () => {
      const svg = drawn ? asSvg(graph, drawn.look()) : "";
      if (button.dataset.save === "svg") save(new Blob([svg], { type: "image/svg+xml" }), "milcoop-network.svg");
      else save(await asPng(svg), "milcoop-network.png");
    });
  }
}

for (const section of document.querySelectorAll<HTMLElement>("section.network")) {
  show(section).catch(() => {
    section.hidden = true; // the table below says the same
  });
}

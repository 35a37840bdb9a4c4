// The map of the system: fetched as JSON, laid out by ELK in a worker, drawn by Cytoscape. Works by keyboard throughout.
"use strict";

(() => {
  const place = document.getElementById("map"), says = document.getElementById("map-says");
  const SPACES = {
    "elk.algorithm": "layered", "elk.edgeRouting": "ORTHOGONAL", "elk.json.shapeCoords": "ROOT", "elk.json.edgeCoords": "ROOT",
    "elk.spacing.nodeNode": "14", "elk.spacing.edgeNode": "10", "elk.layered.spacing.edgeNodeBetweenLayers": "12",
  };
  // Zones lie above each other, as the links between them run; each is broad and low, so that all fit on a page.
  const LAYOUT = {
    ...SPACES, "elk.direction": "DOWN", "elk.spacing.nodeNode": "26", "elk.layered.spacing.nodeNodeBetweenLayers": "40",
    "elk.aspectRatio": "1.6", "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
  };
  const ZONE = {
    ...SPACES, "elk.direction": "RIGHT", "elk.padding": "[top=34,left=16,bottom=16,right=16]", "elk.aspectRatio": "3.5",
    "elk.layered.spacing.nodeNodeBetweenLayers": "34", "elk.spacing.componentComponent": "16",
  };
  const ARROWS = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1]};
  const READABLE = .28, BEGUN = .55;
  let cy, asked = "category", chosen = null;

  const tell = text => { says.textContent = text; };

  const line = (id, source, target) => ({id, sources: [source], targets: [target]});

  /** The graph as ELK reads it: what lies in each zone by the links there, and the zones by the links between them. */
  function graphOf(told) {
    const node = one => ({id: one.id, ...MapLook.SIZE});
    const zone = new Map(told.nodes.map(one => [one.id, one.zone]));
    const inside = told.links.filter(one => told.zones.length && zone.get(one.source) === zone.get(one.target));
    const beyond = told.links.filter(one => !inside.includes(one));
    const ends = one => (told.zones.length ? [zone.get(one.source), zone.get(one.target)] : [one.source, one.target]);
    const pairs = new Map(beyond.map(one => [[...ends(one)].sort().join(" "), ends(one)]));
    const zones = told.zones.map(one => ({
      id: one.id, layoutOptions: ZONE, children: told.nodes.filter(inner => inner.zone === one.id).map(node),
      edges: inside.filter(inner => zone.get(inner.source) === one.id).map(inner => line(inner.id, inner.source, inner.target)),
    }));
    const edges = [...pairs].map(([pair, [source, target]]) => line(`pair:${pair}`, source, target));
    return {id: "root", layoutOptions: LAYOUT, children: told.zones.length ? zones : told.nodes.map(node), edges};
  }

  /** Where ELK put each node, by its centre, and each edge, by its points. */
  function placesOf(laid) {
    const centres = new Map(), routes = new Map();
    const walk = one => {
      if (one.width && !one.children?.length) centres.set(one.id, {x: one.x + one.width / 2, y: one.y + one.height / 2});
      for (const edge of one.edges || []) {
        const [section] = edge.sections || [];
        if (section) routes.set(edge.id, [section.startPoint, ...section.bendPoints || [], section.endPoint]);
      }
      (one.children || []).forEach(walk);
    };
    walk(laid);
    return {centres, routes};
  }

  /** Bends as Cytoscape wants them: how far along the line from end to end, and how far beside it. */
  function bends(points) {
    const start = points[0], end = points[points.length - 1], dx = end.x - start.x, dy = end.y - start.y;
    const length = Math.hypot(dx, dy) || 1;
    const inner = points.slice(1, -1).map(({x, y}) => [
      ((x - start.x) * dx + (y - start.y) * dy) / length ** 2, ((y - start.y) * dx - (x - start.x) * dy) / length,
    ]);
    return {weights: inner.map(one => one[0]), distances: inner.map(one => one[1])};
  }

  function edgeOf(one, {centres, routes}) {
    const points = routes.get(one.id), source = centres.get(one.source), target = centres.get(one.target);
    if (!points || points.length < 3 || !source || !target) return {group: "edges", data: one};
    const from = (point, centre) => `${point.x - centre.x}px ${point.y - centre.y}px`;
    const data = {...one, points, ...bends(points), start: from(points[0], source), end: from(points[points.length - 1], target)};
    return {group: "edges", classes: "routed", data};
  }

  function draw(told, laid) {
    const found = placesOf(laid);
    const zones = told.zones.map(one => ({group: "nodes", data: one, selectable: false}));
    const nodes = told.nodes.map(one => ({
      group: "nodes", data: {...one, parent: told.zones.length ? one.zone : undefined}, position: found.centres.get(one.id),
    }));
    place.classList.add("is-drawn");
    cy = cytoscape({
      container: place, elements: [...zones, ...nodes, ...told.links.map(one => edgeOf(one, found))], layout: {name: "preset"},
      style: MapLook.styles(asked, told.links.length), autoungrabify: true, boxSelectionEnabled: false, minZoom: .05, maxZoom: 3,
    });
    whole();
    if (cy.zoom() < READABLE) nearer();
    cy.on("tap", "node:childless", event => (chosen && chosen.same(event.target) ? open() : choose(event.target)));
    cy.on("tap", event => { if (event.target === cy) choose(null); });
  }

  /** Choose a node: what it is linked with stands out, and what it is is said. */
  function choose(node) {
    chosen = node;
    cy.elements().removeClass("chosen near beside");
    if (!node) return tell("");
    const near = node.closedNeighborhood();
    cy.elements().difference(near).difference(cy.nodes(":parent")).addClass("beside");
    near.edges().addClass("near");
    node.addClass("chosen");
    const links = node.connectedEdges().map(edge => {
      const other = edge.source().same(node) ? edge.target() : edge.source();
      return `${other.data("label")} (${edge.data("says")})`;
    });
    tell(`${node.data("label")}. ${node.data("says")} ${links.length ? `Linked with ${links.slice(0, 6).join(", ")}${links.length > 6 ? ` and ${links.length - 6} more` : ""}.` : "No links."} Enter opens it.`);
    const box = node.renderedBoundingBox();
    if (box.x1 < 0 || box.y1 < 0 || box.x2 > cy.width() || box.y2 > cy.height()) cy.center(node);
  }

  function open() {
    if (chosen) location.assign(chosen.data("address"));
  }

  /** The node that lies nearest in a direction. */
  function beyond([dx, dy]) {
    const nodes = cy.nodes(":childless");
    if (!chosen) return nodes[0];
    const here = chosen.position();
    const far = one => {
      const x = one.position("x") - here.x, y = one.position("y") - here.y, along = x * dx + y * dy, beside = Math.abs(x * dy + y * dx);
      return along > 1 ? along + 2.5 * beside : Infinity;
    };
    const found = nodes.toArray().reduce((best, one) => (far(one) < far(best) ? one : best), chosen);
    return found;
  }

  const whole = () => cy.fit(undefined, 18);

  /** On a small screen: begin where one can read, at the zone with the most elements. */
  function nearer() {
    const zones = cy.nodes(":parent").toArray();
    const largest = zones.reduce((best, one) => (one.children().length > best.children().length ? one : best), zones[0] || cy.nodes()[0]);
    cy.zoom(BEGUN);
    cy.center(largest);
  }

  const zoom = by => cy.zoom({level: cy.zoom() * by, renderedPosition: {x: cy.width() / 2, y: cy.height() / 2}});

  /** Let it be noted who takes the map away. Where that fails nothing is given, as with any other file. */
  async function isNoted(kind) {
    const from = new URL(place.dataset.from, location.href);
    from.searchParams.set("take", kind);
    const answer = await fetch(from).catch(() => null);
    return answer?.ok && answer.headers.has("Content-Disposition");
  }

  async function save(kind) {
    if (!await isNoted(kind)) return tell("The map was not taken away: it could not be noted who takes it. Load the page again.");
    const blob = kind === "svg" ? new Blob([MapLook.svg(cy, asked)], {type: "image/svg+xml"})
      : cy.png({output: "blob", full: true, scale: 2, maxWidth: 8000, maxHeight: 8000, bg: MapLook.colour("--panel")});
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${place.dataset.name}.${kind}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  const restyle = () => cy.style(MapLook.styles(asked, cy.edges().length));
  const WAYS = {closer: () => zoom(1.3), farther: () => zoom(1 / 1.3), whole, png: () => save("png"), svg: () => save("svg")};

  function listen() {
    const tools = document.getElementById("map-tools");
    tools.hidden = false;
    tools.addEventListener("click", event => WAYS[event.target.dataset?.do]?.());
    tools.addEventListener("change", event => {
      asked = event.target.value;
      for (const one of document.querySelectorAll("[data-legend]")) one.hidden = one.dataset.legend !== asked;
      restyle();
    });
    place.addEventListener("keydown", event => {
      const keys = {"+": WAYS.closer, "=": WAYS.closer, "-": WAYS.farther, 0: WAYS.whole, Enter: open, Escape: () => choose(null)};
      const way = event.key in ARROWS ? () => choose(beyond(ARROWS[event.key])) : keys[event.key];
      if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      way();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);
  }

  async function begin() {
    tell("The map is being drawn.");
    const answer = await fetch(place.dataset.from, {headers: {Accept: "application/json"}});
    if (!answer.ok || answer.status === 202) throw new Error(String(answer.status));
    const told = await answer.json();
    const elk = new ELK({workerUrl: place.dataset.worker});
    draw(told, await elk.layout(graphOf(told)));
    elk.terminateWorker();
    listen();
    tell(`${told.nodes.length} ${told.whole ? "elements" : "zones"} and ${told.links.length} links are drawn. Choose one to see what it is linked with.`);
    place.dataset.drawn = "yes";
  }

  begin().catch(() => tell("The map could not be drawn. Load the page again; the list and the table say the same."));
})();

// How the map looks: colours from the style sheet, the styles that Cytoscape draws by, and the same drawing as SVG.
"use strict";

const MapLook = (() => {
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const FONT = 'Inter, system-ui, "Segoe UI", "DejaVu Sans", sans-serif';
  const MANY = 300;
  const SIZE = {width: 168, height: 46};

  /** The mark that the legend has for a value. */
  function mark(asked, value) {
    const found = document.querySelector(`[data-legend="${asked}"] [data-value="${value}"] .swatch`);
    return found ? found.textContent : "";
  }

  /** What a node is called on the map: its mark first, so that nothing is said by colour alone. */
  const called = (node, asked) => `${mark(asked, node[asked])} ${node.label}`;

  const nodeColour = (node, asked) => colour(`--m-${asked}-${node[asked]}`);

  /** The styles, for what is asked at the moment; where there are many links each is fainter. */
  function styles(asked, links) {
    const ink = colour("--ink"), panel = colour("--panel"), line = colour("--line"), mute = colour("--mute");
    const accent = colour("--accent"), bg = colour("--bg");
    return [
      {selector: "node", style: {
        shape: "round-rectangle", ...SIZE, "background-color": panel, "border-width": 2.5, color: ink,
        "border-color": one => nodeColour(one.data(), asked), label: one => called(one.data(), asked),
        "font-family": FONT, "font-size": 15, "text-valign": "center", "text-halign": "center",
        "text-wrap": "wrap", "text-max-width": SIZE.width - 14, "min-zoomed-font-size": 4,
      }},
      {selector: ":parent", style: {
        "background-color": bg, "border-color": line, "border-width": 1, "text-valign": "top", "text-margin-y": -5,
        label: "data(label)", "font-weight": 600, "font-size": 18, color: mute, padding: 14, "min-zoomed-font-size": 3, "text-max-width": 600,
      }},
      {selector: "edge", style: {
        width: 1.4, "line-color": mute, opacity: links > MANY ? .25 : .55, "target-arrow-color": mute, "source-arrow-color": mute,
        "target-arrow-shape": "triangle", "arrow-scale": .8, "curve-style": "straight",
      }},
      {selector: "edge.routed", style: {
        "curve-style": "segments", "segment-distances": "data(distances)", "segment-weights": "data(weights)",
        "source-endpoint": "data(start)", "target-endpoint": "data(end)", "edge-distances": "endpoints",
      }},
      {selector: "edge[?both]", style: {"source-arrow-shape": "triangle"}},
      {selector: "edge[?bare]", style: {"line-style": "dashed"}},
      {selector: ".beside", style: {opacity: .3}},
      {selector: "edge.near", style: {opacity: 1, width: 2.2, "line-color": accent, "target-arrow-color": accent, "source-arrow-color": accent}},
      {selector: "node.chosen", style: {"border-width": 4, "background-color": colour("--soft")}},
    ];
  }

  const escaped = text => text.replace(/[&<>"]/g, one => `&#${one.charCodeAt(0)};`);

  /** A label in lines that fit, as many as two. */
  function lines(text) {
    const most = Math.floor((SIZE.width - 14) / 8), found = [""];
    for (const word of text.split(" ")) {
      const last = found[found.length - 1];
      if (last && last.length + word.length + 1 > most) found.push(word);
      else found[found.length - 1] = last ? `${last} ${word}` : word;
    }
    return found.slice(0, 3);
  }

  function svgNode(one, asked) {
    const box = one.boundingBox({includeLabels: false, includeOverlays: false, includeEdges: false}), data = one.data(), centre = one.position();
    if (one.isParent()) {
      return `<rect x="${box.x1}" y="${box.y1}" width="${box.w}" height="${box.h}" rx="8" fill="${colour("--bg")}" stroke="${colour("--line")}"/>` +
        `<text x="${centre.x}" y="${box.y1 - 6}" font-weight="600" font-size="18" fill="${colour("--mute")}">${escaped(data.label)}</text>`;
    }
    const said = lines(called(data, asked)), top = centre.y + 5 - (said.length - 1) * 8.5;
    const text = said.map((line, place) => `<text x="${centre.x}" y="${top + place * 17}" fill="${colour("--ink")}">${escaped(line)}</text>`);
    const {width, height} = SIZE;
    return `<rect x="${centre.x - width / 2}" y="${centre.y - height / 2}" width="${width}" height="${height}" rx="7" fill="${colour("--panel")}" ` +
      `stroke="${nodeColour(data, asked)}" stroke-width="2"/>${text.join("")}`;
  }

  function svgEdge(one) {
    const data = one.data(), points = data.points || [one.sourceEndpoint(), one.targetEndpoint()];
    const ends = `marker-end="url(#arrow)"${data.both ? ' marker-start="url(#arrow)"' : ""}`;
    const path = points.map(point => `${point.x},${point.y}`).join(" ");
    return `<polyline points="${path}" fill="none" stroke="${colour("--mute")}" stroke-opacity=".6" stroke-width="1.4" ` +
      `${data.bare ? 'stroke-dasharray="6 4" ' : ""}${ends}/>`;
  }

  /** The whole map as a file of SVG, with its legend. */
  function svg(cy, asked) {
    const box = cy.elements().boundingBox({includeOverlays: false}), legend = [...document.querySelectorAll(`[data-legend="${asked}"] li`)];
    const key = legend.map((one, place) => `<text x="${box.x1 + 10 + (place % 4) * 260}" y="${box.y2 + 40 + Math.floor(place / 4) * 20}" ` +
      `text-anchor="start" fill="${colour("--ink")}"><tspan fill="${colour(`--m-${asked}-${one.dataset.value}`)}">${one.children[0].textContent}</tspan> ${escaped(one.textContent.trim().slice(1).trim())}</text>`);
    const height = box.h + 60 + Math.ceil(legend.length / 4) * 20, width = Math.max(box.w, 1060);
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box.x1 - 20} ${box.y1 - 20} ${width + 40} ${height + 20}" width="${width + 40}" height="${height + 20}" ` +
      `font-family='${FONT}' font-size="15" text-anchor="middle"><defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">` +
      `<path d="M0 0 8 4 0 8z" fill="${colour("--mute")}"/></marker></defs><rect x="${box.x1 - 20}" y="${box.y1 - 20}" width="100%" height="100%" fill="${colour("--panel")}"/>` +
      `${cy.nodes(":parent").map(one => svgNode(one, asked)).join("")}${cy.edges().map(svgEdge).join("")}` +
      `${cy.nodes(":childless").map(one => svgNode(one, asked)).join("")}${key.join("")}</svg>`;
  }

  return {SIZE, styles, svg, colour};
})();

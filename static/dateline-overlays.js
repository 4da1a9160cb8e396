/* A viewer's own layers, beneath the events: quiet lines, areas and points without colour, told apart by their dashes. The
   page names them by keys; their shapes, which are numbers only, are fetched once. */
(function (dateline) {
  "use strict";
  const ADDRESS = "../../dateline/overlay"; // beside the page, under any base path
  const LEVEL = 157; // above land and tiles, below shaded areas and marks
  const PANE = "overlays";
  const DASHES = [null, "7 4", "1.5 4", "8 3 1.5 3"];
  const TURNS = [-360, 360]; // degrees: the world stands again beyond 180

  class Overlays {
    /* onDrawn: called when shapes came in. */
    constructor(map, onDrawn) {
      Object.assign(this, { map, onDrawn, held: new Map(), wanted: [], theme: null });
      map.createPane(PANE).style.zIndex = LEVEL;
      this.renderer = L.canvas({ pane: PANE, padding: 0.3 });
      map.on("moveend", () => this.addTurns());
    }

    /* Draw the layers of these [key, style] and no others. */
    take(wanted, theme) {
      const keys = new Set(wanted.map(([key]) => key));
      for (const [key, layer] of this.held) if (!keys.has(key)) this.drop(key, layer);
      const fresh = this.theme && this.theme.name !== theme.name;
      Object.assign(this, { wanted, theme });
      for (const [key, style] of wanted) this.hold(key, style);
      if (fresh) for (const layer of this.held.values()) layer.group.eachLayer((part) => part.setStyle(this.look(part.kind, layer.style)));
    }

    drop(key, layer) {
      layer.group.remove();
      this.held.delete(key);
    }

    hold(key, style) {
      if (this.held.has(key)) return;
      const layer = { style, group: L.layerGroup().addTo(this.map), shapes: null, turns: new Set() };
      this.held.set(key, layer);
      fetch(`${ADDRESS}?${new URLSearchParams({ key })}`, { cache: "no-store" })
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
        .then((shapes) => {
          if (this.held.get(key) !== layer) return; // taken away meanwhile
          layer.shapes = shapes;
          this.draw(layer, 0);
          this.addTurns();
          this.onDrawn();
        })
        .catch(() => { if (this.held.get(key) === layer) this.held.delete(key); }); // asked again in the next run
    }

    /* What is in sight beyond 180 degrees, made when it first comes into sight. */
    addTurns() {
      const bounds = this.map.getBounds();
      const [west, east] = [bounds.getWest() < -180, bounds.getEast() > 180];
      for (const layer of this.held.values()) {
        if (west) this.draw(layer, TURNS[0]);
        if (east) this.draw(layer, TURNS[1]);
      }
    }

    draw(layer, turn) {
      if (!layer.shapes || layer.turns.has(turn)) return;
      layer.turns.add(turn);
      const { areas, lines, points } = layer.shapes;
      const turned = (row) => row.map(([lon, lat]) => [lat, lon + turn]);
      const add = (kind, made) => { made.kind = kind; layer.group.addLayer(made); };
      for (const rings of areas) add("area", L.polygon(rings.map(turned), this.look("area", layer.style)));
      for (const row of lines) add("line", L.polyline(turned(row), this.look("line", layer.style)));
      for (const spot of turned(points)) add("point", L.circleMarker(spot, this.look("point", layer.style)));
    }

    look(kind, style) {
      const { soft, panel } = this.theme;
      const own = { pane: PANE, renderer: this.renderer, interactive: false, color: soft, weight: 1.6, opacity: 0.95 };
      if (kind === "point") return { ...own, radius: 3.2, fill: true, fillColor: panel, fillOpacity: 1 };
      const line = { ...own, dashArray: DASHES[style % DASHES.length], lineCap: style ? "butt" : "round" };
      return kind === "area" ? { ...line, fill: true, fillColor: soft, fillOpacity: 0.1 } : { ...line, fill: false };
    }

    /* How many shapes are drawn, for the tests. */
    painted() {
      const parts = [...this.held.values()].filter(({ shapes }) => shapes).map(({ shapes }) => shapes);
      const sum = (kind) => parts.reduce((total, shapes) => total + shapes[kind].length, 0);
      return { points: sum("points"), lines: sum("lines"), areas: sum("areas") };
    }
  }

  dateline.Overlays = Overlays;
})((window.dateline = window.dateline || {}));

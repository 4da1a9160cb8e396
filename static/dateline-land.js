/* Land, coasts, borders and the graticule. The same land is drawn twice: below with a broad coast line, of which only the
   outer half shows, and above it with thin borders; so the coast is blue and the borders are not. East and west of 180
   degrees the land stands again. */
(function (dateline) {
  "use strict";
  const FAR = 3; // zoom below which lines are thinner, or islands turn to noise
  const SOUTH = "AQ"; // drawn only when something happened there: else its edge looks like a mistake

  class Land {
    /* onTurn is called when the land is drawn once more beyond 180 degrees. */
    constructor(map, onTurn) {
      Object.assign(this, { map, onTurn, collection: null, theme: null, layers: [], turns: new Set([0]), south: false, gone: false });
      map.on("moveend", () => this.addTurns());
      map.on("zoomend", () => { if (this.wasFar !== this.isFar()) this.restyle(); });
    }

    /* Draw a GeoJSON collection of countries. */
    add(collection) {
      this.collection = collection;
      const undersea = { pane: "undersea", renderer: dateline.renderers.undersea, interactive: false };
      this.graticule = L.polyline(graticule(), { ...undersea, weight: 0.7 }).addTo(this.map);
      this.layers = ["coast", "land"].map(() => L.featureGroup().addTo(this.map));
      this.addFeatures((iso) => iso !== SOUTH || this.south, 0);
      this.addTurns();
      this.restyle();
    }

    /* Whether it is still to come. */
    isAwaited() { return !this.collection && !this.gone; }

    /* It can't be had: grounds are drawn with the outlines that they have. */
    doWithout() { this.gone = true; }

    /* Take over the colours of a theme. */
    take(theme) {
      if (this.theme && this.theme.name === theme.name) return;
      this.theme = theme;
      this.restyle();
    }

    showSouth() {
      if (this.south) return;
      this.south = true;
      if (this.collection) for (const turn of this.turns) this.addFeatures((iso) => iso === SOUTH, turn);
      this.restyle();
    }

    /* The land beyond 180 degrees, made only when it first comes into sight. */
    addTurns() {
      if (!this.collection) return;
      const bounds = this.map.getBounds();
      for (const [turn, wanted] of [[-360, bounds.getWest() < -170], [360, bounds.getEast() > 180]]) {
        if (!wanted || this.turns.has(turn)) continue;
        this.turns.add(turn);
        this.addFeatures((iso) => iso !== SOUTH || this.south, turn);
        this.onTurn();
      }
    }

    addFeatures(isWanted, turn) {
      const features = this.collection.features.filter((feature) => isWanted(feature.properties.iso));
      for (const [layer, pane] of [[this.layers[0], "coast"], [this.layers[1], "land"]]) {
        const look = { pane, renderer: dateline.renderers[pane], ...this.style(pane) };
        for (const feature of features) layer.addLayer(dateline.outline(feature, turn, look));
      }
    }

    style(pane) {
      if (!this.theme) return { stroke: false, fill: false };
      if (pane === "coast") return { stroke: true, color: this.theme.coast, weight: this.isFar() ? 1.5 : 2.6, fill: false };
      const weight = this.isFar() ? 0.5 : 0.8;
      return { stroke: true, color: this.theme.border, weight, fill: true, fillColor: this.theme.land, fillOpacity: 1 };
    }

    isFar() {
      return this.map.getZoom() < FAR;
    }

    restyle() {
      if (!this.theme || !this.layers.length) return;
      this.wasFar = this.isFar();
      this.layers[0].setStyle(this.style("coast"));
      this.layers[1].setStyle(this.style("land"));
      this.graticule.setStyle({ color: this.theme.graticule });
    }
  }

  function graticule() {
    const lines = [];
    for (let lon = -540; lon <= 540; lon += 30) lines.push([[-85, lon], [85, lon]]);
    for (let lat = -60; lat <= 60; lat += 30) lines.push([[lat, -540], [lat, 540]]);
    return lines;
  }

  dateline.Land = Land;
})((window.dateline = window.dateline || {}));

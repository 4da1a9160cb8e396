/* Drawing a part of the world: a box or a circle is pulled open, a polygon is set corner by corner. The outline goes to the
   page as text and comes back with its next run as a choice. */
(function (dateline) {
  "use strict";
  const KINDS = [["box", "▭", "Draw a box"], ["circle", "◯", "Draw a circle"], ["polygon", "⬠", "Draw a polygon"]];
  const NEAR = 12; // px: a click so near to the first corner closes the polygon
  const LEAST = 6; // px: what is smaller was no drawing
  const MOST_CORNERS = 60;
  const KM = 1000;

  class Draw {
    /* onDrawn: called with the text of an area. */
    constructor(map, onDrawn) {
      Object.assign(this, { map, onDrawn, kind: null, corners: [], shape: null, kept: null, text: "" });
      map.addControl(new (L.Control.extend({ onAdd: () => this.bar() }))({ position: "topright" }));
      map.on("mousedown", (event) => this.press(event));
      map.on("mousemove", (event) => this.pull(event));
      map.on("mouseup", (event) => this.release(event));
      map.on("click", (event) => this.corner(event));
      map.on("dblclick", () => this.close());
      document.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.stop();
        if (event.key === "Enter" && this.kind === "polygon" && this.corners.length) this.close();
      });
    }

    isOn() { return this.kind !== null; }

    bar() {
      const bar = L.DomUtil.create("div", "leaflet-bar draw");
      L.DomEvent.disableClickPropagation(bar);
      this.buttons = KINDS.map(([kind, sign, title]) => {
        const button = L.DomUtil.create("a", "", bar);
        Object.assign(button, { href: "#", title, textContent: sign });
        button.setAttribute("role", "button");
        button.setAttribute("aria-label", title);
        button.setAttribute("aria-pressed", "false");
        L.DomEvent.on(button, "click", (event) => { L.DomEvent.stop(event); this.toggle(kind); });
        return [kind, button];
      });
      return bar;
    }

    toggle(kind) {
      const again = this.kind === kind;
      this.stop();
      if (!again) this.begin(kind);
    }

    begin(kind) {
      this.kind = kind;
      this.map.dragging.disable();
      this.map.doubleClickZoom.disable();
      this.map.getContainer().classList.add("drawing");
      this.mark();
    }

    stop() {
      if (!this.isOn()) return;
      Object.assign(this, { kind: null, corners: [] });
      if (this.shape) this.shape.remove();
      this.shape = null;
      this.map.dragging.enable();
      this.map.doubleClickZoom.enable();
      this.map.getContainer().classList.remove("drawing");
      this.mark();
    }

    mark() {
      for (const [kind, button] of this.buttons) button.setAttribute("aria-pressed", String(kind === this.kind));
    }

    press({ latlng }) {
      if (this.kind === "box" || this.kind === "circle") this.corners = [latlng];
    }

    pull({ latlng }) {
      if (!this.corners.length) return;
      if (this.kind === "box") this.sketch(L.polygon(boxOf(this.corners[0], latlng), this.look()));
      else if (this.kind === "circle") this.sketch(L.circle(this.corners[0], { ...this.look(), radius: this.radius(latlng) }));
      else this.sketch(L.polygon([...this.corners, latlng], this.look()));
    }

    release({ latlng, containerPoint }) {
      if (!this.corners.length || this.kind === "polygon") return;
      const [first] = this.corners;
      const far = this.map.latLngToContainerPoint(first).distanceTo(containerPoint) >= LEAST;
      const text = this.kind === "box" ? textOf(boxOf(first, latlng)) : circleText(first, this.radius(latlng));
      this.finish(far ? text : "");
    }

    corner({ latlng, containerPoint }) {
      if (this.kind !== "polygon") return;
      const first = this.corners.length && this.map.latLngToContainerPoint(this.corners[0]);
      if (this.corners.length > 2 && first.distanceTo(containerPoint) < NEAR) { this.close(); return; }
      if (this.corners.length < MOST_CORNERS) this.corners.push(latlng);
    }

    close() {
      if (this.kind !== "polygon") return;
      const corners = this.corners.filter((spot, index) => !index || !spot.equals(this.corners[index - 1], 1e-6));
      this.finish(corners.length > 2 ? textOf(corners) : "");
    }

    finish(text) {
      setTimeout(() => this.stop(), 0); // the click that ends a drawing is no click on a mark
      if (text) { this.keep(text); this.onDrawn(text); }
    }

    /* Choose a circle that nobody drew. */
    choose(middle, metres) {
      this.finish(circleText(middle, metres));
    }

    radius(latlng) {
      return Math.max(1, this.map.distance(this.corners[0], latlng));
    }

    sketch(shape) {
      if (this.shape) this.shape.remove();
      this.shape = shape.addTo(this.map);
    }

    look() {
      return { pane: "areas", renderer: dateline.renderers.areas, interactive: false, color: this.theme.ink, weight: 1.6,
               dashArray: "6 4", fill: true, fillColor: this.theme.ink, fillOpacity: 0.05 };
    }

    /* Draw the area that is chosen, "" for none. */
    keep(text, theme = this.theme) {
      if (text === this.text && this.theme && theme.name === this.theme.name) return;
      Object.assign(this, { text, theme });
      if (this.kept) this.kept.remove();
      this.kept = text ? this.shapeOf(text).addTo(this.map) : null;
    }

    shapeOf(text) {
      const rows = text.split(";").map((corner) => corner.split(",").map(Number));
      if (rows.length > 1) return L.polygon(rows.map(([lon, lat]) => [lat, lon]), this.look());
      const [[lon, lat, km]] = rows;
      return L.circle([lat, lon], { ...this.look(), radius: km * KM });
    }

    /* The bounds of the chosen area, null where there is none. */
    bounds() {
      return this.kept ? this.kept.getBounds() : null;
    }
  }

  function boxOf(one, other) {
    return [one, L.latLng(one.lat, other.lng), other, L.latLng(other.lat, one.lng)];
  }

  function textOf(corners) {
    return corners.map(({ lng, lat }) => `${rounded(lng)},${rounded(lat)}`).join(";");
  }

  function circleText({ lng, lat }, metres) {
    return `${rounded(lng)},${rounded(lat)},${Number((metres / KM).toPrecision(3))}`;
  }

  function rounded(degrees) {
    return Number(degrees.toFixed(3));
  }

  dateline.Draw = Draw;
})((window.dateline = window.dateline || {}));

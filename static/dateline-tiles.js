/* OpenStreetMap's tiles over the land, for a reader who asked for them: their server learns what part of the map is
   looked at. Land, grounds and marks stay as they are, so that a map without its tiles is the map as it always is. */
(function (dateline) {
  "use strict";
  const ADDRESS = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";
  const CREDIT = '© <a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noopener noreferrer">' +
    "OpenStreetMap</a> contributors";
  const UNREACHED = "Tiles can't be reached";
  const LEVEL = 155; // above the land, below the shaded areas
  const PANE = "tiles";

  class Tiles {
    /* onChange is called when the tiles begin or cease to cover the land. */
    constructor(map, onChange) {
      Object.assign(this, { map, onChange, layer: null, reached: false, failed: false });
      this.pane = map.createPane(PANE);
      this.pane.style.zIndex = LEVEL;
      this.pane.style.pointerEvents = "none";
    }

    /* Lay the tiles over the land or take them away, as a run says. */
    take(wanted, theme) {
      this.pane.classList.toggle("dark", theme.name === "dark");
      if (wanted && !this.layer) this.add();
      else if (!wanted && this.layer) this.remove();
    }

    /* Whether tiles stand over the land in sight, with names of their own. */
    cover() {
      return this.reached && !this.failed;
    }

    /* Of our address the server gets the host, which it asks for, and never the choices that stand in it. */
    add() {
      this.layer = L.tileLayer(ADDRESS, {
        pane: PANE, attribution: CREDIT, maxNativeZoom: 19, referrerPolicy: "strict-origin",
      });
      let missing = false; // in this batch
      this.layer.on("loading", () => { missing = false; });
      this.layer.on("tileload", () => this.note(true, this.failed));
      this.layer.on("tileerror", () => { missing = true; this.note(this.reached, true); });
      this.layer.on("load", () => this.note(this.reached, missing));
      this.layer.addTo(this.map);
    }

    remove() {
      this.layer.off().remove();
      this.layer = null;
      this.note(false, false);
    }

    note(reached, failed) {
      if (reached === this.reached && failed === this.failed) return;
      const credits = this.map.attributionControl;
      if (failed && !this.failed) credits.addAttribution(UNREACHED);
      if (!failed && this.failed) credits.removeAttribution(UNREACHED);
      Object.assign(this, { reached, failed });
      this.onChange();
    }
  }

  dateline.Tiles = Tiles;
})((window.dateline = window.dateline || {}));

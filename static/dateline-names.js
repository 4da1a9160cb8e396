/* Which names stand on the map and where: event places first, then countries, seas and towns. Greedy: a name takes the
   first place that is free, and one that does not fit is left out. Boxes are [west, north, east, south] in pixels. */
(function (dateline) {
  "use strict";
  const { SERIF, disc, strokeText } = dateline.marks;
  const TRACKING = 1.3; // px between the capitals of countries
  const TOWN_ZOOMS = [[3.6, Infinity], [4.4, 3.5e6], [5, 1.2e6], [5.8, 5e5], [6.8, 1.5e5], [8, 5e4], [Infinity, 1.5e4]];
  const CAPITAL_ZOOM = 4.2;
  const APART = 0.5; // of the map's width, between two spots at which one sea's name is written

  class Names {
    constructor(canvas, size, theme) {
      Object.assign(this, { canvas, size, theme, taken: [], names: [], dots: [] });
    }

    take(box) { this.taken.push(box); }

    clashes(box) {
      return this.taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
    }

    outside(box) {
      return box[0] < 2 || box[1] < 2 || box[2] > this.size.x - 2 || box[3] > this.size.y - 2;
    }

    /* Place a name, if it fits. align: on which side of x it stands. Returns whether it fits. */
    place(text, x, y, { font, colour, align = "center", tracking = 0, halo = false }) {
      const width = this.widthOf(text, font, tracking);
      const west = align === "center" ? x - width / 2 : align === "right" ? x - width : x;
      const box = [west - 3, y - 8, west + width + 3, y + 8];
      if (this.outside(box) || this.clashes(box)) return false;
      this.take(box);
      this.names.push({ text, x: west, y, font, colour, tracking, halo });
      return true;
    }

    widthOf(text, font, tracking = 0) {
      this.canvas.font = font;
      this.canvas.letterSpacing = `${tracking}px`;
      const width = this.canvas.measureText(text).width - tracking;
      this.canvas.letterSpacing = "0px";
      return width;
    }

    draw() {
      const { canvas, theme } = this;
      for (const spot of this.dots) {
        disc(canvas, spot.x, spot.y, 1.7);
        canvas.fillStyle = theme.town_names;
        canvas.fill();
      }
      canvas.textAlign = "left";
      canvas.textBaseline = "middle";
      for (const name of this.names) {
        canvas.font = name.font;
        canvas.letterSpacing = `${name.tracking}px`;
        if (name.halo) strokeText(canvas, name.text, name.x, name.y, 3, theme.halo);
        canvas.fillStyle = name.colour;
        canvas.fillText(name.text, name.x, name.y);
      }
      canvas.letterSpacing = "0px";
    }
  }

  /* The name of an event's place: beside its marks, else beside the foot of their stem, below or above. */
  function placeRow(names, row) {
    const font = row.isPoint ? `${row.isOpen ? 700 : 600} ${row.isOpen ? 15 : 14}px ${SERIF}`
                             : `italic 400 ${row.isOpen ? 15.5 : 14.5}px ${SERIF}`;
    const look = { font, colour: names.theme.ink, halo: true };
    const beside = row.width / 2 + 6;
    const over = row.isOpen ? 35 : 25;
    const spots = {
      right: [row.x + beside, row.head, "left"], left: [row.x - beside, row.head, "right"],
      below: row.isPoint ? [row.foot.x, row.foot.y + 17, "center"] : [row.x, row.head + over, "center"],
      above: [row.x, row.head - over, "center"],
      rightOfFoot: [row.foot.x + 11, row.foot.y, "left"], leftOfFoot: [row.foot.x - 11, row.foot.y, "right"],
    };
    const order = row.precision === "line" ? ["below", "right", "left", "above"] : ["right", "left", "below", "above"];
    if (row.isPoint) order.splice(2, 0, "rightOfFoot", "leftOfFoot");
    return order.map((where) => spots[where]).some(([x, y, align]) => names.place(row.name, x, y, { ...look, align }));
  }

  /* Countries in tracked capitals, each only where its own width has room for it. */
  function placeCountries(names, countries, view) {
    for (const [name, lat, lon, room, iso] of countries) {
      const spot = view.project(lat, lon);
      const width = room * view.pixelsPerDegree;
      if (width < 24 || !view.inSight(spot) || view.shaded.has(iso)) continue;
      const font = `400 ${width > 420 ? 12 : 10.5}px ${SERIF}`;
      const text = name.toUpperCase();
      if (names.widthOf(text, font, TRACKING) > width * 0.92) continue;
      names.place(text, spot.x, spot.y, { font, colour: names.theme.land_names, tracking: TRACKING });
    }
  }

  /* A great sea has a name at several spots: of those that lie near one another only one is written. */
  function placeSeas(names, seas, view) {
    const written = [];
    const font = `italic 400 ${view.zoom < 3 ? 12.5 : 13.5}px ${SERIF}`;
    for (const [name, lat, lon, room] of seas) {
      const spot = view.project(lat, lon);
      const width = room * view.pixelsPerDegree;
      if (width < 30 || lat < view.south || !view.inSight(spot) || view.named.has(name)) continue;
      if (names.widthOf(name, font) > width * (view.zoom < 3 ? 0.75 : 1.1)) continue;
      if (written.some(([other, x, y]) => other === name && Math.hypot(x - spot.x, y - spot.y) < names.size.x * APART)) continue;
      if (names.place(name, spot.x, spot.y, { font, colour: names.theme.sea_names })) written.push([name, spot.x, spot.y]);
    }
  }

  /* Towns by weight and zoom, to the right of their dots. */
  function placeTowns(names, towns, view) {
    const least = TOWN_ZOOMS.find(([zoom]) => view.zoom < zoom)[1];
    const look = { font: `400 12.5px ${SERIF}`, colour: names.theme.town_names, align: "left", halo: true };
    for (const [name, lat, lon, weight, isCapital] of towns) {
      if (weight < least && !(isCapital && view.zoom >= CAPITAL_ZOOM)) continue;
      const spot = view.project(lat, lon);
      if (!view.inSight(spot) || view.named.has(name)) continue;
      if (names.clashes([spot.x - 3, spot.y - 3, spot.x + 3, spot.y + 3])) continue;
      if (!names.place(name, spot.x + 5, spot.y, look)) continue;
      names.dots.push(spot);
      names.take(around(spot.x, spot.y, 6, 4));
    }
  }

  /* All names of a view. Rows, rings and the corners' boxes are taken before any name is placed. Online tiles bring the
     names of countries and towns, but none of seas. */
  function placeAll(names, { rows, rings, fan }, boxes, gazetteer, view) {
    for (const box of boxes) names.take(box);
    for (const ring of rings) names.take(around(ring.x, ring.y, ring.radius + 3, ring.radius + 3));
    if (fan) names.take(around(fan.x, fan.y, fan.reach + 20, fan.reach + 20));
    for (const row of rows) {
      names.take(around(row.x, row.head, row.width / 2 + (row.isOpen ? 4 : 2), row.isOpen ? 24 : 15));
      if (row.isPoint) names.take(around(row.foot.x, row.foot.y, 6, 7));
    }
    const ordered = [...rows].sort((a, b) => b.isOpen - a.isOpen);
    for (const row of ordered) if (row.name) placeRow(names, row);
    if (view.plates) view.plates();
    if (!gazetteer) return;
    if (!view.tiled) placeCountries(names, gazetteer.countries, view);
    placeSeas(names, gazetteer.seas, view);
    if (!view.tiled) placeTowns(names, gazetteer.towns, view);
  }

  function around(x, y, across, up) {
    return [x - across, y - up, x + across, y + up];
  }

  dateline.names = { Names, placeAll };
})((window.dateline = window.dateline || {}));

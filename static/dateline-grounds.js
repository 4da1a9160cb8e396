/* The ground of an event that is no point: a country shaded, a sea below the land so that the true coast cuts it out, a
   line along its course, a district as the part of a circle of its radius that lies in its country. The style says how
   the event is told, as the marks do: tint for fact, dashes for what lies ahead, hatching for claims. */
(function (dateline) {
  "use strict";
  const CLAIMS = new Set(["alleged", "denied"]);
  const AHEAD = new Set(["planned", "cancelled"]);
  const FACTS = ["ongoing", "occurred", "planned", "alleged", "denied", "cancelled"]; // whose style a shared ground has
  const CIRCLES = new Set(["district", "province", "region", "sea"]);
  const inland = new WeakMap(); // by geometry
  const boxes = new WeakMap(); // by ring
  const SEA_MARGIN_KM = 30; // outlines of seas are drawn by hand: so far they may end before the coast

  /* Draw the ground of every place that has one, each ground once. land: what the base map has drawn. Returns how many
     of each kind there are, the countries that are shaded, and the layers of seas with their latitudes. */
  function drawGrounds(group, places, given, land) {
    const drawn = { painted: { areas: 0, seas: 0, lines: 0, circles: 0 }, shaded: new Set(), waters: [] };
    for (const marks of grounded(places)) {
      const mark = speaker(marks, given.selected);
      const kind = drawGround(group, mark, given, land, drawn);
      if (kind) drawn.painted[kind] += 1;
    }
    return drawn;
  }

  /* The marks of all places, parted by what their ground is. */
  function grounded(places) {
    const grounds = new Map();
    for (const place of places) {
      const mark = place.marks[0];
      if (mark.precision === "exact" || mark.precision === "city") continue;
      const own = mark.ground === null ? place.key : `ground ${mark.ground}`;
      const key = mark.members.length ? mark.members.join(" ") : own;
      grounds.set(key, (grounds.get(key) || []).concat(place.marks));
    }
    return grounds.values();
  }

  function drawGround(group, mark, given, land, drawn) {
    const { theme } = given;
    const isOpen = mark.id === given.selected;
    const geometry = mark.ground === null ? null : given.geometries[mark.ground];
    const style = groundStyle(mark, isOpen, theme);
    if (mark.members.length && drawCountries(group, mark.members, land, style)) {
      for (const iso of mark.members) drawn.shaded.add(iso);
      return "areas";
    }
    if (geometry && mark.precision === "line") {
      drawLine(group, geometry, mark, isOpen, theme, land);
      return "lines";
    }
    if (geometry && geometry.type.endsWith("Polygon")) {
      if (mark.precision === "district" || mark.precision === "province") {
        drawArea(group, geometry, circleStyle(style), land);
        return "circles";
      }
      const isSea = mark.precision === "sea";
      const isWater = isSea && !isInland(geometry, land.collection);
      const layers = drawArea(group, geometry, isWater ? waterStyle(mark, isOpen, theme) : style, land);
      if (isWater) drawn.waters.push(...layers.map((layer) => ({ layer, lat: mark.lat })));
      return isSea ? "seas" : "areas";
    }
    if (mark.radius > 0 && CIRCLES.has(mark.precision)) {
      drawCircle(group, mark, style, land);
      return "circles";
    }
    return null;
  }

  /* Seas keep their margin in kilometres at every zoom. */
  function fitWaters(waters, zoom) {
    for (const { layer, lat } of waters) {
      const kmPerPixel = (156.543 * Math.cos((lat * Math.PI) / 180)) / 2 ** zoom;
      layer.setStyle({ weight: (2 * SEA_MARGIN_KM) / kmPerPixel });
    }
  }

  /* Of several events on one ground: the open one, else the one that is told most firmly. */
  function speaker(marks, openId) {
    return marks.find((mark) => mark.id === openId) ||
      marks.reduce((best, mark) => (FACTS.indexOf(mark.status) < FACTS.indexOf(best.status) ? mark : best));
  }

  function groundStyle(mark, isOpen, theme) {
    const colour = theme.families[mark.family];
    const claim = CLAIMS.has(mark.status);
    const opacity = (AHEAD.has(mark.status) ? 0.07 : isOpen ? 0.24 : mark.strength ? 0.1 : 0.17) * (mark.strength || 1);
    return {
      pane: "areas", renderer: dateline.renderers.areas, interactive: false, color: colour,
      weight: mark.strength ? 0.6 : isOpen ? 2.4 : 1.3,
      dashArray: AHEAD.has(mark.status) ? "5 4" : null, fill: true,
      fillColor: claim ? hatching(colour, mark.status === "denied") : colour, fillOpacity: claim ? 1 : opacity,
    };
  }

  /* A sea is opaque, in the tint's mixture with water, and so may be stroked as broadly as its outline is unsure; the
     land above cuts off what is too much. */
  function waterStyle(mark, isOpen, theme) {
    const colour = theme.families[mark.family];
    const strength = (AHEAD.has(mark.status) ? 0.08 : isOpen ? 0.26 : 0.2) * (mark.strength || 1);
    const paint = CLAIMS.has(mark.status)
      ? hatching(colour, mark.status === "denied", theme.sea) : mixed(theme.sea, colour, strength);
    return {
      pane: "undersea", renderer: dateline.renderers.undersea, interactive: false, fill: true, fillColor: paint,
      fillOpacity: 1, color: paint, weight: 1, lineJoin: "round",
    };
  }

  /* A share of one colour "#RRGGBB" in another. */
  function mixed(ground, colour, share) {
    const channel = (text, at) => parseInt(text.slice(at, at + 2), 16);
    const parts = [1, 3, 5].map((at) => Math.round(channel(ground, at) * (1 - share) + channel(colour, at) * share));
    return `rgb(${parts.join(",")})`;
  }

  function hatching(colour, crossed, ground = null) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const canvas = tile.getContext("2d");
    if (ground) { canvas.fillStyle = ground; canvas.fillRect(0, 0, 8, 8); }
    canvas.strokeStyle = colour;
    canvas.globalAlpha = 0.42;
    canvas.lineWidth = 1.3;
    canvas.beginPath();
    for (const shift of [-8, 0, 8]) {
      canvas.moveTo(shift, 8);
      canvas.lineTo(shift + 8, 0);
      if (crossed) { canvas.moveTo(shift, 0); canvas.lineTo(shift + 8, 8); }
    }
    canvas.stroke();
    return canvas.createPattern(tile, "repeat");
  }

  function drawCountries(group, members, land, style) {
    const all = land.collection ? land.collection.features : [];
    const features = all.filter((feature) => members.includes(feature.properties.iso));
    for (const turn of features.length ? land.turns : []) {
      for (const feature of features) group.addLayer(dateline.outline(feature, turn, style));
    }
    return features.length > 0;
  }

  /* Rings and lines as Leaflet wants them, (lat, lon), running on across 180 degrees instead of jumping. */
  function unwrapped(line) {
    let turn = 0;
    return line.map(([lon, lat], index) => {
      const step = index ? lon - line[index - 1][0] : 0;
      if (step > 180) turn -= 360;
      if (step < -180) turn += 360;
      return [lat, lon + turn];
    });
  }

  function linesOf(geometry) {
    if (geometry.type === "LineString") return [unwrapped(geometry.coordinates)];
    if (geometry.type === "MultiLineString" || geometry.type === "Polygon") return geometry.coordinates.map(unwrapped);
    return geometry.type === "MultiPolygon" ? geometry.coordinates.flatMap((rings) => rings.map(unwrapped)) : [];
  }

  /* Lines for each turn around the world that is in sight; what runs across 180 degrees once more on the other side. */
  function copiesOf(lines, land) {
    const lons = lines.flat().map(([, lon]) => lon);
    const turns = new Set(land.turns);
    if (Math.max(...lons) > 180) turns.add(-360);
    if (Math.min(...lons) < -180) turns.add(360);
    return [...turns].map((turn) => lines.map((line) => line.map(([lat, lon]) => [lat, lon + turn])));
  }

  function drawArea(group, geometry, style, land) {
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const layers = parts.flatMap((rings) => copiesOf(rings.map(unwrapped), land)).map((copy) => L.polygon(copy, style));
    for (const layer of layers) group.addLayer(layer);
    return layers;
  }

  /* A line told as fact is one broad stroke, one that lies ahead is dashed, a claim is two edges with nothing between. */
  function drawLine(group, geometry, mark, isOpen, theme, land) {
    const wider = isOpen ? 1 : 0;
    const where = { pane: "areas", renderer: dateline.renderers.areas, interactive: false };
    const common = { ...where, lineCap: "butt", lineJoin: "round" };
    const colour = theme.families[mark.family];
    if (mark.strength) { // one of many: a thin line, so that they can be told apart
      for (const copy of copiesOf(linesOf(geometry), land)) {
        group.addLayer(L.polyline(copy, { ...common, color: colour, weight: 1.2 + 1.6 * mark.strength }));
      }
      return;
    }
    const strokes = [{ color: theme.panel, weight: 8 + 2 * wider }];
    if (AHEAD.has(mark.status)) strokes.push({ color: colour, weight: 3 + wider, dashArray: "7 5" });
    else strokes.push({ color: colour, weight: 5 + 2 * wider });
    if (CLAIMS.has(mark.status)) strokes.push({ color: theme.panel, weight: 2.4 + wider });
    for (const copy of copiesOf(linesOf(geometry), land)) {
      for (const stroke of strokes) group.addLayer(L.polyline(copy, { ...common, ...stroke }));
    }
  }

  function drawCircle(group, mark, style, land) {
    const turns = new Set(land.turns);
    if (Math.abs(mark.lon) > 150) turns.add(mark.lon > 0 ? -360 : 360);
    for (const turn of turns) {
      group.addLayer(L.circle([mark.lat, mark.lon + turn], { ...circleStyle(style), radius: mark.radius * 1000 }));
    }
  }

  /* Dotted: so far the place reaches, and this is not its border. */
  function circleStyle(style) {
    if (style.weight < 1) return { ...style, fill: false, opacity: 0.5, weight: 1, dashArray: "1 5" }; // one of many
    return { ...style, weight: style.weight === 1.3 ? 1.2 : 2, dashArray: "2 4" };
  }

  /* Whether an outline lies on the base map's land all around: lakes are not cut out of it. Asked once of each. */
  function isInland(geometry, collection) {
    if (!collection) return false;
    if (!inland.has(geometry)) {
      const points = linesOf(geometry).flat();
      const isLand = ([lat, lon]) => collection.features.some((feature) => covers(feature.geometry, lat, lon));
      inland.set(geometry, points.every(isLand));
    }
    return inland.get(geometry);
  }

  function covers(geometry, lat, lon) {
    return geometry.coordinates.some((rings) => rings.filter((ring) => encloses(ring, lat, lon)).length === 1);
  }

  /* The box around a ring, [west, south, east, north]: most points lie beyond most of them. */
  function boxAround(ring) {
    if (!boxes.has(ring)) {
      const box = [Infinity, Infinity, -Infinity, -Infinity];
      for (const [lon, lat] of ring) {
        box[0] = Math.min(box[0], lon);
        box[1] = Math.min(box[1], lat);
        box[2] = Math.max(box[2], lon);
        box[3] = Math.max(box[3], lat);
      }
      boxes.set(ring, box);
    }
    return boxes.get(ring);
  }

  function encloses(ring, lat, lon) {
    const [west, south, east, north] = boxAround(ring);
    if (lon < west || lon > east || lat < south || lat > north) return false;
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [x, y] = ring[i];
      const [before, below] = ring[j];
      if (y > lat !== below > lat && lon < ((before - x) * (lat - y)) / (below - y) + x) inside = !inside;
    }
    return inside;
  }

  /* The bounds of a mark's ground, or of the country around a point, as Leaflet's bounds. */
  function extentOf(mark, given, leastKm) {
    const geometry = mark.ground === null ? null : given.geometries[mark.ground];
    if (geometry && !geometry.type.endsWith("Point")) return L.latLngBounds(linesOf(geometry).flat());
    const km = Math.max(leastKm, mark.radius * 1.15);
    const up = km / 111.2;
    const across = Math.min(170, up / Math.max(0.15, Math.cos((mark.lat * Math.PI) / 180)));
    return L.latLngBounds([mark.lat - up, mark.lon - across], [mark.lat + up, mark.lon + across]);
  }

  /* Another colour and strength for what a mark's ground is drawn as. */
  function restyle(group, mark, theme) {
    const colour = theme.families[mark.family];
    const style = mark.precision === "sea" ? waterStyle(mark, false, theme) : groundStyle(mark, false, theme);
    const { color, fillColor, fillOpacity } = style;
    const wanted = mark.precision === "line" ? { color: colour } : { color, fillColor, fillOpacity };
    (function paint(layer) { if (layer.eachLayer) layer.eachLayer(paint); else layer.setStyle(wanted); })(group);
  }

  dateline.grounds = { drawGrounds, restyle, fitWaters, extentOf };
})((window.dateline = window.dateline || {}));

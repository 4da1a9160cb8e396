/* The outlines of countries, projected once for all zooms. Leaflet projects every point of a polygon anew at each zoom, which
   for the world's coasts takes half a second; here a country keeps its points in Mercator's square, thinned for each zoom,
   and only the rings in sight are drawn. Land and shaded countries share them. */
(function (dateline) {
  "use strict";
  const WORLD = 256; // pixels that the world is wide at zoom 0
  const MOST_NORTH = 85.0511287798; // degrees: where Mercator's square ends
  const THINNED = 0.75; // pixels: points that are nearer than this to the one before are left out
  const shapes = new WeakMap();

  /* A feature's rings in Mercator's square, from 0 to 1, with their boxes [west, north, east, south]. */
  function shapeOf(feature) {
    if (!shapes.has(feature)) shapes.set(feature, made(feature.geometry));
    return shapes.get(feature);
  }

  function made({ type, coordinates }) {
    const polygons = type === "Polygon" ? [coordinates] : coordinates;
    const rings = polygons.flat().map(ringOf);
    return { rings, box: joined(rings.map((ring) => ring.box)), parts: new Map() };
  }

  function ringOf(line) {
    const points = new Float64Array(2 * line.length);
    line.forEach(([lon, lat], at) => {
      points[2 * at] = (lon + 180) / 360;
      points[2 * at + 1] = mercatorY(lat);
    });
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let at = 0; at < points.length; at += 2) {
      box[0] = Math.min(box[0], points[at]);
      box[1] = Math.min(box[1], points[at + 1]);
      box[2] = Math.max(box[2], points[at]);
      box[3] = Math.max(box[3], points[at + 1]);
    }
    return { points, box, thinned: new Map() };
  }

  function mercatorY(lat) {
    const sine = Math.sin((Math.max(-MOST_NORTH, Math.min(MOST_NORTH, lat)) * Math.PI) / 180);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  }

  function joined(boxes) {
    return [0, 1, 2, 3].map((at) => Math[at < 2 ? "min" : "max"](...boxes.map((box) => box[at])));
  }

  /* A ring without the points that one can't tell apart at a zoom. Its first and last point stay. */
  function thinned(ring, zoom) {
    const level = Math.ceil(zoom);
    if (!ring.thinned.has(level)) ring.thinned.set(level, thin(ring.points, THINNED / (WORLD * 2 ** level)));
    return ring.thinned.get(level);
  }

  function thin(points, least) {
    const kept = [points[0], points[1]];
    let [x, y] = kept;
    const last = points.length - 2;
    for (let at = 2; at < last; at += 2) {
      if (Math.abs(points[at] - x) < least && Math.abs(points[at + 1] - y) < least) continue;
      [x, y] = [points[at], points[at + 1]];
      kept.push(x, y);
    }
    kept.push(points[last], points[last + 1]);
    return kept.length < points.length ? Float64Array.from(kept) : points;
  }

  /* One country on one turn around the world, as a layer of Leaflet's. */
  const Outline = L.Polygon.extend({
    initialize(feature, turn, options) {
      L.Polygon.prototype.initialize.call(this, [], { ...options, interactive: false });
      Object.assign(this, { shape: shapeOf(feature), turn: turn / 360 });
    },

    _project() {
      const [west, north, east, south] = this.shape.box;
      this._rawPxBounds = L.bounds(this.spot(west, north), this.spot(east, south));
      this._updateBounds();
    },

    _update() {
      if (!this._map) return;
      this._parts = this.partsIn(this._renderer._bounds);
      this._updatePath();
    },

    spot(x, y) {
      const wide = WORLD * 2 ** this._map.getZoom();
      return L.point((x + this.turn) * wide, y * wide)._subtract(this._map.getPixelOrigin());
    },

    /* The rings within bounds, in pixels. The layers of one country draw the same rings: they are worked out once. */
    partsIn({ min, max }) {
      const zoom = this._map.getZoom();
      const origin = this._map.getPixelOrigin();
      const where = [zoom, origin.x, origin.y, min.x, min.y, max.x, max.y].join(" ");
      const known = this.shape.parts.get(this.turn);
      if (known && known.where === where) return known.parts;
      const wide = WORLD * 2 ** zoom;
      const left = this.turn * wide - origin.x;
      const seen = ([west, north, east, south]) => west * wide + left < max.x && east * wide + left > min.x &&
        north * wide - origin.y < max.y && south * wide - origin.y > min.y;
      const parts = this.shape.rings.filter((ring) => seen(ring.box)).map((ring) => {
        const points = thinned(ring, zoom);
        const part = new Array(points.length / 2);
        for (let at = 0; at < part.length; at += 1) {
          part[at] = { x: points[2 * at] * wide + left, y: points[2 * at + 1] * wide - origin.y };
        }
        return part;
      });
      this.shape.parts.set(this.turn, { where, parts });
      return parts;
    },
  });

  dateline.outline = (feature, turn, options) => new Outline(feature, turn, options);
})((window.dateline = window.dateline || {}));

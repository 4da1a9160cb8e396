/* More events than can be drawn one by one: clusters that show the mix of families, countries and seas with their own
   counts, and single marks where few are in sight. The map asks the server for what lies in sight whenever it is moved, and
   gets numbers and ids; the words of single marks come with the page's next run. */
(function (dateline) {
  "use strict";
  const SIGHT = "../../dateline/sight";
  const GROUNDS = "../../dateline/grounds";
  const LEAST_RADIUS = 11;
  const MOST_RADIUS = 29;
  const OVERLAP = 0.86; // of two radii: clusters that are nearer than this become one
  const PLATE_HEIGHT = 21;
  const WAIT_FOR_WORDS = 350; // ms that the map must rest before words are asked for
  const MOST_LAYERS = 400; // grounds that are kept while out of sight
  const STRENGTHS = [{ share: 0.01, strength: 0.35 }, { share: 0.1, strength: 0.65 }, { share: 1, strength: 1 }];
  const BEYOND = 0.08; // of the window, asked for on each side: a line of words over the map makes it so much higher or lower
  const CLOSER = 2.2; // zoom levels that a click on a cluster brings one nearer

  class Crowd {
    /* onSeen: called when what is in sight has changed; onWords: when the words of marks are wanted from the page. */
    constructor(map, land, onSeen, onWords) {
      Object.assign(this, { map, land, onSeen, onWords, given: null, seen: null, known: new Map(), layers: new Map() });
      this.group = L.layerGroup().addTo(map);
      Object.assign(this, { asking: null, asked: null, ahead: null });
      map.on("moveend", () => this.arrive());
      map.on("zoomanim", ({ center, zoom }) => this.ask(this.portAt(center, zoom))); // before the flight is over
      map.on("movestart", () => clearTimeout(this.waiting));
    }

    /* What a run of the page says: a crowd, or null where all marks come with the run. It may be of where the map is about to
       look; `rest` is called when the map is there. */
    expect(given, theme) {
      const before = this.given;
      if (before && given && before.pass !== given.pass) this.known.clear();
      if (!this.theme || this.theme.name !== theme.name) this.forget();
      Object.assign(this, { given, theme, ahead: given });
      if (!given) { this.seen = null; this.forget(); return; }
      if (!before || before.turn !== given.turn) this.stale = true;
    }

    rest() {
      if (!this.given || this.seen === this.given) return;
      if (this.fits(this.given.port)) this.see(this.given);
      else if (!this.asked || !this.fits(this.asked)) this.ask();
    }

    /* Whether an answer holds all that the map looks at now. */
    fits(port) {
      return holds(port, portOf(this.map.getBounds(), this.map.getZoom()));
    }

    port() {
      return portOf(this.map.getBounds().pad(BEYOND), this.map.getZoom());
    }

    /* What will be in sight when an animated zoom has come to its end. */
    portAt(center, zoom, beyond = BEYOND) {
      const corner = this.map._getNewPixelOrigin(center, zoom).subtract(this.map._getMapPanePos());
      const [northWest, southEast] = [corner, corner.add(this.map.getSize())].map((spot) => this.map.unproject(spot, zoom));
      return portOf(L.latLngBounds(northWest, southEast).pad(beyond), zoom);
    }

    /* The map is about to look elsewhere: the server works while the land is drawn. */
    leave(center, zoom) {
      const port = this.portAt(center, zoom);
      const isKnown = this.ahead && holds(this.ahead.port, this.portAt(center, zoom, 0));
      if (!isKnown && !this.fits(port)) this.ask(port);
    }

    /* The map has come to rest: what was asked for on the way may be there, or underway. */
    arrive() {
      if (!this.given) return;
      const { ahead } = this;
      if (ahead && this.fits(ahead.port)) this.see(ahead);
      else if (!this.isFresh() && (!this.asked || !this.fits(this.asked))) this.ask();
    }

    /* Ask for what is in sight; the answer to an older question is not waited for. */
    ask(port = this.port()) {
      if (!this.given) return;
      if (this.asking) this.asking.abort();
      const asking = (this.asking = new AbortController());
      Object.assign(this, { asked: port, ahead: null });
      const [west, south, east, north, zoom] = port;
      const query = new URLSearchParams({ pass: this.given.pass, west, south, east, north, zoom });
      fetch(`${SIGHT}?${query}`, { signal: asking.signal, cache: "no-store" })
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
        .then((seen) => { if (this.asking === asking && this.given) this.hear(seen); })
        .catch((error) => { if (error.name !== "AbortError") { this.asked = null; this.lose(); } });
    }

    /* An answer: of where the map is, or of where it is about to be; what is drawn in the middle of a flight would jump. */
    hear(seen) {
      this.asked = null;
      if (seen.turn < this.given.turn) this.ask(); // of the view before
      else if (this.fits(seen.port) && !this.map._animatingZoom) this.see(seen);
      else this.ahead = seen;
    }

    /* No pass any more, after the server's restart or a long time: a run of the page brings a new one. */
    lose() {
      if (this.lost) return;
      this.lost = true;
      setTimeout(() => { this.lost = false; this.onWords(); }, 1000);
    }

    see(seen) {
      Object.assign(this, { seen, ahead: null });
      this.fetchGrounds(seen.grounds.map(([place]) => place));
      this.drawGrounds();
      this.onSeen();
    }

    /* Whether what is known is of what the map looks at, and of the page's latest run. */
    isFresh() {
      return Boolean(this.seen) && this.seen.turn === this.given.turn && this.fits(this.seen.port);
    }

    // ---------------------------------------------------------------- single marks

    /* The marks in sight and the open one: with words where the run brought them. marks: those of the run. */
    marks(marks) {
      const single = this.seen && this.seen.marks;
      if (!single) return marks.filter((mark) => mark.id === this.selected);
      const worded = new Map(marks.map((mark) => [mark.id, mark]));
      const found = single.ids.map((id, index) => worded.get(id) || this.wordless(single, id, index));
      const opened = worded.get(this.selected);
      if (opened && !single.ids.includes(this.selected)) found.push(opened);
      this.wantWords(found.some((mark) => mark.wordless));
      return found;
    }

    wordless(single, id, index) {
      const place = single.places[index];
      const [lat, lon, precision, radius] = single.known[place];
      return { id, lat, lon, precision, radius, number: single.numbers[index], family: single.families[index],
               status: single.statuses[index], title: "", when: "", place: "", key: `place ${place}`, ground: null,
               members: [], wordless: true };
    }

    wantWords(wanted) {
      clearTimeout(this.waiting);
      if (wanted) this.waiting = setTimeout(this.onWords, WAIT_FOR_WORDS);
    }

    // ---------------------------------------------------------------- clusters

    /* Clusters as rings in pixels, the fullest first; what lies within another ring joins it. */
    rings(project, inSight) {
      const found = [];
      for (const [lat, lon, ...mix] of this.seen ? this.seen.clusters : []) {
        const spot = project(lat, lon);
        if (inSight(spot)) found.push(ringOf(spot, lat, lon, mix));
      }
      found.sort((a, b) => b.count - a.count);
      const rings = [];
      for (const ring of found) {
        const near = rings.find((other) => Math.hypot(other.x - ring.x, other.y - ring.y) <
          OVERLAP * (other.radius + ring.radius));
        if (near) join(near, ring);
        else rings.push(ring);
      }
      for (const ring of rings) ring.shares = sharesOf(ring.mix);
      return rings;
    }

    /* Fly nearer to a cluster; false where no zoom would part it. */
    open(ring) {
      if (this.map.getZoom() >= this.map.getMaxZoom()) return false;
      this.map.flyTo([ring.lat, ring.lon], Math.min(this.map.getMaxZoom(), this.map.getZoom() + CLOSER), { duration: 0.45 });
      return true;
    }

    /* The counts of countries, seas, regions and lines, beside what stands there already. taken: (box) -> whether it is. */
    plates(project, inSight, names) {
      const plates = [];
      for (const [place, lat, lon, precision, ...mix] of this.seen ? this.seen.grounds : []) {
        const spot = project(lat, lon);
        const count = total(mix);
        const width = 14 + 7.2 * dateline.marks.shortCount(count).length;
        if (!inSight(spot)) continue;
        const spots = [[0, 0], [0, 30], [0, -30], [width / 2 + 24, 0], [-width / 2 - 24, 0]];
        const free = spots.map(([x, y]) => [spot.x + x, spot.y + y]).find(([x, y]) => !names.clashes(boxOf(x, y, width)));
        if (!free) continue;
        names.take(boxOf(free[0], free[1], width));
        plates.push({ id: `ground ${place}`, x: free[0], y: free[1], width, height: PLATE_HEIGHT, count, precision,
                      shares: sharesOf(mix), lat, lon });
      }
      return plates;
    }

    // ---------------------------------------------------------------- grounds

    fetchGrounds(places) {
      const missing = places.filter((place) => !this.known.has(place));
      if (!missing.length) return;
      for (const place of missing) this.known.set(place, null);
      const query = new URLSearchParams({ pass: this.given.pass, places: missing.join(",") });
      fetch(`${GROUNDS}?${query}`, { cache: "no-store" })
        .then((answer) => (answer.ok ? answer.json() : {}))
        .then((found) => {
          for (const [place, ground] of Object.entries(found)) this.known.set(Number(place), ground);
          this.drawGrounds();
        }, () => { for (const place of missing) this.known.delete(place); });
    }

    /* Draw the grounds in sight, each once; those of another filter or look go. */
    drawGrounds() {
      if (!this.seen || !this.land.collection) return;
      const rows = new Map(this.seen.grounds.map((row) => [row[0], row]));
      const most = Math.max(1, ...this.seen.grounds.map((row) => total(row.slice(4))));
      for (const [place, layer] of this.layers) {
        if (!rows.has(place) && (this.stale || this.layers.size > MOST_LAYERS)) this.remove(place, layer);
      }
      for (const [place, row] of rows) this.drawGround(place, row, most);
      this.stale = false;
      this.fitWaters();
    }

    drawGround(place, [, lat, lon, precision, ...mix], most) {
      const ground = this.known.get(place);
      if (!ground) return;
      const family = dateline.families[mix.indexOf(Math.max(...mix))];
      const strength = STRENGTHS.find((step) => total(mix) <= most * step.share).strength;
      const look = `${family} ${strength}`;
      const turns = this.land.turns.size;
      const before = this.layers.get(place);
      if (before && before.turns !== turns) this.remove(place, before);
      else if (before && before.look === look) return;
      const mark = { id: `ground ${place}`, family, status: "occurred", precision, lat, lon, radius: ground.radius,
                     members: ground.members, ground: ground.geometry ? 0 : null, place: String(place), strength };
      if (before && before.turns === turns) {
        dateline.grounds.restyle(before.group, mark, this.theme);
        before.look = look;
        return;
      }
      const given = { theme: this.theme, geometries: [ground.geometry], selected: null };
      const group = L.layerGroup();
      const drawn = dateline.grounds.drawGrounds(group, dateline.gathering.placesOf([mark]), given, this.land);
      this.group.addLayer(group);
      this.layers.set(place, { group, look, turns, drawn });
    }

    remove(place, layer) {
      this.group.removeLayer(layer.group);
      this.layers.delete(place);
    }

    forget() {
      this.group.clearLayers();
      this.layers.clear();
    }

    /* What is drawn of each kind, as `drawGrounds` counts. */
    painted() {
      const sum = { areas: 0, seas: 0, lines: 0, circles: 0 };
      for (const { drawn } of this.layers.values()) for (const kind of Object.keys(sum)) sum[kind] += drawn.painted[kind];
      return sum;
    }

    fitWaters() {
      for (const { drawn } of this.layers.values()) dateline.grounds.fitWaters(drawn.waters, this.map.getZoom());
    }
  }

  /* [west, south, east, north, zoom], at most once around the world. */
  function portOf(bounds, zoom) {
    const north = Math.min(89, bounds.getNorth());
    const south = Math.max(-89, bounds.getSouth());
    const [west, east] = [bounds.getWest(), bounds.getEast()];
    const middle = (west + east) / 2;
    const half = Math.min(180, (east - west) / 2);
    return [middle - half, south, middle + half, north, zoom];
  }

  /* Whether one view has all of another that is as near. */
  function holds([west, south, east, north, zoom], other) {
    const near = 1e-6;
    return Math.abs(zoom - other[4]) < near && west < other[0] + near && south < other[1] + near && east > other[2] - near &&
      north > other[3] - near;
  }

  function ringOf(spot, lat, lon, mix) {
    const count = total(mix);
    return { id: `cluster ${lat} ${lon}`, cluster: true, x: spot.x, y: spot.y, lat, lon, mix: [...mix], count,
             radius: radiusOf(count) };
  }

  function join(ring, other) {
    const share = other.count / (ring.count + other.count);
    for (const at of ["x", "y", "lat", "lon"]) ring[at] += share * (other[at] - ring[at]);
    ring.mix = ring.mix.map((count, index) => count + other.mix[index]);
    ring.count += other.count;
    ring.radius = radiusOf(ring.count);
  }

  function radiusOf(count) {
    return Math.min(MOST_RADIUS, LEAST_RADIUS + 2.6 * Math.log10(Math.max(1, count)) ** 1.35);
  }

  function total(mix) {
    return mix.reduce((sum, count) => sum + count, 0);
  }

  function sharesOf(mix) {
    return dateline.families.map((family, index) => [family, mix[index]]).filter(([, count]) => count);
  }

  function boxOf(x, y, width) {
    return [x - width / 2 - 2, y - PLATE_HEIGHT / 2 - 2, x + width / 2 + 2, y + PLATE_HEIGHT / 2 + 2];
  }

  dateline.Crowd = Crowd;
})((window.dateline = window.dateline || {}));

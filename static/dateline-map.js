/* The map: land, names, marks and what a reader does with them.
   dateline.open makes the base map, once for a frame; dateline.show draws the events of a run. Leaflet draws land and
   grounds on canvases of their own; one canvas above them holds stems, marks, rings and names, so that they can avoid one
   another. Text from stories is only ever written with textContent or fillText. */
(function (dateline) {
  "use strict";
  const { drawMark, SERIF, SANS } = dateline.marks;
  const { placesOf, gather } = dateline.gathering;
  const PANES = { undersea: 140, coast: 145, land: 150, areas: 160, marks: 450 };
  const CREDITS = "Natural Earth · GeoNames · boundaries imply no endorsement";
  const SLIGHT = 0.15; // the share by which the map's size may change without looking at everything again
  const MARGIN = 0.12; // how far the overlay reaches beyond the window, so that dragging shows no edge
  const state = {
    given: null, // what Python sent for this run
    places: [], gathered: null, targets: [], // the events by place, and where they stand on the screen
    hovered: null, asked: null, fanned: null, // ids: asked is what was clicked here and not yet answered
    act: { id: "", click: 0 }, // what a reader did last
    touched: false, turn: 0, // whether somebody moved the map; how many runs there were
  };

  // ------------------------------------------------------------------ the base map

  dateline.open = function (map, { land, names, forms, statuses, families }) {
    Object.assign(dateline, { forms, statuses, families, renderers: {} });
    Object.assign(state, { map, group: L.layerGroup().addTo(map) });
    for (const [pane, level] of Object.entries(PANES)) map.createPane(pane).style.zIndex = level;
    map.getPane("marks").style.pointerEvents = "none";
    for (const pane of Object.keys(PANES)) dateline.renderers[pane] = L.canvas({ pane, padding: 0.3 });
    state.land = new dateline.Land(map, redrawGrounds);
    state.view = new dateline.View(map, state.land, (center, zoom) => state.crowd.leave(center, zoom));
    state.tiles = new dateline.Tiles(map, () => state.overlay.redraw());
    state.own = new dateline.Overlays(map, () => state.overlay.redraw());
    state.line = new dateline.Line(take, whereNext);
    state.crowd = new dateline.Crowd(map, state.land, seen, askForRun);
    map.attributionControl.setPrefix(false).addAttribution(CREDITS);
    map.options.maxBoundsViscosity = 1;
    addControls(map);
    state.draw = new dateline.Draw(map, (area) => report({ id: "", lat: 0, lon: 0 }, { area }));
    state.overlay = new Overlay().addTo(map);
    listen(map);
    const landIsIn = () => { redrawGrounds(); state.crowd.drawGrounds(); state.overlay.redraw(); };
    fetchJson(land).then((collection) => state.land.add(collection), () => state.land.doWithout()).then(landIsIn);
    fetchJson(names).then((found) => { state.names = found; state.overlay.redraw(); });
    loadTypefaces();
  };

  function fetchJson(address) {
    return fetch(address).then((answer) => answer.json());
  }

  /* A canvas does not wait for typefaces: draw again when they are there. */
  function loadTypefaces() {
    const serif = ["400", "italic 400", "600", "700"].map((face) => `${face} 14px ${SERIF}`);
    const loading = [...serif, `700 11px ${SANS}`].map((face) => document.fonts.load(face));
    Promise.allSettled(loading).then(() => state.overlay.redraw());
    document.fonts.addEventListener("loadingdone", () => state.overlay.redraw());
  }

  function addControls(map) {
    state.controls = new dateline.Controls(map, { whole: () => state.view.fit(whole(), true), chosen: lookAtChosen });
    const key = L.control({ position: "topleft" });
    key.onAdd = () => (state.key = L.DomUtil.create("div", "key"));
    key.addTo(map);
    state.pointer = new dateline.Pointer(map, state, {
      paint: () => state.overlay.paint(),
      redraw: () => state.overlay.redraw(),
      open: (mark) => { state.asked = mark.id; report(mark); },
    });
  }

  /* The open event, else the drawn area. */
  function lookAtChosen() {
    const opened = openMark();
    const area = state.draw.bounds();
    if (opened) state.view.lookAt(opened, state.given, true);
    else if (area) state.map.flyToBounds(area.pad(0.1), { duration: 0.45 });
  }

  function listen(map) {
    map.on("zoomend", () => {
      state.fanned = null;
      if (state.drawn) dateline.grounds.fitWaters(state.drawn.waters, map.getZoom());
      state.crowd.fitWaters();
    });
    for (const kind of ["pointerdown", "wheel", "keydown"]) {
      map.getContainer().addEventListener(kind, () => { state.touched = true; }, { passive: true });
    }
    // Leaflet takes the focus on every press; its frame is shown to those who came by keyboard.
    document.addEventListener("keyup", () => map.getContainer().classList.add("keyed"));
    document.addEventListener("pointerdown", () => map.getContainer().classList.remove("keyed"), true);
    new ResizeObserver(resize).observe(map.getContainer());
    // To a newcomer the sheets may come after the events: only then are the tools where they stay.
    document.addEventListener("load", ({ target }) => { if (target.rel === "stylesheet") lookAgain(); }, true);
    // Streamlit restyles the page without running it again: ask for a run, so that map, chart and marks follow.
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", () => setTimeout(askForRun, 500));
  }

  /* The list beside the map takes its width after the first paint: look at everything again until somebody moved. A line of
     words over the map is no reason to. */
  function resize() {
    state.map.invalidateSize({ animate: false });
    const { x, y } = state.map.getSize();
    const isSlight = state.fitted && Math.abs(x / state.fitted.x - 1) < SLIGHT && Math.abs(y / state.fitted.y - 1) < SLIGHT;
    if (!isSlight) lookAgain();
  }

  function lookAgain() {
    if (state.given && !state.touched) settle();
  }

  // ------------------------------------------------------------------ the events of a run

  /* What the page's run brings; the line may have brought it before. The hub speaks to the component from the newest group. */
  dateline.show = function (group, given) {
    state.hub = L.circleMarker([0, 0], { radius: 0, opacity: 0, fillOpacity: 0, interactive: false });
    group.addLayer(state.hub);
    if (given.line) state.line.keep(given.line);
    take(given);
  };

  function isKnown({ line, number }) {
    return Boolean(state.given && line && line === state.given.line && number <= state.given.number);
  }

  function take(given) {
    if (isKnown(given)) return;
    const first = !state.given;
    const before = first ? null : state.given.selected;
    const was = first ? null : openMark();
    const newMarks = first || (isCrowded(given, state.given) ? whereOf(given.crowd) !== whereOf(state.given.crowd)
                                                            : idsOf(given) !== idsOf(state.given));
    Object.assign(state, { given, places: given.crowd ? [] : placesOf(given.marks), turn: state.turn + 1, hovered: null });
    if (newMarks) state.fanned = null;
    takeTheme(given.theme);
    state.map.getContainer().classList.toggle("plain", given.plain);
    writeNote(given.note);
    state.view.limit(given.marks);
    state.land.take(given.theme);
    state.draw.keep(given.area || "", given.theme);
    state.controls.offer(Boolean(given.selected || given.area));
    state.tiles.take(given.tiles, given.theme);
    state.own.take(given.overlays || [], given.theme);
    redrawGrounds();
    if (first) state.map.invalidateSize({ animate: false });
    state.taking = true; // it is drawn once, where the map has come to look
    state.crowd.selected = given.selected;
    state.crowd.expect(given.crowd, given.theme);
    const lost = !given.crowd && !state.view.hasAnyOf(given.marks);
    if (first || (newMarks && !given.selected && (!state.touched || lost))) settle();
    const opened = openMark();
    const isNew = given.selected !== before && given.selected !== state.asked;
    if (opened && (isNew || isElsewhere(opened, was))) state.view.moveTo(opened, given, !first);
    state.asked = null;
    state.crowd.rest();
    state.taking = false;
    state.overlay.redraw();
    if (document.hidden && given.line) state.line.say(given.number); // nothing is painted there: nobody need wait for it
  }

  /* What a crowd has in sight has changed. */
  function seen() {
    state.places = placesOf(state.crowd.marks(state.given.marks));
    redrawGrounds();
    state.overlay.redraw();
  }

  /* The open event if there is one, else all of them. */
  function settle() {
    const opened = openMark();
    if (opened && state.turn === 1) state.view.moveTo(opened, state.given, false);
    else if (!opened) state.view.fit(whole(), false);
    state.fitted = state.map.getSize();
  }

  function idsOf({ crowd, marks }) {
    return crowd ? `${crowd.pass} ${crowd.turn}` : marks.map((mark) => mark.id).join(" ");
  }

  function isCrowded(given, before) {
    return Boolean(given.crowd && before.crowd);
  }

  /* Where a crowd is, roughly: the map stays where it is unless that changes. */
  function whereOf({ extent }) {
    return extent ? JSON.stringify([extent.lats, extent.lons[0], extent.lons[extent.lons.length - 1]]) : "";
  }

  /* All places with events, also those of a crowd, of which only the ends are known. */
  function whole() {
    const { crowd } = state.given;
    return crowd ? endsOf(crowd.extent) : state.places;
  }

  function endsOf(extent) {
    const { lats, lons } = extent || { lats: [], lons: [] };
    return lats.flatMap((lat) => lons.map((lon) => ({ lat, lon, marks: [] })));
  }

  /* What would be in sight if a crowd of another extent came, as `settle` looks at it. */
  function whereNext(extent) {
    const before = state.given?.crowd;
    if (state.touched || (before && whereOf(before) === whereOf({ extent }))) return state.crowd.port();
    const { center, zoom } = state.view.fitted(endsOf(extent));
    return state.crowd.portAt(center, zoom);
  }

  /* Whether an event's place was corrected. */
  function isElsewhere(mark, was) {
    return Boolean(was && was.id === mark.id && (was.lat !== mark.lat || was.lon !== mark.lon));
  }

  function openMark() {
    return state.given.marks.find((mark) => mark.id === state.given.selected) || null;
  }

  function takeTheme(theme) {
    for (const [name, value] of Object.entries(theme)) {
      if (typeof value === "string") document.documentElement.style.setProperty(`--${name.replace("_", "-")}`, value);
    }
    document.documentElement.style.colorScheme = theme.name;
    state.key.replaceChildren(...dateline.statuses.map((status) => keyEntry(status, theme)));
  }

  function keyEntry(status, theme) {
    const entry = document.createElement("span");
    const picture = document.createElement("canvas");
    const sharpness = window.devicePixelRatio || 1;
    picture.width = picture.height = 18 * sharpness;
    const canvas = picture.getContext("2d");
    canvas.scale(sharpness, sharpness);
    drawMark(canvas, dateline.forms[status], 9, 9, status === "ongoing" ? 5.4 : 6.2, theme.ink, theme);
    entry.append(picture, status);
    return entry;
  }

  function writeNote(note) {
    if (state.note) state.note.remove();
    state.note = null;
    if (!note) return;
    state.note = L.DomUtil.create("div", "note", state.map.getContainer());
    state.note.append(dateline.textElement("b", note[0]), dateline.textElement("span", note[1]));
  }

  dateline.textElement = function (tag, text) {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  };

  function redrawGrounds() {
    if (!state.given) return;
    state.group.clearLayers();
    const places = state.land.isAwaited() ? [] : state.places; // it is the land that gives a sea its coast
    state.drawn = dateline.grounds.drawGrounds(state.group, places, state.given, state.land);
    dateline.grounds.fitWaters(state.drawn.waters, state.map.getZoom());
  }

  // ------------------------------------------------------------------ the overlay of marks and names

  const Overlay = L.Layer.extend({
    onAdd(map) {
      this.canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated", map.getPane("marks"));
      map.on("moveend resize", this.redraw, this);
      map.on("zoomanim", (event) => this.scale(event.zoom, event.center));
      map.on("zoom", () => this.scale(map.getZoom(), map.getCenter()));
    },
    /* While the map zooms, the drawn picture is scaled along. */
    scale(zoom, center) {
      if (!this.bounds) return;
      const corner = state.map._latLngBoundsToNewLayerBounds(this.bounds, zoom, center).min;
      L.DomUtil.setTransform(this.canvas, corner, state.map.getZoomScale(zoom, this.zoom));
    },
    /* Gather and draw anew. */
    redraw() {
      if (!state.given || !state.map._loaded || state.taking) return;
      const margin = state.map.getSize().multiplyBy(MARGIN).round();
      state.gathered = gather(state.places, {
        project, inSight: within(margin, 60), openId: state.given.selected, fanned: state.fanned,
      });
      if (state.given.crowd) state.gathered.rings.push(...state.crowd.rings(project, within(margin, 30)));
      dateline.aside.stepAside(state.gathered, { tools: state.view.tools(), size: state.map.getSize() });
      state.pointer.sayMore(state.gathered.fan);
      this.paint();
      tellTests();
      tellWhenSeen();
    },
    /* Draw what is gathered, for instance after a hover. */
    paint() {
      const canvas = this.prepare();
      const names = new dateline.names.Names(canvas, state.map.getSize(), state.given.theme);
      const view = namesView();
      state.plates = [];
      if (state.given.crowd) view.plates = () => { state.plates = state.crowd.plates(project, view.inSight, names); };
      dateline.names.placeAll(names, state.gathered, cornerBoxes(), state.names, view);
      names.draw();
      state.written = names.names.map((name) => name.text);
      state.targets = dateline.stage.drawStage(canvas, state.gathered, state.plates, state.given, state.hovered);
    },
    prepare() {
      const map = state.map;
      const margin = map.getSize().multiplyBy(MARGIN).round();
      const size = map.getSize().add(margin.multiplyBy(2));
      const corner = map.containerPointToLayerPoint(margin.multiplyBy(-1));
      const sharpness = window.devicePixelRatio || 1;
      L.DomUtil.setTransform(this.canvas, corner, 1);
      this.zoom = map.getZoom();
      this.bounds = L.latLngBounds(map.layerPointToLatLng(corner), map.layerPointToLatLng(corner.add(size)));
      this.canvas.width = size.x * sharpness;
      this.canvas.height = size.y * sharpness;
      this.canvas.style.width = `${size.x}px`;
      this.canvas.style.height = `${size.y}px`;
      const canvas = this.canvas.getContext("2d");
      canvas.setTransform(sharpness, 0, 0, sharpness, margin.x * sharpness, margin.y * sharpness);
      return canvas;
    },
  });

  function project(lat, lon) {
    return state.view.project(lat, lon);
  }

  function within(margin, room) {
    const size = state.map.getSize();
    return (spot) => spot.x > -margin.x - room && spot.y > -margin.y - room &&
      spot.x < size.x + margin.x + room && spot.y < size.y + margin.y + room;
  }

  function namesView() {
    return {
      project, inSight: within({ x: 0, y: 0 }, 0), zoom: state.map.getZoom(), shaded: state.drawn.shaded,
      south: state.view.southernEnd(), tiled: state.tiles.cover(),
      pixelsPerDegree: (256 * 2 ** state.map.getZoom()) / 360, named: new Set(state.gathered.rows.map((row) => row.name)),
    };
  }

  /* What key, buttons, scale and credits cover, with some air. */
  function cornerBoxes() {
    return state.view.tools().map(([west, north, east, south]) => [west - 4, north - 4, east + 4, south + 4]);
  }

  function tellTests() {
    const { rings, fan } = state.gathered;
    const marks = state.targets.filter((target) => target.mark).map(({ id, x, y }) => ({ id, x, y }));
    window.__painted = {
      turn: state.turn, selected: state.given.selected, zoom: state.map.getZoom(), land: Boolean(state.land.collection),
      named: Boolean(state.names), marks, rings: rings.map(({ count, x, y, radius }) => ({ count, x, y, radius })), time: 0, fresh: !state.given.crowd || state.crowd.isFresh(),
      plates: state.plates.map(({ count, precision, x, y }) => ({ count, precision, x, y })), total: totalSeen(),
      crowd: state.given.crowd ? state.given.crowd.turn : null,
      fanned: fan ? fan.marks.length : 0, tiled: state.tiles.cover(), written: state.written, own: state.own.painted(),
      ...(state.given.crowd && !state.crowd.seen?.marks ? state.crowd.painted() : state.drawn.painted),
    };
  }

  /* When the eye has it: two frames after it was drawn. */
  function tellWhenSeen() {
    const told = window.__painted;
    const { line, number } = state.given;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      told.time = Date.now();
      if (line && told.fresh && told.land) state.line.say(number);
    }));
  }

  function totalSeen() {
    return state.given.crowd ? state.crowd.seen?.count ?? null : state.given.marks.length;
  }

  /* What a reader did: an event's mark was pressed, or an area was drawn. */
  function report(mark, more = {}) {
    state.act = { id: mark.id, click: Date.now(), ...more };
    tell(mark.lat, mark.lon);
  }

  /* Ask the page to run once more. The component passes on only the last of what it hears at short intervals: each wish carries
     the last act along, which the page knows by its click, and so no act is lost to a wish that follows it at once. */
  function askForRun() {
    tell(0, 0);
  }

  /* The component only hears of clicks on layers of its group: the hub speaks for what is drawn on the canvas. */
  function tell(lat, lon) {
    state.hub.feature = { type: "Feature", properties: { ...state.act, told: Date.now() } };
    state.hub.fire("click", { latlng: L.latLng(lat, lon) }, true);
  }
})((window.dateline = window.dateline || {}));

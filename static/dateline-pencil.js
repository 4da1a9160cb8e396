/* A pencil for the map beside a story: a point by one click, an area by its corners, and the gazetteer's candidates as
   numbers. What is put down is reported as the corners of a feature, the way the component hears of clicks. */
(function (dateline) {
  "use strict";
  const PANE = "pencil";
  const NEAR = 10; // px from the first corner within which a click closes the outline
  const state = { map: null, given: null, corners: [], layers: null, hub: null, listening: false };

  dateline.pencil = function (group, given) {
    const map = mapOf(group);
    if (!map) { group.once("add", () => dateline.pencil(group, given)); return; }
    const fresh = !state.given || state.given.pencil !== given.pencil;
    Object.assign(state, { map, given });
    if (!map.getPane(PANE)) map.createPane(PANE).style.zIndex = 620;
    state.hub = L.circleMarker([0, 0], { radius: 0, opacity: 0, fillOpacity: 0, interactive: false });
    group.addLayer(state.hub);
    if (fresh || given.drawn.length) state.corners = given.drawn.map((corner) => [...corner]);
    if (!given.pencil) state.corners = [];
    map.getContainer().classList.toggle("drawing", Boolean(given.pencil));
    map.getContainer().style.cursor = given.pencil ? "crosshair" : "";
    listen(map);
    draw(given.drawn.length > 2);
    lookAt(given.candidates);
    window.__pencil = { pencil: given.pencil, candidates: given.candidates.length, corners: state.corners.length };
  };

  function mapOf(group) {
    return group._map || window.map || null;
  }

  function listen(map) {
    if (state.listening) return;
    state.listening = true;
    map.on("click", (event) => put(event.latlng));
    map.on("dblclick", () => close());
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Enter") close();
      if (event.key === "Backspace" && state.given.pencil) { state.corners.pop(); draw(false); }
      if (event.key === "Escape" && state.given.pencil) { state.corners = []; draw(false); }
    });
    map.on("mousemove", () => { if (state.given.pencil) map.getContainer().style.cursor = "crosshair"; });
  }

  function put({ lat, lng }) {
    const { pencil } = state.given;
    const corner = [Math.max(-89, Math.min(89, lat)), lng].map((degrees) => Number(degrees.toFixed(5)));
    if (pencil === "point") {
      state.corners = [corner];
      draw(false);
      report();
    } else if (pencil === "area") {
      if (state.corners.length > 2 && isNear(state.corners[0], corner)) { close(); return; }
      if (state.corners.length && isNear(state.corners.at(-1), corner)) return; // the second click of a double one
      state.corners.push(corner);
      draw(false);
    }
  }

  function isNear(one, other) {
    const [a, b] = [one, other].map((spot) => state.map.latLngToContainerPoint(spot));
    return a.distanceTo(b) <= NEAR;
  }

  function close() {
    if (state.given.pencil !== "area" || state.corners.length < 3) return;
    draw(true);
    report();
  }

  function draw(closed) {
    state.layers?.remove();
    state.layers = L.layerGroup().addTo(state.map);
    const { ink, panel, candidates } = state.given;
    const line = { pane: PANE, color: ink, weight: 2, interactive: false };
    if (closed) L.polygon(state.corners, { ...line, fillColor: ink, fillOpacity: 0.12 }).addTo(state.layers);
    else if (state.corners.length > 1) L.polyline(state.corners, { ...line, dashArray: "5 5" }).addTo(state.layers);
    for (const corner of state.corners) {
      L.circleMarker(corner, { ...line, radius: 5, fillColor: panel, fillOpacity: 1 }).addTo(state.layers);
    }
    candidates.forEach((spot, at) => number(spot, at + 1).addTo(state.layers));
  }

  /* A candidate's number; digits only, never a word of a story. */
  function number(spot, digits) {
    const sign = L.DomUtil.create("span", "");
    sign.textContent = String(digits);
    const { ink, panel } = state.given;
    Object.assign(sign.style, {
      display: "block", width: "20px", height: "20px", borderRadius: "50%", background: panel, color: ink, boxSizing: "border-box",
      border: `1.5px solid ${ink}`, font: "700 11.5px/17px var(--sans)", textAlign: "center",
    });
    const icon = L.divIcon({ html: sign, className: "candidate", iconSize: [20, 20] });
    return L.marker(spot, { icon, pane: PANE, interactive: false, keyboard: false });
  }

  let looked = "";
  function lookAt(candidates) {
    const key = JSON.stringify(candidates);
    if (key === looked) return;
    looked = key;
    if (candidates.length === 1) state.map.setView(candidates[0], Math.max(5, state.map.getZoom()), { animate: false });
    else if (candidates.length) state.map.fitBounds(candidates, { padding: [34, 34], maxZoom: 6, animate: false });
  }

  function report() {
    state.hub.feature = { type: "Feature", properties: { corners: state.corners, click: Date.now() } };
    state.hub.fire("click", { latlng: L.latLng(state.corners[0]) }, true);
    window.__pencil.corners = state.corners.length;
  }
})((window.dateline = window.dateline || {}));

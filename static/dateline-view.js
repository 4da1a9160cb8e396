/* Where the map looks. The world goes round: a place stands on every turn of 360 degrees, and what is drawn or flown to
   is the one nearest to the middle of the map. A view holds all events, or the open one with what lies around it. */
(function (dateline) {
  "use strict";
  const { STEP } = dateline.gathering;
  const POINT_KM = 480; // what is shown around an open town
  const SOUTH = -60; // where the map ends, unless something happened beyond
  const TURNED = 0.75; // how much narrower a view across 180 degrees must be to be taken
  const WORLD = 512; // px: the world at zoom 1; a narrower map may be zoomed out further, to have all in sight
  const FARTHEST = 0.4;
  const ABOVE = 36; // px that a mark reaches above its place
  const BESIDE = 14;
  const MOST_PADDED = 0.7; // of the map's width or height

  class View {
    /* onLeave: called with the middle and the zoom that are about to be looked at. */
    constructor(map, land, onLeave) {
      Object.assign(this, { map, land, onLeave });
      map.on("resize", () => this.limitZoom());
    }

    /* Let nobody drag beyond what is drawn. */
    limit(marks) {
      const south = Math.min(SOUTH, ...marks.map((mark) => mark.lat - 6));
      if (south < SOUTH) this.land.showSouth();
      this.map.setMaxBounds([[Math.max(south, -85), -360], [84.5, 360]]);
      this.limitZoom();
    }

    limitZoom() {
      const least = this.map.getSize().x < WORLD ? FARTHEST : 1;
      if (least !== this.map.getMinZoom()) this.map.setMinZoom(least);
    }

    southernEnd() {
      return this.land.south ? -90 : SOUTH;
    }

    /* All places with their rows of marks; the whole world where there are none. Where a tool of the map would cover a
       place, the places keep clear of it. */
    fit(places, animate) {
      const { center, zoom, way } = this.fitted(places);
      this.onLeave(center, zoom);
      this.map.setView(center, zoom, { ...way, animate });
    }

    /* Where `fit` would look: {center, zoom}, and the way that it keeps clear. */
    fitted(places) {
      const bounds = boundsOf(places) || L.latLngBounds([-38, -115], [62, 150]);
      const [west, east] = [bounds.getWest(), bounds.getEast()].map((lon) => halfRowAt(places, lon));
      const size = this.map.getSize();
      const small = size.x < 420 || size.y < 320;
      const usual = small ? [20, 30, 20, 20] : [west, 66, east + 12, 36];
      const { top, right, bottom } = this.covered();
      const clear = [usual[0], Math.max(usual[1], top + ABOVE), usual[2], Math.max(usual[3], bottom)];
      const leavesRoom = ([left, above, beside, below]) => left + beside < MOST_PADDED * size.x && above + below < MOST_PADDED * size.y;
      const aside = right + east;
      const ways = [usual, ...[clear, [clear[0], usual[1], aside, clear[3]], [clear[0], clear[1], aside, clear[3]]].filter(leavesRoom)];
      const options = ways.map(([left, above, beside, below]) => ({
        paddingTopLeft: [left, above], paddingBottomRight: [beside, below], maxZoom: 6,
      }));
      const way = options.find((one) => !this.covers(places, bounds, one)) || options.at(-1);
      const { center, zoom } = this.map._getBoundsCenterZoom(bounds, way);
      return { center: this.map._limitCenter(center, zoom, this.map.options.maxBounds), zoom, way };
    }

    /* How far the map's tools reach in from its edges, in pixels. */
    covered() {
      const size = this.map.getSize();
      const reach = { top: 0, right: 0, bottom: 0 };
      for (const [west, north, east, south] of this.tools()) {
        if (south - north > east - west) reach.right = Math.max(reach.right, size.x - west);
        else if (north < size.y / 2) reach.top = Math.max(reach.top, south);
        else reach.bottom = Math.max(reach.bottom, size.y - north);
      }
      return reach;
    }

    /* Whether a tool would cover a place if the map were fitted to these bounds in this way. */
    covers(places, bounds, way) {
      const { center, zoom } = this.map._getBoundsCenterZoom(bounds, way);
      const corner = this.map.project(center, zoom).subtract(this.map.getSize().divideBy(2));
      const tools = this.tools();
      return places.some(({ lat, lon }) => {
        const turned = lon + 360 * Math.round((center.lng - lon) / 360);
        return this.isUnderTool(this.map.project([lat, turned], zoom).subtract(corner), tools);
      });
    }

    /* Whether the mark of a place that stands at a spot would be covered. */
    isUnderTool({ x, y }, tools = this.tools()) {
      return tools.some(([west, north, east, south]) => x > west - BESIDE && x < east + BESIDE && y > north && y < south + ABOVE);
    }

    /* What buttons, key, scale and credits cover, in the map's pixels: [west, north, east, south]. */
    tools() {
      const frame = this.map.getContainer().getBoundingClientRect();
      return [...this.map.getContainer().querySelectorAll(".leaflet-control")]
        .map((tool) => tool.getBoundingClientRect()).filter((box) => box.width)
        .map((box) => [box.left - frame.left, box.top - frame.top, box.right - frame.left, box.bottom - frame.top]);
    }

    /* Look at one event and its ground; a town that is well in sight already is left where it is. */
    moveTo(mark, given, animate) {
      const { map } = this;
      const spot = [mark.lat, this.nearestTurn(mark.lon)];
      const isInSight = map.getZoom() >= this.zoomFor(mark, given) && map.getBounds().pad(-0.15).contains(spot) &&
        !this.isUnderTool(this.project(mark.lat, mark.lon));
      if (!isPoint(mark) || !isInSight) this.lookAt(mark, given, animate);
    }

    zoomFor(mark, given) {
      return Math.min(6, this.map.getBoundsZoom(dateline.grounds.extentOf(mark, given, POINT_KM).pad(0.12)));
    }

    /* Put one event and its ground into the middle. */
    lookAt(mark, given, animate) {
      const { map } = this;
      const bounds = dateline.grounds.extentOf(mark, given, POINT_KM);
      const zoom = this.zoomFor(mark, given);
      const spot = [mark.lat, this.nearestTurn(mark.lon)];
      if (isPoint(mark)) map.setView(spot, Math.max(zoom, map.getZoom()), { animate });
      else map.setView([bounds.getCenter().lat, this.nearestTurn(bounds.getCenter().lng)], zoom, { animate });
    }

    hasAnyOf(marks) {
      const size = this.map.getSize();
      return marks.some((mark) => {
        const spot = this.project(mark.lat, mark.lon);
        return spot.x > 0 && spot.y > 0 && spot.x < size.x && spot.y < size.y;
      });
    }

    /* The same longitude, whole turns away, that lies nearest to the middle of the map. */
    nearestTurn(lon) {
      return lon + 360 * Math.round((this.map.getCenter().lng - lon) / 360);
    }

    /* Pixels from the corner of the map. */
    project(lat, lon) {
      return this.map.latLngToContainerPoint([lat, this.nearestTurn(lon)]);
    }
  }

  function isPoint(mark) {
    return mark.precision === "exact" || mark.precision === "city";
  }

  /* Pixels that the marks of the places on a meridian need beside it. */
  function halfRowAt(places, lon) {
    const there = places.filter((place) => Math.abs((((place.lon - lon) % 360) + 540) % 360 - 180) < 0.01);
    return 22 + Math.max(0, ...there.map((place) => (Math.min(4, place.marks.length) * STEP) / 2));
  }

  /* The box around all places. It runs across 180 degrees where that makes it a good deal narrower, and not for less:
     a map that turns round with every choice is no map to find one's way on. */
  function boundsOf(places) {
    if (!places.length) return null;
    const lons = [...new Set(places.map((place) => place.lon))].sort((a, b) => a - b);
    const usual = { gap: lons[0] + 360 - lons[lons.length - 1], after: 0 };
    let widest = usual;
    for (let i = 1; i < lons.length; i += 1) {
      if (lons[i] - lons[i - 1] > widest.gap) widest = { gap: lons[i] - lons[i - 1], after: i };
    }
    if (360 - widest.gap > TURNED * (360 - usual.gap)) widest = usual;
    const west = lons[widest.after] > 90 && widest.after ? lons[widest.after] - 360 : lons[widest.after];
    const lats = places.map((place) => place.lat);
    const turned = west + 360 - widest.gap > 270 ? -360 : 0;
    return L.latLngBounds([Math.min(...lats), west + turned], [Math.max(...lats), west + turned + 360 - widest.gap]);
  }

  dateline.View = View;
})((window.dateline = window.dateline || {}));

/* Where the map looks. The world goes round: a place stands on every turn of 360 degrees, and what is drawn or flown to
   is the one nearest to the middle of the map. A view holds all events, or the open one with what lies around it. */
(function (dateline) {
  "use strict";
  const { STEP } = dateline.gathering;
  const POINT_KM = 480; // what is shown around an open town
  const SOUTH = -60; // where the map ends, unless something happened beyond
  const TURNED = 0.75; // how much narrower a view across 180 degrees must be to be taken

  class View {
    constructor(map, land) {
      Object.assign(this, { map, land });
    }

    /* Let nobody drag beyond what is drawn. */
    limit(marks) {
      const south = Math.min(SOUTH, ...marks.map((mark) => mark.lat - 6));
      if (south < SOUTH) this.land.showSouth();
      this.map.setMaxBounds([[Math.max(south, -85), -360], [84.5, 360]]);
    }

    southernEnd() {
      return this.land.south ? -90 : SOUTH;
    }

    /* All places with their rows of marks; the whole world where there are none. */
    fit(places, animate) {
      const bounds = boundsOf(places) || L.latLngBounds([-38, -115], [62, 150]);
      const size = this.map.getSize();
      const small = size.x < 420 || size.y < 320;
      const paddingTopLeft = small ? [20, 30] : [halfRowAt(places, bounds.getWest()), 66];
      const paddingBottomRight = small ? [20, 20] : [halfRowAt(places, bounds.getEast()) + 12, 36];
      this.map.fitBounds(bounds, { paddingTopLeft, paddingBottomRight, maxZoom: 6, animate });
    }

    /* Look at one event and its ground; a town that is well in sight already is left where it is. */
    moveTo(mark, given, animate) {
      const { map } = this;
      const spot = [mark.lat, this.nearestTurn(mark.lon)];
      const isInSight = map.getZoom() >= this.zoomFor(mark, given) && map.getBounds().pad(-0.15).contains(spot);
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

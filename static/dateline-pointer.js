/* What a pointer does on the map: says what is under it, opens an event, flies to the members of a ring, fans out those of
   one point, and lists them beside the map where they are too many for a fan. */
(function (dateline) {
  "use strict";
  const UNPARTED = 30; // px: members of a ring that stay this near however far one zooms in are fanned out
  const PLACES_TOLD = 6;
  const LISTED_AROUND = 46; // px around a cluster that no zoom parts: half of its cell's diagonal
  const LEAST_METRES = 1000;

  class Pointer {
    /* state: what the map shows. acts: paint (draw again), redraw (gather again), open (an event's mark was pressed). */
    constructor(map, state, acts) {
      Object.assign(this, { map, state, acts });
      this.tip = L.DomUtil.create("div", "tip", map.getContainer());
      this.tip.hidden = true;
      this.more = moreNote(map, () => this.listAt(this.fan.all));
      map.on("mousemove", (event) => this.hover(event.containerPoint));
      map.on("mouseout movestart zoomstart", () => this.hover(null));
      map.on("click", (event) => this.press(event.containerPoint));
    }

    /* What is pressed at a spot: where several lie there, the one whose middle is nearest. */
    targetAt(spot) {
      const distance = (target) => Math.hypot(target.x - spot.x, target.y - spot.y);
      const there = this.state.targets.filter((target) => distance(target) <= target.radius);
      return there.reduce((best, target) => (!best || distance(target) <= distance(best) ? target : best), null);
    }

    /* spot: in the map's pixels, null where the pointer has left. */
    hover(spot) {
      const { state } = this;
      const target = spot && !state.draw.isOn() ? this.targetAt(spot) : null;
      const hovered = target ? target.id : null;
      this.map.getContainer().style.cursor = target ? "pointer" : "";
      this.writeTip(target, spot);
      if (hovered === state.hovered) return;
      state.hovered = hovered;
      if (state.gathered) this.acts.paint();
    }

    writeTip(target, spot) {
      const { tip } = this;
      tip.hidden = !target;
      if (!target) return;
      const [title, line] = target.ring ? ringTip(target.ring) : markTip(target.mark);
      tip.replaceChildren(dateline.textElement("b", title), dateline.textElement("small", line));
      const size = this.map.getSize();
      tip.style.left = `${Math.max(4, Math.min(spot.x + 16, size.x - tip.offsetWidth - 8))}px`;
      tip.style.top = `${Math.max(4, Math.min(spot.y + 14, size.y - tip.offsetHeight - 8))}px`;
    }

    press(spot) {
      if (this.state.draw.isOn()) return;
      const target = this.targetAt(spot);
      this.hover(null);
      if (target && target.mark) this.acts.open(target.mark);
      else if (target) this.openRing(target.ring);
      else if (this.state.fanned) { this.state.fanned = null; this.acts.redraw(); }
    }

    openRing(ring) {
      if (ring.marks) this.openMarks(ring.marks);
      else if (!this.state.crowd.open(ring)) this.listAround(ring);
    }

    /* Fly to marks; where no zoom would part them, fan them out, or list them. */
    openMarks(marks) {
      const { map } = this;
      const places = this.boundsOf(marks);
      const zoom = Math.min(map.getMaxZoom(), map.getZoom() + 4);
      const size = L.bounds(map.project(places.getNorthWest(), zoom), map.project(places.getSouthEast(), zoom)).getSize();
      if (Math.max(size.x, size.y) >= UNPARTED) {
        map.flyToBounds(places.pad(0.3), { maxZoom: Math.max(map.getZoom() + 2, 6), duration: 0.45 });
      } else if (marks.length > dateline.gathering.MOST_IN_A_FAN) {
        this.listAt(marks);
      } else {
        this.fanOut(marks);
      }
    }

    fanOut(marks) {
      this.state.fanned = new Set(marks.map((mark) => mark.id));
      this.acts.redraw();
      this.bringIn(this.state.gathered.fan);
    }

    /* Move the map just so far that a whole fan is in sight. */
    bringIn(fan) {
      const size = this.map.getSize();
      const reach = fan.reach + 20;
      const over = (at, end) => Math.min(0, at - reach) + Math.max(0, at + reach - end);
      this.map.panBy([over(fan.x, size.x), over(fan.y, size.y)], { duration: 0.3 });
    }

    /* A fan of too many stops at some: say how many more there are, and how to see them. */
    sayMore(fan) {
      this.fan = fan;
      const isWhole = !fan || fan.all.length === fan.marks.length;
      this.more.box.hidden = isWhole;
      if (isWhole) return;
      const all = fan.all.length.toLocaleString("en");
      this.more.words.textContent = `${fan.marks.length} of the ${all} events here are fanned out.`;
      this.more.button.textContent = `List all ${all}`;
    }

    boundsOf(marks) {
      return L.latLngBounds(marks.map((mark) => [mark.lat, this.state.view.nearestTurn(mark.lon)]));
    }

    /* List what lies at marks that no zoom parts. */
    listAt(marks) {
      const places = this.boundsOf(marks);
      this.list(places.getCenter(), this.map.distance(places.getCenter(), places.getNorthWest()));
    }

    listAround(ring) {
      const { map } = this;
      const middle = L.latLng(ring.lat, ring.lon);
      const edge = map.containerPointToLatLng(map.latLngToContainerPoint(middle).add([LISTED_AROUND, 0]));
      this.list(middle, map.distance(middle, edge));
    }

    /* What lies here becomes the drawn area, and so the list beside the map. */
    list(middle, metres) {
      this.state.draw.choose(middle, Math.max(LEAST_METRES, 1.05 * metres));
    }
  }

  function moreNote(map, act) {
    const box = L.DomUtil.create("div", "more", map.getContainer());
    const words = L.DomUtil.create("span", "", box);
    const button = L.DomUtil.create("button", "", box);
    Object.assign(button, { type: "button" });
    box.hidden = true;
    box.setAttribute("role", "status");
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.on(button, "click", (event) => { L.DomEvent.stop(event); act(); });
    return { box, words, button };
  }

  function markTip(mark) {
    return [mark.title || mark.family, [mark.when, mark.place, mark.status].filter(Boolean).join(" · ")];
  }

  function ringTip(ring) {
    if (!ring.marks) return [`${ring.count.toLocaleString("en")} events`, mixOf(ring)];
    const places = [...new Set(ring.marks.map((mark) => mark.place))];
    const more = places.length > PLACES_TOLD ? ` and ${places.length - PLACES_TOLD} more` : "";
    return [`${ring.marks.length} events`, places.slice(0, PLACES_TOLD).join(", ") + more];
  }

  /* What a cluster is made of, in words of our own. */
  function mixOf({ shares, precision }) {
    const said = shares.map(([family, count]) => `${count.toLocaleString("en")} ${family}`).join(", ");
    return precision ? `of a whole ${precision}: ${said}` : said;
  }

  dateline.Pointer = Pointer;
})((window.dateline = window.dateline || {}));

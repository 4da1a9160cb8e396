/* The map's buttons: all events, what is chosen, full screen; and its scale. */
(function (dateline) {
  "use strict";

  /* acts: whole and chosen, called when a button is pressed; canChoose: whether there is anything chosen. */
  class Controls {
    constructor(map, acts) {
      Object.assign(this, { map, acts });
      map.zoomControl.setPosition("topright");
      map.addControl(new (L.Control.extend({ onAdd: () => this.bar() }))({ position: "topright" }));
      L.control.scale({ position: "bottomleft", imperial: false, maxWidth: 90 }).addTo(map);
      document.addEventListener("fullscreenchange", () => this.sayWhole());
    }

    bar() {
      const bar = L.DomUtil.create("div", "leaflet-bar");
      L.DomEvent.disableClickPropagation(bar);
      button(bar, "fit", "⤢", "Show all events", () => this.acts.whole());
      this.chosen = button(bar, "chosen", "◎", "Show what is chosen", () => this.acts.chosen());
      if (document.fullscreenEnabled) this.screen = button(bar, "screen", "", "", () => this.toggleScreen());
      this.sayWhole();
      this.offer(false);
      return bar;
    }

    /* Whether an event is open or an area drawn, so that there is something to look at. */
    offer(isChosen) {
      this.chosen.classList.toggle("leaflet-disabled", !isChosen);
      this.chosen.setAttribute("aria-disabled", String(!isChosen));
    }

    toggleScreen() {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen().catch(() => {}); // a browser may refuse; the map stays as it is
    }

    sayWhole() {
      if (this.screen) name(this.screen, document.fullscreenElement ? "Leave full screen" : "Full screen");
    }
  }

  function button(bar, kind, sign, title, act) {
    const made = L.DomUtil.create("a", kind, bar);
    Object.assign(made, { href: "#", textContent: sign });
    made.setAttribute("role", "button");
    name(made, title);
    L.DomEvent.on(made, "click", (event) => { L.DomEvent.stop(event); act(); });
    return made;
  }

  function name(made, title) {
    made.title = title;
    made.setAttribute("aria-label", title);
  }

  dateline.Controls = Controls;
})((window.dateline = window.dateline || {}));

/* The map's own line to the server: a picture comes over it before the page's run has come through, and the server hears which
   one is painted. Where no line can be had, the run brings the picture as ever. */
(function (dateline) {
  "use strict";
  const ADDRESS = "../../dateline/line";

  class Line {
    /* onPicture: called with what a run would have brought; whereNext: with where a crowd is, to say where the map would look. */
    constructor(onPicture, whereNext) {
      Object.assign(this, { onPicture, whereNext, key: "", socket: null, painted: 0 });
    }

    /* Keep the line of this key open; one that was lost is opened again with the page's next run. */
    keep(key) {
      const isOpen = this.socket && this.socket.readyState <= WebSocket.OPEN;
      if (!key || (isOpen && key === this.key)) return;
      if (isOpen) this.socket.close();
      Object.assign(this, { key, painted: 0 });
      const address = new URL(`${ADDRESS}?${new URLSearchParams({ key })}`, location.href);
      address.protocol = address.protocol.replace("http", "ws");
      const socket = (this.socket = new WebSocket(address));
      socket.onmessage = ({ data }) => { if (socket === this.socket) this.hear(JSON.parse(data)); };
      socket.onopen = () => this.tell();
    }

    /* A picture; or, before that of a crowd, the question where the map would look, so that it is a picture of just that. */
    hear(said) {
      if (said.ask) this.socket.send([said.ask, ...this.whereNext(said.extent)].join(" "));
      else this.onPicture(said);
    }

    /* A picture of this number is on the screen. */
    say(number) {
      if (number <= this.painted) return;
      this.painted = number;
      this.tell();
    }

    tell() {
      if (this.painted && this.socket.readyState === WebSocket.OPEN) this.socket.send(String(this.painted));
    }
  }

  dateline.Line = Line;
})((window.dateline = window.dateline || {}));

/* How one mark, its foot and a ring of several are drawn on a canvas.
   The six forms come from Python (events/look/marks.py), the same paths as on the cards: in units in which a disc
   has a radius of ten. Colours come from the theme of the run. */
(function (dateline) {
  "use strict";
  const TURN = 2 * Math.PI;
  const UNIT = 10;
  const SERIF = '"Libertinus Serif", "Source Serif", Georgia, serif';
  const SANS = '"Source Sans", "Segoe UI", system-ui, sans-serif';
  const paths = new Map();

  function pathOf(text) {
    if (!paths.has(text)) paths.set(text, new Path2D(text));
    return paths.get(text);
  }

  function disc(canvas, x, y, radius) {
    canvas.beginPath();
    canvas.arc(x, y, radius, 0, TURN);
  }

  /* A mark of a radius around (x, y). state: "", "hovered" or "open"; number "" for none. */
  function drawMark(canvas, form, x, y, radius, colour, theme, number = "", state = "") {
    canvas.save();
    canvas.translate(x, y);
    canvas.scale(radius / UNIT, radius / UNIT);
    if (state) drawOutline(canvas, form, state === "open" ? 1.8 : 1, theme);
    canvas.fillStyle = theme.panel;
    canvas.fill(pathOf(form.casing));
    const paints = { colour, panel: theme.panel };
    for (const layer of form.layers) drawLayer(canvas, layer, paints);
    canvas.restore();
    if (number) drawNumber(canvas, number, x, y, radius, form.filled ? theme.numerals[colour] : theme.ink,
                           form.filled ? null : theme.panel);
  }

  function drawOutline(canvas, form, width, theme) {
    const path = pathOf(form.outline);
    canvas.fillStyle = theme.panel;
    canvas.strokeStyle = theme.ink;
    canvas.lineWidth = width;
    canvas.fill(path);
    canvas.stroke(path);
  }

  function drawLayer(canvas, layer, paints) {
    const path = pathOf(layer.path);
    canvas.globalAlpha = layer.opacity;
    canvas.setLineDash(layer.dash || []);
    canvas.lineWidth = layer.width;
    if (layer.fill) { canvas.fillStyle = paints[layer.fill]; canvas.fill(path); }
    if (layer.stroke) { canvas.strokeStyle = paints[layer.stroke]; canvas.stroke(path); }
    canvas.globalAlpha = 1;
  }

  function drawNumber(canvas, number, x, y, radius, colour, halo) {
    canvas.font = `700 ${number.length > 2 ? radius * 0.82 : radius * 1.04}px ${SANS}`;
    canvas.textAlign = "center";
    canvas.textBaseline = "alphabetic";
    const baseline = y + (canvas.measureText("0").actualBoundingBoxAscent || radius * 0.7) / 2;
    if (halo) strokeText(canvas, number, x, baseline, 3, halo);
    canvas.fillStyle = colour;
    canvas.fillText(number, x, baseline);
  }

  function strokeText(canvas, text, x, y, width, colour) {
    canvas.lineWidth = width;
    canvas.lineJoin = "round";
    canvas.strokeStyle = colour;
    canvas.strokeText(text, x, y);
  }

  /* How far an open mark of a radius reaches to either side, its outline included. */
  function halfWidth(form, radius) {
    const [reach] = form.outline.match(/[\d.]+/g).map(Number).sort((a, b) => b - a);
    return (reach * radius) / UNIT + 1.4;
  }

  /* Stem and foot say that the place is a point: a filled dot is the very site, an open ring a town. head: where the stem
     begins, beside the foot where the mark has stepped aside. */
  function drawFoot(canvas, { x, y }, head, exact, colour, theme) {
    const short = exact ? 0 : 3 / Math.hypot(head.x - x, head.y - y);
    canvas.save();
    for (const [width, paint] of [[4, theme.panel], [1.6, colour]]) {
      canvas.lineWidth = width;
      canvas.strokeStyle = paint;
      canvas.beginPath();
      canvas.moveTo(head.x, head.y);
      canvas.lineTo(x + short * (head.x - x), y + short * (head.y - y));
      canvas.stroke();
    }
    disc(canvas, x, y, exact ? 4.2 : 5);
    canvas.fillStyle = theme.panel;
    canvas.fill();
    disc(canvas, x, y, exact ? 2.8 : 3.4);
    if (exact) { canvas.fillStyle = colour; canvas.fill(); }
    else { canvas.lineWidth = 1.6; canvas.strokeStyle = colour; canvas.stroke(); }
    canvas.restore();
  }

  /* Several events too near one another for their marks: the families' shares around their count. */
  function drawRing(canvas, ring, theme, hovered) {
    canvas.save();
    disc(canvas, ring.x, ring.y, ring.radius + 2);
    canvas.fillStyle = theme.panel;
    canvas.fill();
    if (hovered) { canvas.lineWidth = 1.2; canvas.strokeStyle = theme.ink; canvas.stroke(); }
    const gap = ring.shares.length > 1 ? 0.05 : 0;
    let from = -TURN / 4;
    canvas.lineWidth = 4.4;
    for (const [family, count] of ring.shares) {
      const to = from + (TURN * count) / ring.count;
      canvas.beginPath();
      canvas.arc(ring.x, ring.y, ring.radius - 2.2, from + gap, to - gap);
      canvas.strokeStyle = theme.families[family];
      canvas.stroke();
      from = to;
    }
    const text = shortCount(ring.count);
    canvas.font = `600 ${ring.radius < 14 && text.length > 1 ? 12 : text.length > 2 ? 13 : 16}px ${SERIF}`;
    canvas.textAlign = "center";
    canvas.textBaseline = "alphabetic";
    canvas.fillStyle = theme.ink;
    canvas.fillText(text, ring.x, ring.y + (text.length > 2 ? 4.4 : 5.2));
    canvas.restore();
  }

  /* A count that fits into a ring: 950, 1.2k, 31k, 1.1M. */
  function shortCount(count) {
    if (count < 1000) return String(count);
    const [unit, sign] = count < 999500 ? [1000, "k"] : [1e6, "M"];
    const text = count / unit < 9.95 ? (count / unit).toFixed(1) : String(Math.round(count / unit));
    return text.replace(".0", "") + sign;
  }

  /* The count of a country, a sea or a line: a plate, not a ring, for it is no point. The families' shares lie under it. */
  function drawPlate(canvas, plate, theme, hovered) {
    const [west, north] = [plate.x - plate.width / 2, plate.y - plate.height / 2];
    canvas.save();
    canvas.beginPath();
    canvas.roundRect(west, north, plate.width, plate.height, 3);
    canvas.fillStyle = theme.panel;
    canvas.fill();
    canvas.lineWidth = hovered ? 1.6 : 1;
    canvas.strokeStyle = hovered ? theme.ink : theme.rule;
    canvas.stroke();
    canvas.clip();
    let from = west;
    for (const [family, count] of plate.shares) {
      const width = (plate.width * count) / plate.count;
      canvas.fillStyle = theme.families[family];
      canvas.fillRect(from, north + plate.height - 3.6, width, 3.6);
      from += width;
    }
    canvas.font = `600 12.5px ${SERIF}`;
    canvas.textAlign = "center";
    canvas.textBaseline = "alphabetic";
    canvas.fillStyle = theme.ink;
    canvas.fillText(shortCount(plate.count), plate.x, plate.y + 3);
    canvas.restore();
  }

  /* From where a ring or an area's badge has stepped aside. */
  function drawLeg(canvas, from, to, theme) {
    canvas.save();
    for (const [width, paint, size] of [[3.4, theme.panel, 3.6], [1, theme.soft, 2]]) {
      canvas.lineWidth = width;
      canvas.strokeStyle = canvas.fillStyle = paint;
      canvas.beginPath();
      canvas.moveTo(from.x, from.y);
      canvas.lineTo(to.x, to.y);
      canvas.stroke();
      disc(canvas, from.x, from.y, size);
      canvas.fill();
    }
    canvas.restore();
  }

  /* The legs of a ring that is fanned out, over a veil that quietens what lies below. */
  function drawFan(canvas, fan, theme) {
    canvas.save();
    disc(canvas, fan.x, fan.y, fan.reach + 18);
    canvas.fillStyle = theme.veil;
    canvas.fill();
    canvas.lineWidth = 1;
    canvas.strokeStyle = theme.soft;
    for (const spot of fan.spots) {
      canvas.beginPath();
      canvas.moveTo(fan.x, fan.y);
      canvas.lineTo(spot.x, spot.y);
      canvas.stroke();
    }
    disc(canvas, fan.x, fan.y, 3.4);
    canvas.fillStyle = theme.panel;
    canvas.fill();
    canvas.lineWidth = 1.6;
    canvas.strokeStyle = theme.ink;
    canvas.stroke();
    canvas.restore();
  }

  dateline.marks = { drawMark, drawFoot, drawLeg, halfWidth, drawRing, drawPlate, drawFan, shortCount, strokeText, disc, SERIF, SANS };
})((window.dateline = window.dateline || {}));

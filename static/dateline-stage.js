/* What is gathered, drawn on the overlay's canvas from below: plates, rings and rows, the open row, a fan. */
(function (dateline) {
  "use strict";
  const { drawMark, drawFoot, drawLeg, drawRing, drawPlate, drawFan } = dateline.marks;
  const { OPEN_RADIUS } = dateline.gathering;
  const RADIUS = 11;

  /* plates: of a crowd's grounds; given: what the run brought; hovered: an id or null. Returns what can be pressed:
     [{x, y, radius, id, and mark or ring}]. */
  function drawStage(canvas, { rows, rings, fan }, plates, given, hovered) {
    const targets = [];
    const stage = { canvas, targets, given, theme: given.theme, hovered };
    for (const plate of plates) {
      drawPlate(canvas, plate, stage.theme, hovered === plate.id);
      targets.push({ x: plate.x, y: plate.y, radius: plate.width / 2, ring: plate, id: plate.id });
    }
    const items = [...rings, ...rows].sort((a, b) => levelOf(a) - levelOf(b));
    for (const item of items) if (item.from && !item.isPoint) drawLeg(canvas, item.from, headOf(item), stage.theme);
    for (const item of items) if (item.spots) drawRow(stage, item); else drawOneRing(stage, item);
    if (fan) drawFan(canvas, fan, stage.theme);
    for (const spot of fan ? fan.spots : []) drawOne(stage, spot.mark, spot.x, spot.y);
    return targets;
  }

  /* The open row lies above all but what could not step aside from it. */
  function levelOf(item) {
    return item.above ? 2 : item.isOpen ? 1 : 0;
  }

  function headOf(item) {
    return { x: item.x, y: item.spots ? item.head : item.y };
  }

  function drawOneRing({ canvas, targets, theme, hovered }, ring) {
    drawRing(canvas, ring, theme, hovered === ring.id);
    targets.push({ x: ring.x, y: ring.y, radius: ring.radius + 2, ring, id: ring.id });
  }

  function drawRow(stage, row) {
    if (row.isPoint) {
      const colour = stage.theme.families[row.marks[0].family];
      const top = row.from ? headOf(row) : { x: row.x, y: row.head + RADIUS - 1 };
      drawFoot(stage.canvas, row.foot, top, row.precision === "exact", colour, stage.theme);
    }
    row.marks.forEach((mark, index) => drawOne(stage, mark, row.x + row.spots[index].along, row.head));
  }

  function drawOne({ canvas, targets, given, theme, hovered }, mark, x, y) {
    const isOpen = mark.id === given.selected;
    const radius = isOpen ? OPEN_RADIUS : RADIUS;
    const look = isOpen ? "open" : mark.id === hovered ? "hovered" : "";
    const number = given.numbered || isOpen ? String(mark.number) : "";
    drawMark(canvas, dateline.forms[mark.status], x, y, radius, theme.families[mark.family], theme, number, look);
    targets.push({ x, y, radius: radius + 3, mark, id: mark.id });
  }

  dateline.stage = { drawStage };
})((window.dateline = window.dateline || {}));

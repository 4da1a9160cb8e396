/* Which marks stand where on the screen. Events of one place stand side by side over one stem; a row that has no room
   becomes a ring with a count, which is narrower, and what still lies within it joins it; a ring that zooming in can't
   part is fanned out on a click. Nothing is ever moved on the ground: only heads and rings are placed, in pixels. */
(function (dateline) {
  "use strict";
  const STEP = 25; // px from mark to mark in a row
  const OPEN_RADIUS = 13; // px of the open mark, which has an outline around it
  const MOST_IN_A_ROW = 4;
  const MOST_IN_A_FAN = 60;
  const CELL = 64; // px of the grid in which neighbours are looked up
  const POINTS = new Set(["exact", "city"]);

  /* Marks of one place, with what they share. */
  function placesOf(marks) {
    const places = new Map();
    for (const mark of marks) {
      const key = mark.key || `${mark.place}/${mark.precision}/${mark.lat}/${mark.lon}`;
      if (!places.has(key)) {
        places.set(key, { key, marks: [], lat: mark.lat, lon: mark.lon, name: mark.place,
                          precision: mark.precision, isPoint: POINTS.has(mark.precision) });
      }
      places.get(key).marks.push(mark);
    }
    return [...places.values()];
  }

  /* Rows, rings and at most one fan for the places in sight. project: (lat, lon) -> {x, y}; fanned: ids or null. */
  function gather(places, { project, inSight, openId, fanned }) {
    const seen = [];
    let fan = null;
    for (const place of places) {
      const spot = project(place.lat, place.lon);
      if (!inSight(spot)) continue;
      const isOpen = place.marks.some((mark) => mark.id === openId);
      const crowded = place.marks.length > MOST_IN_A_ROW;
      const wanted = fanned ? place.marks.some((mark) => fanned.has(mark.id)) : isOpen && crowded;
      if (wanted && !fan) fan = fanOf(place.marks, spot, openId);
      else if (wanted) addToFan(fan, place.marks, openId);
      else seen.push(rowOf(place, spot, isOpen, openId));
    }
    const { rows, rings } = joinNear(seen);
    joinTouching(rings, rows);
    for (const ring of rings) ring.shares = sharesOf(ring.marks);
    return { rows, rings, fan };
  }

  /* foot: its place on the screen; head: where its marks stand; spots: how far along the row each mark is, and half the room
     that it takes. */
  function rowOf(place, spot, isOpen, openId) {
    const reaches = place.marks.map((mark) => (mark.id === openId ? reachOf(mark) : STEP / 2));
    const width = 2 * reaches.reduce((sum, reach) => sum + reach, 0);
    let west = -width / 2;
    const spots = reaches.map((reach) => { west += 2 * reach; return { along: west - reach, reach }; });
    return { ...place, x: spot.x, foot: { x: spot.x, y: spot.y }, isOpen, width, spots,
             head: place.isPoint ? spot.y - (isOpen ? 27 : 20) : spot.y };
  }

  /* Half of what an open mark takes of a row: a diamond more than a disc. */
  function reachOf(mark) {
    return dateline.marks.halfWidth(dateline.forms[mark.status], OPEN_RADIUS);
  }

  /* First come the open event and the fullest places. A row that meets others becomes a ring of its own; those that lie
     within the ring join it, the others are looked at in their turn. */
  function joinNear(seen) {
    seen.sort((a, b) => b.isOpen - a.isOpen || b.marks.length - a.marks.length);
    const grid = gridOf(seen);
    const rows = [];
    const rings = [];
    const taken = new Set();
    for (const row of seen) {
      if (taken.has(row)) continue;
      taken.add(row);
      const joins = (other) => !taken.has(other) && !other.isOpen && crowd(row, other);
      const near = row.isOpen ? [] : neighbours(grid, row).filter(joins);
      if (!near.length && row.marks.length <= MOST_IN_A_ROW) { rows.push(row); continue; }
      const close = near.filter((other) => crowd(narrowed(row), narrowed(other)));
      for (const other of close) taken.add(other);
      rings.push(ringOf([row, ...close]));
    }
    return { rows, rings };
  }

  /* The same, as wide as the ring that its events would make. */
  function narrowed(row) {
    return row.marks.length > 1 ? { ...row, width: 2 * radiusOf(row.marks.length) } : row;
  }

  function crowd(a, b) {
    return Math.abs(a.x - b.x) < (a.width + b.width) / 2 + 4 && Math.abs(a.head - b.head) < 28;
  }

  function gridOf(rows) {
    const grid = new Map();
    for (const row of rows) {
      const cell = `${Math.floor(row.x / CELL)} ${Math.floor(row.head / CELL)}`;
      if (!grid.has(cell)) grid.set(cell, []);
      grid.get(cell).push(row);
    }
    return grid;
  }

  function neighbours(grid, row) {
    const found = [];
    const column = Math.floor(row.x / CELL);
    const line = Math.floor(row.head / CELL);
    for (let x = column - 2; x <= column + 2; x += 1) {
      for (let y = line - 1; y <= line + 1; y += 1) found.push(...(grid.get(`${x} ${y}`) || []));
    }
    return found;
  }

  function ringOf(rows) {
    const marks = rows.flatMap((row) => row.marks);
    const mean = (value) => rows.reduce((sum, row) => sum + value(row) * row.marks.length, 0) / marks.length;
    return { id: marks[0].id, count: marks.length, marks, x: mean((row) => row.x), y: mean((row) => row.head), radius: radiusOf(marks.length) };
  }

  function radiusOf(count) {
    return Math.min(28, 13.5 + 2.3 * Math.log2(count));
  }

  /* Rings that touch become one; a row that touches a ring becomes one too, or joins it. Both lists are changed. */
  function joinTouching(rings, rows) {
    for (let changed = true; changed; ) {
      changed = false;
      for (let i = 0; i < rings.length; i += 1) {
        for (let j = rings.length - 1; j > i; j -= 1) {
          const apart = Math.hypot(rings[i].x - rings[j].x, rings[i].y - rings[j].y);
          if (apart < rings[i].radius + rings[j].radius + 2) {
            absorb(rings[i], rings[j].marks, rings[j].x, rings[j].y);
            rings.splice(j, 1);
            changed = true;
          }
        }
        for (let j = rows.length - 1; j >= 0; j -= 1) {
          const row = rows[j];
          const across = Math.abs(rings[i].x - row.x) < rings[i].radius + row.width / 2;
          if (!row.isOpen && across && Math.abs(rings[i].y - row.head) < rings[i].radius + 13) {
            if (row.marks.length > 1) rings.push(ringOf([row]));
            else absorb(rings[i], row.marks, row.x, row.head);
            rows.splice(j, 1);
            changed = true;
          }
        }
      }
    }
  }

  function absorb(ring, marks, x, y) {
    const total = ring.marks.length + marks.length;
    ring.x = (ring.x * ring.marks.length + x * marks.length) / total;
    ring.y = (ring.y * ring.marks.length + y * marks.length) / total;
    ring.marks = ring.marks.concat(marks);
    ring.count = total;
    ring.radius = radiusOf(total);
  }

  /* [family, count] in the order of families. */
  function sharesOf(marks) {
    const counts = new Map();
    for (const mark of marks) counts.set(mark.family, (counts.get(mark.family) || 0) + 1);
    return dateline.families.filter((family) => counts.has(family)).map((family) => [family, counts.get(family)]);
  }

  function fanOf(marks, spot, openId) {
    const fan = { x: spot.x, y: spot.y, marks: [], spots: [], reach: 0, all: [] };
    addToFan(fan, marks, openId);
    return fan;
  }

  function addToFan(fan, marks, openId) {
    fan.all = fan.all.concat(marks);
    const opened = fan.all.filter((mark) => mark.id === openId);
    fan.marks = opened.concat(fan.all.filter((mark) => mark.id !== openId)).slice(0, MOST_IN_A_FAN);
    fan.marks.sort((a, b) => a.number - b.number);
    fan.spots = spotsOf(fan, opened.length > 0);
    fan.reach = Math.max(...fan.spots.map((spot) => Math.hypot(spot.x - fan.x, spot.y - fan.y)));
  }

  /* Up to ten marks stand on a circle, more on a spiral whose windings are a mark apart. */
  function spotsOf(fan, hasOpen) {
    const count = fan.marks.length;
    const room = STEP + (hasOpen ? 7 : 3);
    const round = count <= 10;
    let angle = -Math.PI / 2;
    return fan.marks.map((mark) => {
      const turned = angle + Math.PI / 2;
      const radius = round ? Math.max(36, (count * room) / (2 * Math.PI)) : 36 + (room * turned) / (2 * Math.PI);
      const spot = { mark, x: fan.x + radius * Math.cos(angle), y: fan.y + radius * Math.sin(angle) };
      angle += round ? (2 * Math.PI) / count : room / radius;
      return spot;
    });
  }

  dateline.gathering = { placesOf, gather, STEP, OPEN_RADIUS, MOST_IN_A_FAN };
})((window.dateline = window.dateline || {}));

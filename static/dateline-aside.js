/* Marks that have no room where they belong: what would lie beneath the open event, a fan or a tool of the map steps aside
   by the shortest way, and a stem says from where. Feet stay: nothing is ever moved on the ground. */
(function (dateline) {
  "use strict";
  const TURN = 2 * Math.PI;
  const BODY = 13; // px: half a mark with its casing
  const FOOT = 6;
  const GAP = 2; // px of air between two bodies
  const AIR = 4; // px between a mark and a tool, or the edge of the map
  const VEIL = 18; // px that a fan's veil reaches beyond its marks
  const FARTHEST = 92; // px that a mark may step aside
  const STEPS = stepsOf(3, 32);

  /* Ways to step, [dx, dy, distance, angle], the nearest first. */
  function stepsOf(apart, directions) {
    const steps = [];
    for (let far = apart; far <= FARTHEST; far += apart) {
      for (let turn = 0; turn < directions; turn += 1) {
        const angle = (TURN * turn) / directions;
        steps.push([far * Math.cos(angle), far * Math.sin(angle), far, angle]);
      }
    }
    return steps;
  }

  /* The circles that a row or a ring fills. */
  function bodiesOf(item) {
    if (item.radius) return [{ x: item.x, y: item.y, radius: item.radius + 2 }];
    return item.spots.map(({ along, reach }) => ({ x: item.x + along, y: item.head, radius: Math.max(BODY, reach) }));
  }

  /* Lead rows and rings off what lies over them; what goes nowhere is drawn above it instead. gathered: as `gather` gives it;
     tools: boxes [west, north, east, south] in the map's pixels, of the size {x, y}. */
  function stepAside({ rows, rings, fan }, { tools, size }) {
    const open = rows.find((row) => row.isOpen);
    const items = [...rows.filter((row) => !row.isOpen), ...rings].filter((item) => isInSight(bodiesOf(item), size));
    const blocked = fan ? [{ x: fan.x, y: fan.y, radius: fan.reach + VEIL }] : [];
    if (open) {
      if (hidden(bodiesOf(open), [], tools)) lead(open, { x: size.x / 2, y: size.y / 2 }, -1, (bodies) =>
        !hidden(bodies, [], tools) && isWithin(bodies, size, AIR));
      blocked.push(...bodiesOf(open));
      if (open.isPoint) blocked.push({ ...open.foot, radius: FOOT });
    }
    for (const item of items.filter((each) => hidden(bodiesOf(each), blocked, tools))) {
      const others = bodiesNear(item, items);
      const isFree = (bodies) => isWithin(bodies, size, AIR) && !hidden(bodies, blocked, tools) && !hidden(bodies, others, []);
      const underTool = hidden(bodiesOf(item), [], tools);
      const from = underTool ? { x: size.x / 2, y: size.y / 2 } : open ? open.foot : fan;
      item.above = !lead(item, from, underTool ? -1 : 1, isFree) && !underTool && !fan;
    }
  }

  /* The circles of other items that this one may meet, however it steps aside. */
  function bodiesNear(item, items) {
    const own = bodiesOf(item);
    const isNear = (other) => own.some((body) =>
      Math.hypot(body.x - other.x, body.y - other.y) < FARTHEST + body.radius + other.radius + GAP);
    return items.filter((each) => each !== item).flatMap(bodiesOf).filter(isNear);
  }

  function hidden(bodies, blocked, tools) {
    return bodies.some((body) => blocked.some((other) => touches(body, other)) || tools.some((tool) => isUnder(body, tool)));
  }

  function touches(body, other) {
    return Math.hypot(body.x - other.x, body.y - other.y) < body.radius + other.radius + GAP;
  }

  function isUnder({ x, y, radius }, [west, north, east, south]) {
    const across = Math.max(west - x, 0, x - east);
    const up = Math.max(north - y, 0, y - south);
    return Math.hypot(across, up) < radius + AIR;
  }

  function isInSight(bodies, size) {
    return bodies.some(({ x, y }) => x > 0 && y > 0 && x < size.x && y < size.y);
  }

  function isWithin(bodies, size, air) {
    return bodies.every(({ x, y, radius }) => x - radius > air && y - radius > air &&
      x + radius < size.x - air && y + radius < size.y - air);
  }

  /* Move a row or a ring to the best free spot near it: not far, away from what is in its way (sense 1) or towards it (-1), and
     heads rather above their feet than below. False where none is free. */
  function lead(item, { x, y }, sense, isFree) {
    const level = item.radius ? "y" : "head";
    const [west, north] = [item.x, item[level]];
    const ground = item.foot || { x: west, y: north };
    const angle = Math.atan2(sense * (ground.y - y), sense * (ground.x - x));
    let best = null; // [cost, x, level]; what a step costs is its distance at least
    for (const [dx, dy, far, way] of STEPS) {
      if (best && far >= best[0]) break;
      const cost = far + 9 * (1 - Math.cos(way - angle)) + (item.isPoint ? Math.max(0, dy) / 3 : 0);
      if (best && cost >= best[0]) continue;
      item.x = west + dx;
      item[level] = north + dy;
      if (isFree(bodiesOf(item))) best = [cost, item.x, item[level]];
    }
    [item.x, item[level]] = best ? best.slice(1) : [west, north];
    if (best) item.from = item.isPoint ? item.foot : { x: west, y: north };
    return Boolean(best);
  }

  dateline.aside = { stepAside };
})((window.dateline = window.dateline || {}));

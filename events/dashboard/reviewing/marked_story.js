/* A story's text with its marked words. A click on a marked word, or on an event's number, opens the event; words that
   are selected can be made an event that was missed. Everything is written with textContent. Offsets count code points,
   as Python does. */
const drawn = new WeakMap(); // what each component last showed

export default function ({ data, parentElement, setTriggerValue }) {
  const before = drawn.get(parentElement) || {};
  before.stop?.();
  const body = element("div", "reading marked-story");
  body.setAttribute("aria-label", "The story");
  body.setAttribute("role", "region");
  for (const paragraph of data.paragraphs) body.append(paragraphOf(paragraph, data));
  const offer = offerButton();
  parentElement.replaceChildren(body, offer);

  const open = (target) => {
    const id = target.closest("[data-event]")?.dataset.event;
    if (id && !selection(body)) setTriggerValue("opened", id);
    return Boolean(id);
  };
  body.addEventListener("click", (event) => open(event.target));
  body.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    if (event.target.matches(".no") && open(event.target)) event.preventDefault();
  });
  const look = () => place(offer, selection(body), parentElement);
  if (data.mayAdd) document.addEventListener("selectionchange", look);
  offer.addEventListener("pointerdown", (event) => event.preventDefault()); // or the press would unselect the words
  offer.addEventListener("click", () => {
    const words = selection(body);
    if (words) setTriggerValue("words", { part: words.part, start: words.start, end: words.end });
    document.getSelection().removeAllRanges();
  });
  const stop = () => document.removeEventListener("selectionchange", look);
  if (data.opened !== before.opened) bringIntoSight(body);
  drawn.set(parentElement, { stop, opened: data.opened });
  return stop;
}

function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}

function paragraphOf({ kind, part, pieces }, data) {
  const made = element(kind === "title" ? "h2" : "p", kind === "title" ? "" : `${kind} body`);
  made.dataset.part = part;
  for (const piece of pieces) {
    for (const id of piece.heads) made.append(numberOf(id, data));
    made.append(pieceOf(piece));
  }
  return made;
}

/* The number of an event before the words that tell of it: what a keyboard or a screen reader opens it by. */
function numberOf(id, { badges, opened }) {
  const badge = badges[id];
  const made = element("span", badge.filled ? "no" : "no hollow");
  const picture = element("img");
  Object.assign(picture, { src: badge.picture, alt: "" });
  const digits = element("b", badge.number.length > 2 ? "long" : "", badge.number);
  digits.style.color = badge.ink;
  Object.assign(made, { tabIndex: 0, title: badge.label });
  made.dataset.event = id;
  made.setAttribute("role", "button");
  made.setAttribute("aria-label", badge.label);
  made.setAttribute("aria-pressed", String(id === opened));
  made.append(picture, digits);
  return made;
}

function pieceOf({ text, start, roles, on, quoted, event, tip }) {
  const names = ["w", ...roles];
  if (on) names.push("on");
  if (quoted) names.push("quoted");
  const made = element(roles.length ? "mark" : "span", names.join(" "), text);
  made.dataset.start = start;
  if (event) made.dataset.event = event;
  if (tip) made.title = tip;
  return made;
}

function offerButton() {
  const made = element("button", "offer", "Add an event from these words");
  made.type = "button";
  made.hidden = true;
  return made;
}

/* The selected words, where they lie within one part of the story. */
function selection(body) {
  const chosen = document.getSelection();
  if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return null;
  const range = chosen.getRangeAt(0);
  if (!body.contains(range.startContainer) || !body.contains(range.endContainer)) return null;
  const start = spotOf(range.startContainer, range.startOffset, true);
  const end = spotOf(range.endContainer, range.endOffset, false);
  if (!start || !end || start.part !== end.part || end.at <= start.at || !chosen.toString().trim()) return null;
  return { part: start.part, start: start.at, end: end.at, box: range.getBoundingClientRect() };
}

/* A point of a selection as an offset of the story: in a piece's text, else at the piece that follows or went before. */
function spotOf(node, offset, isStart) {
  const within = node.nodeType === Node.TEXT_NODE ? node.parentElement.closest(".w") : null;
  if (within) return { part: partOf(within), at: Number(within.dataset.start) + lengthOf(node.data.slice(0, offset)) };
  const around = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const beside = isStart ? around.childNodes[offset] || around : around.childNodes[offset - 1] || around;
  const host = beside.nodeType === Node.TEXT_NODE ? beside.parentElement : beside;
  const pieces = host.matches(".w") ? [host] : [...host.querySelectorAll(".w")];
  const piece = pieces.length ? pieces.at(isStart ? 0 : -1) : neighbour(host, isStart);
  if (!piece) return null;
  return { part: partOf(piece), at: Number(piece.dataset.start) + (isStart ? 0 : lengthOf(piece.textContent)) };
}

function neighbour(host, isStart) {
  let beside = host.closest(".no") || host;
  do beside = isStart ? beside.nextElementSibling : beside.previousElementSibling;
  while (beside && !beside.matches(".w"));
  return beside;
}

function partOf(piece) {
  return piece.closest("[data-part]").dataset.part;
}

function lengthOf(text) {
  return Array.from(text).length;
}

/* Put the button under the end of the selected words. */
function place(offer, words, parentElement) {
  offer.hidden = !words;
  if (!words) return;
  const frame = parentElement.getBoundingClientRect();
  offer.style.top = `${words.box.bottom - frame.top + 6}px`;
  offer.style.left = `${Math.max(0, Math.min(words.box.left - frame.left, frame.width - offer.offsetWidth))}px`;
}

function bringIntoSight(body) {
  const spot = body.querySelector('.no[aria-pressed="true"]') || body.querySelector(".on");
  spot?.scrollIntoView({ block: "nearest" });
}

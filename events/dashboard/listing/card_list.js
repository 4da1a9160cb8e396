// The cards of the list, drawn as one element: of another choice only the words change. Text from stories is only ever
// written with textContent and setAttribute. A card is a row under a plain button that covers it, named after the event.

const lists = new WeakMap(); // by the element that Streamlit gives: its cards, by the events' ids

export default function ({ parentElement, data, setTriggerValue }) {
  const list = lists.get(parentElement) || begun(parentElement);
  list.open = (id) => setTriggerValue("opened", id);
  const before = list.cards;
  const kept = new Set(data.cards.map((card) => card.id));
  const spare = [...before.keys()].filter((id) => !kept.has(id)).reverse(); // taken from the top, so that few must move
  list.cards = new Map();
  for (const card of data.cards) {
    const node = before.get(card.id) || before.get(spare.pop()) || made(list);
    before.delete(node.dataset.event);
    node.dataset.event = card.id;
    list.cards.set(card.id, node);
    write(node, card, data.pictures);
  }
  for (const node of before.values()) node.remove();
  order(list);
}

function begun(parentElement) {
  const list = { element: document.createElement("ol"), cards: new Map(), open: null };
  list.element.className = "cards";
  list.element.setAttribute("role", "list"); // without list-style, one browser no longer takes it for a list
  parentElement.append(list.element);
  lists.set(parentElement, list);
  return list;
}

function made(list) {
  const node = element("li", "card", [
    element("span", "mk", [element("img"), element("b")]),
    element("div", "", [
      element("div", "meta", [element("b"), element("span", "caps type"), element("span", "caps told")]),
      element("h4"),
      element("div", "where", [element("span", "place"), element("span", "touched")]),
      element("div", "who"),
    ]),
    element("button", "go"),
  ]);
  node.querySelector("h4").setAttribute("aria-level", "2");
  const button = node.querySelector("button");
  button.type = "button";
  button.addEventListener("click", () => {
    for (const other of list.cards.values()) mark(other, other === node); // at once; the server's answer follows
    list.open(node.dataset.event);
  });
  return node;
}

function write(node, card, pictures) {
  const [signed, told] = node.children;
  const [picture, number] = signed.children;
  signed.className = card.hollow ? "mk hollow" : "mk";
  signed.style.color = card.ink;
  if (picture.src !== pictures[card.picture]) picture.src = pictures[card.picture];
  picture.alt = card.status;
  number.className = card.number > 99 ? "long" : "";
  say(number, card.number ? String(card.number) : "");
  say(told.querySelector(".meta b"), card.when);
  say(told.querySelector(".type"), card.type);
  say(told.querySelector(".told"), card.told);
  say(told.querySelector("h4"), card.what);
  say(told.querySelector(".place"), card.where);
  say(told.querySelector(".touched"), card.touched);
  say(told.querySelector(".who"), card.who);
  node.querySelector("button").setAttribute("aria-label", card.label);
  mark(node, card.open);
}

function mark(node, isOpen) {
  node.classList.toggle("on", isOpen);
  if (isOpen) node.querySelector("button").setAttribute("aria-current", "true");
  else node.querySelector("button").removeAttribute("aria-current");
}

/* An element without words takes no room. */
function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
  node.hidden = !text;
}

/* Put the cards in order, moving only those that stand elsewhere: a card that moves loses the focus. */
function order(list) {
  let next = list.element.firstChild;
  for (const node of list.cards.values()) {
    if (node === next) next = next.nextSibling;
    else list.element.insertBefore(node, next);
  }
}

function element(tag, className = "", children = []) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

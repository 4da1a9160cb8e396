// Asks every few seconds whether anything came in, while the page is at rest; and says when nobody is in the middle of something,
// so that the page may bring itself up to date: no dialog or list is open, nothing is written, no button held down, and the page
// is looked at.

const EVERY = 3000; // ms
const STILL = 500; // ms without a press, after which a page that runs nothing is at rest
const BUSY = '[data-testid="stDialog"], [data-testid="stPopoverBody"], [role="listbox"], [role="menu"]';
const WRITING = 'input:not([type="checkbox"]):not([type="radio"]), textarea, [contenteditable="true"]';
let timer = null;
let told = 0;
let held = false;
let pressed = 0; // when a button or key was pressed or let go
let asked = performance.now();
addEventListener("pointerdown", () => (held = true), true);
for (const kind of ["pointerup", "pointercancel", "blur"]) addEventListener(kind, () => (held = false), true);
for (const kind of ["pointerdown", "pointerup", "keydown"]) {
  addEventListener(kind, () => (pressed = performance.now()), true);
}

export default function ({ data, setTriggerValue }) {
  clearInterval(timer);
  timer = setInterval(() => {
    if (data.due && data.due !== told && isQuiet()) {
      told = data.due;
      setTriggerValue("quiet", data.due);
    } else if (performance.now() - asked > EVERY && isAtRest()) {
      asked = performance.now();
      setTriggerValue("look", Math.round(asked));
    }
  }, 300);
  return () => clearInterval(timer);
}

function isQuiet() {
  return !held && !document.hidden && !document.querySelector(BUSY) && !document.activeElement?.matches(WRITING);
}

/* Whatever is asked brings along what all of the page's inputs hold. Asked while a run is underway that is what they held before
   it, and would take back what the run has chosen: new days, or a choice that somebody has just let go. */
function isAtRest() {
  const app = document.querySelector('[data-testid="stApp"]');
  return app?.dataset.testScriptState === "notRunning" && performance.now() - pressed > STILL;
}

// Says when nobody is in the middle of something, so that the page may bring itself up to date: no dialog or list is open,
// nothing is written, no button held down, and the page is looked at.

const BUSY = '[data-testid="stDialog"], [data-testid="stPopoverBody"], [role="listbox"], [role="menu"]';
const WRITING = 'input:not([type="checkbox"]):not([type="radio"]), textarea, [contenteditable="true"]';
let timer = null;
let told = 0;
let held = false;
addEventListener("pointerdown", () => (held = true), true);
for (const kind of ["pointerup", "pointercancel", "blur"]) addEventListener(kind, () => (held = false), true);

export default function ({ data, setTriggerValue }) {
  clearInterval(timer);
  if (!data.due || data.due === told) return;
  timer = setInterval(() => {
    if (held || document.hidden || document.querySelector(BUSY) || document.activeElement?.matches(WRITING)) return;
    clearInterval(timer);
    told = data.due;
    setTriggerValue("quiet", data.due);
  }, 300);
  return () => clearInterval(timer);
}

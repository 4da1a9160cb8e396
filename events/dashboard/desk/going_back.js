// Tells the server that somebody went back or forward in the browser, and to which address. Streamlit's own answer to
// that is stopped: it would run the page with the widgets' old values, and looks the same as a browser that lags behind.

let stop = null;

export default function ({ setStateValue }) {
  stop?.();
  const gone = (event) => {
    event.stopImmediatePropagation();
    setStateValue("gone", { to: location.search, turn: `${Date.now()}.${Math.random()}` });
  };
  addEventListener("popstate", gone, true); // true: before Streamlit's listener
  stop = () => removeEventListener("popstate", gone, true);
  return stop;
}

/* A briefing that stands alone in one file: its map, and the list under it, open the same event. Nothing is loaded and
   nobody is asked; text from stories is in the page already, escaped, and on the map as data. */
(function (dateline) {
  "use strict";

  /* Draw the events of a briefing; a click on a mark opens its row, a click on a row's badge its mark. */
  dateline.briefing = function (group, given) {
    const draw = (selected) => dateline.show(group, { ...given, selected });
    const open = (id, scroll) => {
      const row = id && document.querySelector(`[data-event="${CSS.escape(id)}"]`);
      const again = row && row.classList.contains("open");
      document.querySelectorAll(".event.open").forEach((other) => other.classList.remove("open"));
      if (row && !again) row.classList.add("open");
      draw(again ? null : id || null);
      if (row && scroll && !again) row.scrollIntoView({ block: "nearest", behavior: "smooth" });
    };
    group.on("click", (event) => {
      const feature = event.layer && event.layer.feature;
      if (feature) open(feature.properties.id, true);
    });
    for (const button of document.querySelectorAll(".event button")) {
      button.addEventListener("click", () => {
        open(button.closest(".event").dataset.event, false);
        document.querySelector(".stage").scrollIntoView({ block: "nearest", behavior: "smooth" });
      });
    }
    draw(null);
  };
})((window.dateline = window.dateline || {}));

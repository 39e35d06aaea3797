// Looks again, once a second, at what is still on its way. The page says the same when it is loaded
// again by hand.
"use strict";

const LOOKS = 120;

async function look(left) {
  const shown = document.querySelector("[data-pending]");
  if (!shown || left === 0) {
    return;
  }
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(shown.id);
    if (!fresh) {
      // Signed out, or deleted: whoever loads the page is told.
      return;
    }
    // Nobody's place in the text is taken away for nothing.
    if (fresh.outerHTML !== shown.outerHTML && !shown.contains(document.activeElement)) {
      shown.replaceWith(fresh);
    }
  } catch {
    // The server is away for a moment.
  }
  setTimeout(look, 1000, left - 1);
}

setTimeout(look, 700, LOOKS);

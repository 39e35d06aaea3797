// Keeps the dashboard up to date: a stream says what happens, a socket takes commands. What comes
// from outside is only ever written as text.
"use strict";

const MAX_RUNS = 20;
const MAX_EVENTS = 10;
const PROTOCOL = "taskauth.v1";

const byId = (id) => document.getElementById(id);
const runs = new Map();
let signedOut = false;

// ---- What the page shows ----

function say(which, text) {
  const place = byId("state-" + which);
  if (place.textContent !== text) {
    place.textContent = text;
  }
}

function complain(text) {
  byId("problem").textContent = text;
  byId("problem").hidden = !text;
}

function field(row, name) {
  return row.querySelector(`[data-field="${name}"]`);
}

function showTime(place, instant) {
  place.dateTime = instant;
  place.textContent = instant.slice(11, 19) + " UTC";
}

function rowOf(list, template, id) {
  for (const row of list.children) {
    if (row.dataset.id === id) {
      return row;
    }
  }
  const row = byId(template).content.firstElementChild.cloneNode(true);
  row.dataset.id = id;
  list.prepend(row);
  return row;
}

function trim(list, max) {
  while (list.children.length > max) {
    list.lastElementChild.remove();
  }
}

function showRun(run) {
  const known = runs.get(run.id);
  if (known && known.revision >= run.revision) {
    return;
  }
  runs.set(run.id, run);
  const list = byId("runs");
  const row = rowOf(list, "run-row", run.id);
  const finished = ["succeeded", "failed", "cancelled"].includes(run.status);
  const cancelling = run.cancel_requested && !finished;
  field(row, "task").textContent = run.task;
  field(row, "task").href = "/runs/" + encodeURIComponent(run.id);
  field(row, "status").textContent = cancelling ? "cancelling" : run.status;
  field(row, "status").classList.toggle("ta-badge-off", run.status === "failed");
  field(row, "by").textContent = run.started_by;
  showTime(field(row, "at"), run.created_at);
  const progress = field(row, "progress");
  progress.value = Math.floor(run.progress * 100);
  progress.hidden = finished;
  progress.setAttribute("aria-label", "Progress of " + run.task);
  field(row, "error").textContent = run.error || "";
  field(row, "error").hidden = !run.error;
  const result = row.querySelector('[data-action="result"]');
  result.hidden = run.status !== "succeeded";
  result.href = "/api/runs/" + encodeURIComponent(run.id);
  result.setAttribute("aria-label", "Result of " + run.task);
  const cancel = row.querySelector('[data-action="cancel"]');
  if (cancel) {
    cancel.hidden = finished || cancelling;
    cancel.setAttribute("aria-label", "Cancel " + run.task);
  }
  trim(list, MAX_RUNS);
  for (const id of [...runs.keys()].slice(0, Math.max(0, runs.size - 500))) {
    runs.delete(id);
  }
  byId("no-runs").hidden = list.children.length > 0;
}

function showEvent(event) {
  const list = byId("events");
  const row = rowOf(list, "event-row", event.id);
  field(row, "event").textContent = event.event;
  field(row, "event").classList.toggle("ta-failure", event.outcome === "failure");
  const target = event.details.target_username;
  field(row, "who").textContent = (event.username || "") + (target ? " → " + target : "");
  field(row, "address").textContent = event.ip || "";
  showTime(field(row, "at"), event.ts);
  trim(list, MAX_EVENTS);
  byId("no-events").hidden = true;
}

function showQueue(queue) {
  for (const what of ["waiting", "running"]) {
    for (const place of document.querySelectorAll(`[data-${what}]`)) {
      if (place.dataset[what] === queue.name) {
        place.textContent = queue[what];
      }
    }
  }
}

// One question for many runs that change together.
let asking;
function askForQueues() {
  clearTimeout(asking);
  asking = setTimeout(async () => {
    const answer = await ask("GET", "/api/queues");
    if (answer.ok) {
      (await answer.json()).forEach(showQueue);
    }
  }, 500);
}

function showProcess(state) {
  for (const place of document.querySelectorAll("[data-fact]")) {
    const value = state.facts[place.dataset.fact];
    if (value !== undefined && place.textContent !== value) {
      place.textContent = value;
    }
  }
  showDraining(state.draining);
}

function showDraining(draining) {
  byId("draining").hidden = !draining;
  for (const button of document.querySelectorAll('[data-action="run"]')) {
    button.disabled = draining || signedOut;
  }
}

// ---- Asking the server ----

function csrfToken() {
  const cookies = document.cookie.split("; ");
  const named = (prefix) => cookies.find((cookie) => cookie.startsWith(prefix + "taskauth_csrf="));
  const cookie = named("__Host-") || named("__Secure-") || named("");
  return cookie ? decodeURIComponent(cookie.slice(cookie.indexOf("=") + 1)) : "";
}

async function ask(method, path, body) {
  const headers = { Accept: "application/json" };
  if (method !== "GET") {
    headers["X-CSRF-Token"] = csrfToken();
  }
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  const answer = await fetch(path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    redirect: "manual",
    cache: "no-store",
  });
  if (answer.status === 401) {
    endForGood();
  }
  return answer;
}

async function refresh() {
  const [queues, found] = await Promise.all([
    ask("GET", "/api/queues"),
    ask("GET", "/api/runs?limit=" + MAX_RUNS),
  ]);
  if (queues.ok && found.ok) {
    (await queues.json()).forEach(showQueue);
    // The oldest first: each new row goes on top.
    (await found.json()).items.reverse().forEach(showRun);
  }
  return queues;
}

// ---- Coming back after a break ----

class Link {
  constructor(name, label, open) {
    this.name = name;
    this.label = label;
    this.open = open;
    this.attempts = 0;
    this.wanted = false;
  }

  start() {
    if (!this.wanted && !signedOut) {
      this.wanted = true;
      this.connect();
    }
  }

  stop() {
    this.wanted = false;
    clearTimeout(this.timer);
    if (this.close) {
      this.close();
    }
    this.close = null;
  }

  connect() {
    say(this.name, this.label + (this.attempts ? "Reconnecting…" : "Connecting…"));
    this.open(this).catch(() => this.lost());
  }

  live() {
    this.attempts = 0;
    say(this.name, this.label + "Live");
  }

  lost() {
    if (!this.wanted || signedOut) {
      return;
    }
    this.close = null;
    const longest = Math.min(30000, 1000 * 2 ** this.attempts);
    this.attempts++;
    say(this.name, this.label + "Reconnecting…");
    // Not all browsers at once after a restart.
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), longest * (0.5 + Math.random() / 2));
  }
}

async function openStream(link) {
  // A stream that is refused does not say why; this request does.
  const answer = await refresh();
  if (!link.wanted || signedOut) {
    return;
  }
  if (!answer.ok) {
    link.lost();
    return;
  }
  const source = new EventSource("/dashboard/stream");
  link.close = () => source.close();
  source.onopen = () => {
    link.live();
    // What happened between the request above and now.
    refresh().catch(() => {});
  };
  source.onerror = () => {
    source.close();
    link.lost();
  };
  source.addEventListener("run", (event) => {
    showRun(JSON.parse(event.data));
    askForQueues();
  });
  source.addEventListener("auth", (event) => showEvent(JSON.parse(event.data)));
  source.addEventListener("process", (event) => showProcess(JSON.parse(event.data)));
}

const calls = new Map();
let lastCall = 0;
let socket = null;

async function openSocket(link) {
  // Each ticket opens one socket.
  const answer = await ask("POST", "/api/auth/ws-ticket");
  if (!link.wanted || signedOut) {
    return;
  }
  const protocols = [PROTOCOL];
  if (answer.ok) {
    protocols.push("taskauth.ticket." + (await answer.json()).ticket);
  } else if (answer.status !== 404) {
    // 404 says that authentication is turned off, and then it takes no ticket.
    link.lost();
    return;
  }
  const opened = new WebSocket(location.origin.replace(/^http/, "ws") + "/ws", protocols);
  link.close = () => opened.close(1000);
  let pinging;
  opened.onopen = () => {
    socket = opened;
    link.live();
    pinging = setInterval(() => call("ping").catch(() => {}), 20000);
  };
  opened.onmessage = (event) => {
    const message = JSON.parse(event.data);
    const waiting = calls.get(message.id);
    if (waiting) {
      calls.delete(message.id);
      waiting(message);
    }
  };
  opened.onclose = (event) => {
    clearInterval(pinging);
    if (socket === opened) {
      socket = null;
    }
    for (const [id, waiting] of calls) {
      calls.delete(id);
      waiting({ error: { message: "The connection broke. Try again." } });
    }
    if (event.code === 4401) {
      endForGood();
    } else {
      link.lost();
    }
  };
}

function call(method, params) {
  return new Promise((resolve) => {
    const id = ++lastCall;
    calls.set(id, resolve);
    socket.send(JSON.stringify({ jsonrpc: "2.0", method, params, id }));
  });
}

const links = [
  new Link("stream", "Updates: ", openStream),
  new Link("socket", "Commands: ", openSocket),
];

function endForGood() {
  if (signedOut) {
    return;
  }
  signedOut = true;
  links.forEach((link) => link.stop());
  say("stream", "Disconnected, sign in again.");
  say("socket", "");
  byId("sign-in").hidden = false;
  for (const button of document.querySelectorAll("button[data-action]")) {
    button.disabled = true;
  }
}

// ---- What the buttons do ----

async function run(name) {
  if (socket) {
    const answer = await call("tasks.run", { name });
    return answer.error ? answer.error.message : "";
  }
  return refusal(await ask("POST", `/api/tasks/${encodeURIComponent(name)}/run`, {}));
}

async function refusal(answer) {
  if (answer.ok || answer.status === 401) {
    return "";
  }
  const problem = await answer.json().catch(() => ({}));
  return problem.detail || "That did not work. Try again.";
}

async function showResult(link) {
  const answer = await ask("GET", link.getAttribute("href"));
  if (!answer.ok) {
    return refusal(answer);
  }
  const found = await answer.json();
  byId("result-title").textContent = "Result of " + found.task;
  byId("result-text").textContent = found.result_hidden
    ? "Only administrators can read this result."
    : found.result;
  byId("result").showModal();
  return "";
}

async function act(target) {
  const row = target.closest("li");
  switch (target.dataset.action) {
    case "run":
      return run(row.dataset.task);
    case "cancel":
      return refusal(
        await ask("POST", `/api/runs/${encodeURIComponent(row.dataset.id)}/cancel`),
      );
    default:
      return showResult(target);
  }
}

document.addEventListener("click", async (event) => {
  const target = event.target.closest("[data-action]");
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  event.preventDefault();
  try {
    complain(await act(target));
  } catch {
    complain("The server cannot be reached. Try again in a moment.");
  }
});

for (const button of document.querySelectorAll('[data-action="run"]')) {
  button.hidden = false;
}

// A browser has few connections to one server; pages that nobody sees should not hold them.
let leaving;
document.addEventListener("visibilitychange", () => {
  clearTimeout(leaving);
  if (document.visibilityState === "visible") {
    links.forEach((link) => link.start());
  } else {
    leaving = setTimeout(() => links.forEach((link) => link.stop()), 30000);
  }
});

links.forEach((link) => link.start());

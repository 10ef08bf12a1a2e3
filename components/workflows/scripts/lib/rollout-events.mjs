// What the rollout commands say, as docs/rollout-contract.md has it: lines become events, events become one state.
const VERDICTS = ["pass", "breach", "not-enough", "no-answer"];
const PLANNED = ["approval", "time", "freeze"];
const HELD = [...PLANNED, "operator", "no-answer"];
const LONGEST = 500;

const checks = {
  started: ({ image, stages }) => text(image) && Array.isArray(stages) && stages.every(weight),
  stage: (event) => Number.isInteger(event.stage) && event.stage >= 1 && weight(event.weight),
  gate: ({ verdict, samples, indicators }) => VERDICTS.includes(verdict) && count(samples) && Array.isArray(indicators) && indicators.every(indicator),
  baking: ({ until }) => text(until),
  held: (event) => HELD.includes(event.reason) && weight(event.weight),
  "rolled-back": ({ reason }) => text(reason),
  done: ({ image }) => text(image),
  failed: ({ message }) => text(message),
};

/** The event on a line; "unknown" for one of a newer driver; undefined where the line is none. */
export function parseEvent(line) {
  let event;
  try {
    event = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof event !== "object" || event === null || !text(event.event) || !time(event.at)) return undefined;
  if (!Object.hasOwn(checks, event.event)) return "unknown";
  return checks[event.event](event) ? event : undefined;
}

export const beginning = { phase: "starting", weight: undefined, stage: undefined, stages: [], history: [], gate: undefined, reason: undefined, next: undefined };

/** The state after an event; a plain function, so that the same lines give the same issue. */
export function after(state, event) {
  const { at } = event;
  const told = (what, changes) => ({ ...state, ...changes, history: [...state.history, { at, what }] });
  switch (event.event) {
    case "started":
      return told(event.resumed ? "went on from the recorded stage" : "started", { phase: "walking", image: event.image, stages: event.stages });
    case "stage":
      return told(`stage ${event.stage}: ${event.weight} %`, { phase: "walking", stage: event.stage, weight: event.weight, until: event.until, gate: undefined });
    case "gate":
      return { ...state, gate: event };
    case "baking":
      return told("baking at 100 %", { phase: "baking", until: event.until });
    case "held":
      return told(`held at ${event.weight} % (${event.reason})`, { phase: "held", weight: event.weight, reason: event.reason, next: event.next });
    case "rolled-back":
      return told("rolled back", { phase: "rolled-back", weight: 0, reason: event.reason, seconds: event.seconds });
    case "done":
      return told("done", { phase: "done", weight: 100, image: event.image });
    case "failed":
      return told("failed", { phase: "failed", reason: event.message, next: event.next });
    default:
      return state;
  }
}

/** How it ended: the worse of what the last event and the exit code say. A rollback that is done has done what it was asked for. */
export function ending(state, code, { command, reason } = {}) {
  if (command === "rollback" && state.phase === "done" && code === 0) return { ...state, phase: "rolled-back", weight: 0, code, reason };
  const said = { done: 0, "rolled-back": 2, failed: 1, held: PLANNED.includes(state.reason) ? 0 : 1 }[state.phase];
  if (said === code || (said === 1 && code === null)) return { ...state, code: said };
  const how = code === null ? "was ended by a signal" : `exited with ${code}`;
  if (said === undefined) return { ...state, phase: "lost", code: code === 2 ? 2 : 1, reason: `the driver ${how} without a last word` };
  const phase = state.phase === "done" ? "failed" : state.phase;
  return { ...state, phase, code: said === 2 || code === 2 ? 2 : 1, reason: `the driver said ${state.phase} and ${how}${state.reason ? `: ${state.reason}` : ""}` };
}

function indicator({ name, value, limit }) {
  return text(name) && (value === null || Number.isFinite(value)) && (limit === undefined || Number.isFinite(limit));
}

function weight(value) {
  return Number.isFinite(value) && value >= 0 && value <= 100;
}

function count(value) {
  return Number.isInteger(value) && value >= 0;
}

function text(value) {
  return typeof value === "string" && value.length <= LONGEST;
}

function time(value) {
  return text(value) && !Number.isNaN(Date.parse(value));
}

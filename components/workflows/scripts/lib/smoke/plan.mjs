// What each depth does. Every depth includes the ones before it.
export const DEPTHS = ["basic", "standard", "comprehensive", "stress"];

/**
 * The phases of a depth, in order. `load` bounds every phase with traffic by requests and by seconds, so that a target
 * that hangs costs a known time and one that is fast gets a known number of requests.
 */
export function phasesOf(depth, { endpoints, metrics, load }) {
  const reached = (least) => DEPTHS.indexOf(depth) >= DEPTHS.indexOf(least);
  return [
    { kind: "reach" },
    { kind: "certificate" },
    ...(reached("standard") ? [...endpoints.map((endpoint) => ({ kind: "endpoint", endpoint })), { kind: "load", name: "One after the other", requests: 50, concurrency: 1, seconds: 60 }] : []),
    ...(reached("comprehensive") ? measured(metrics, { kind: "load", name: "Concurrent", requests: 40 * load.concurrency, concurrency: load.concurrency, seconds: 60 }) : []),
    ...(reached("stress") ? measured(metrics, { kind: "load", name: "Sustained", requests: load.requests, concurrency: 2 * load.concurrency, seconds: load.seconds }) : []),
  ];
}

function measured(metrics, phase) {
  return [{ ...phase, memory: metrics }];
}

import type { Problem } from "../problem.ts";
import { eachService } from "./each-service.ts";
import type { At } from "./each-service.ts";

/** A canary begins small, after testers alone where they come first, rises, and ends with all traffic. */
export const stages = eachService(({ strategy, traffic }, at) => {
  if (strategy.kind !== "canary") return [];
  const [before = 0, ...more] = strategy.stages;
  const tested = before === 0;
  const [first = 0] = tested ? more : strategy.stages;
  const last = strategy.stages.length - 1;
  return [
    ...(tested && traffic.testers === undefined
      ? [{ path: at("strategy", "stages", 0), wrong: "gives the candidate no requests, and there are no testers", got: 0, todo: "add traffic.testers, or begin with 5 to 50" }]
      : []),
    ...(first < 5 || first > 50
      ? [{ path: at("strategy", "stages", tested ? 1 : 0), wrong: "is not a first stage from 5 to 50", got: first, todo: "begin with a share that shows errors and spares most users" }]
      : []),
    ...strategy.stages.flatMap((stage, index) => falling(stage, strategy.stages[index - 1], at("strategy", "stages", index))),
    ...(strategy.stages[last] === 100
      ? []
      : [{ path: at("strategy", "stages", last), wrong: "is not 100", got: strategy.stages[last], todo: "end with 100: a release that is never whole never ends" }]),
  ];
});

/** A gateway needs a port that speaks HTTP, and the one that is named must be one. */
export const exposedPort = eachService(({ ports, traffic: { exposure } }, at) => {
  if (exposure.kind === "mesh") return [];
  const routable = ports.filter(({ protocol }) => protocol !== "tcp").map(({ name }) => name);
  if (exposure.port === undefined) {
    const todo = "give one the protocol http, http2 or grpc, or say kind: mesh";
    return routable.length > 0 ? [] : [{ path: at("traffic", "exposure"), wrong: "leads to a service without a port that speaks HTTP", todo }];
  }
  if (routable.includes(exposure.port)) return [];
  const todo = `name one of ${routable.join(", ") || "the ports whose protocol is http, http2 or grpc"}`;
  return [{ path: at("traffic", "exposure", "port"), wrong: "is not a declared port that speaks HTTP", got: exposure.port, todo }];
});

/** A direct release has no candidate, so nobody can be led to it. */
export const candidateNeeded = eachService(({ strategy, traffic }, at) => {
  if (strategy.kind !== "direct") return [];
  const settings = { testers: traffic.testers, mirror: traffic.mirror, affinity: traffic.affinity.kind === "revision" ? traffic.affinity : undefined };
  return Object.entries(settings).filter(([, value]) => value !== undefined).map(([setting]) => needsCandidate(setting, at));
});

/** One try is part of the whole answer. */
export const triesWithinTimeout = eachService(({ traffic: { retries, timeoutSeconds } }, at) => {
  const { perTrySeconds } = retries;
  if (perTrySeconds === undefined || timeoutSeconds === undefined || perTrySeconds <= timeoutSeconds) return [];
  return [{ path: at("traffic", "retries", "perTrySeconds"), wrong: `is longer than the whole answer may take (${timeoutSeconds})`, got: perTrySeconds, todo: "write less, or raise traffic.timeoutSeconds" }];
});

function falling(stage: number, before: number | undefined, path: string): Problem[] {
  if (before === undefined || stage > before) return [];
  return [{ path, wrong: `does not rise above the stage before it (${before})`, got: stage, todo: "write the stages in rising order, each once" }];
}

function needsCandidate(setting: string, at: At): Problem {
  return {
    path: at("traffic", setting), wrong: "needs a candidate beside the stable revision, and a direct release has none",
    todo: "choose the strategy canary or blue-green, or remove it",
  };
}

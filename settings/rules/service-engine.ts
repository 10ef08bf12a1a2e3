import { controllerOf } from "../../components/delivery/engine-settings.ts";
import type { FlaggerSettings } from "../../components/delivery/engine-settings.ts";
import { namesTaken } from "../../components/kubernetes/flagger/canary.ts";
import { pathText } from "../problem.ts";
import type { Problem } from "../problem.ts";
import type { ServiceSettings } from "../schema/service.ts";
import { eachService } from "./each-service.ts";
import type { At } from "./each-service.ts";
import type { Rule } from "./rule.ts";

/** Seconds within which a bad release is rolled back, and the scrape that a check may have to wait for. */
const PROMISED = 120;
const SCRAPE = 30;
/** Seconds below which one scrape answers several checks. */
const LEAST_INTERVAL = 10;

type Look = (service: ServiceSettings, at: At, flagger: FlaggerSettings) => Problem[];

/** Flagger's part of the settings can be declared, and means what it says. */
export const engineFits = handedOver((service, at, flagger) => [
  ...judgeable(service, at),
  ...unowned(service, at),
  ...inTime(service, at, flagger),
  ...withoutPeople(service, at),
]);

/** Flagger names objects after a service that another service must not have. */
export const engineNames: Rule = ({ services }) => Object.entries(services).flatMap(([name, { namespace, rollout }]) => {
  if (controllerOf(rollout) === undefined) return [];
  return namesTaken(name).filter((taken) => services[taken]?.namespace === namespace).map((taken) => ({
    path: pathText(["services", taken]), wrong: `is the name that Flagger gives to objects of services.${name}`, todo: "rename one of them",
  }));
});

function handedOver(look: Look): Rule {
  return eachService((service, at) => {
    const flagger = controllerOf(service.rollout);
    return flagger === undefined ? [] : look(service, at, flagger);
  });
}

/** Flagger judges by requests to a candidate. */
function judgeable({ ports, strategy, traffic }: ServiceSettings, at: At): Problem[] {
  const { exposure, mirror, testers } = traffic;
  const http = ports.filter(({ protocol }) => protocol !== "tcp");
  if (http.length === 0) {
    return [{ path: at("ports"), wrong: "has none whose requests Flagger could judge", todo: "give one the protocol http, http2 or grpc, or write engine: slipway" }];
  }
  if (strategy.kind === "direct") {
    return [{ path: at("strategy", "kind"), wrong: "has no candidate for Flagger to judge", got: "direct", todo: "choose canary or blue-green, or write engine: slipway" }];
  }
  const problems: Problem[] = [];
  if (exposure.kind === "gateway" && http.length > 1) {
    problems.push({ path: at("ports"), wrong: "has several that speak HTTP, and behind a gateway Flagger leads all requests to one", got: http.map(({ name }) => name), todo: "keep one, or write engine: slipway" });
  }
  if (strategy.kind === "canary" && testers !== undefined) {
    problems.push({ path: at("traffic", "testers"), wrong: "leads to the candidate by a header, which Flagger does for blue-green alone", todo: "choose the strategy blue-green, or remove it" });
  }
  if (strategy.kind === "blue-green" && testers === undefined && mirror === undefined) {
    problems.push({ path: at("strategy", "kind"), wrong: "gives the candidate no requests to be judged by", got: "blue-green", todo: "add traffic.testers or traffic.mirror, or choose canary" });
  }
  if (testers !== undefined && mirror !== undefined) {
    problems.push({ path: at("traffic", "mirror"), wrong: "is not made by Flagger beside testers", todo: "remove one of them" });
  }
  if (mirror !== undefined && !Number.isInteger(mirror.percent)) {
    problems.push({ path: at("traffic", "mirror", "percent"), wrong: "is not whole, and Flagger takes whole per cents", got: mirror.percent, todo: "write a whole number from 1 to 100" });
  }
  return problems;
}

/** What Flagger changes itself, and what it does not keep. */
function unowned({ scaling, strategy, traffic: { affinity } }: ServiceSettings, at: At): Problem[] {
  const problems: Problem[] = [];
  if (scaling.kind === "fixed") {
    problems.push({ path: at("scaling", "kind"), wrong: "fixes a number of pods that Flagger would change", got: "fixed", todo: "write auto, with min and max the same for a fixed number" });
  }
  if (strategy.retain > 0) {
    problems.push({ path: at("strategy", "retain"), wrong: "keeps old revisions, of which Flagger keeps none", got: strategy.retain, todo: "write 0" });
  }
  if (affinity.kind !== "revision") return problems;
  if (strategy.kind !== "canary") {
    problems.push({ path: at("traffic", "affinity", "kind"), wrong: "keeps visitors with a revision, which Flagger does for canary alone", got: "revision", todo: "choose the strategy canary, or another affinity" });
  }
  if (affinity.ttlSeconds === 0) {
    problems.push({ path: at("traffic", "affinity", "ttlSeconds"), wrong: "means the session, and Flagger's cookies have an age", got: 0, todo: "write at least 1" });
  }
  return problems;
}

/** One interval is both the dwell and the time between two checks. */
function inTime({ rollout: { dwellSeconds } }: ServiceSettings, at: At, { failedChecks }: FlaggerSettings): Problem[] {
  const most = Math.floor((PROMISED - SCRAPE) / (failedChecks + 1));
  if (dwellSeconds >= LEAST_INTERVAL && dwellSeconds <= most) return [];
  const wrong = dwellSeconds < LEAST_INTERVAL
    ? "is Flagger's interval between two checks, which one scrape would answer"
    : `is Flagger's interval between two checks, and with failedChecks ${failedChecks} a bad release would stay for ${dwellSeconds * (failedChecks + 1) + SCRAPE} seconds`;
  return [{ path: at("rollout", "dwellSeconds"), wrong, got: dwellSeconds, todo: `write ${LEAST_INTERVAL} to ${most}` }];
}

/** What only Slipway's driver does. */
function withoutPeople({ rollout: { approval, bakeSeconds, freezes, smoke } }: ServiceSettings, at: At): Problem[] {
  const problems: Problem[] = [];
  if (approval !== "none") problems.push({ path: at("rollout", "approval"), wrong: "waits for somebody after the first stage, which Flagger does not", got: approval, todo: "write none, or engine: slipway" });
  if (bakeSeconds !== 0) problems.push({ path: at("rollout", "bakeSeconds"), wrong: "watches a release after its last stage, which Flagger does not", got: bakeSeconds, todo: "write 0, or engine: slipway" });
  if (freezes.length > 0) problems.push({ path: at("rollout", "freezes"), wrong: "holds rollouts, which Flagger goes on with", todo: "remove it, or write engine: slipway" });
  if (smoke.length > 0) problems.push({ path: at("rollout", "smoke"), wrong: "is asked by Slipway's driver, which has no part in it", todo: "remove it, or write engine: slipway" });
  return problems;
}

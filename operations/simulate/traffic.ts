import type { Counts, Look } from "../gate/types.ts";
import { binomial, normal, poisson } from "./random.ts";
import type { Random } from "./random.ts";

/** How a revision answers. */
export interface Behaviour {
  /** Failed share, 0 – 1. */
  errors: number;
  /** Milliseconds: half of the requests, and 95 %, are answered within. Log-normal between and beyond. */
  median: number;
  p95: number;
}

/** What a rollout meets. */
export interface Scenario {
  requestsPerSecond: number;
  stable: Behaviour;
  candidate: Behaviour;
  /** Seconds from the start during which the candidate behaves as the stable revision does. */
  onset: number;
  /** Requests of one session, which fail or succeed together; ≥ 1. */
  session: number;
  /** Deviation of the common ups and downs of both revisions' errors from look to look, as a share of the errors; 0 for none. */
  weather: number;
  bounds: readonly number[];
}

/** Makes the traffic of one rollout. */
export class Traffic {
  readonly #random: Random;
  readonly #scenario: Scenario;
  readonly #times: ReadonlyMap<Behaviour, readonly number[]>;

  constructor(scenario: Scenario, random: Random) {
    this.#random = random;
    this.#scenario = scenario;
    this.#times = new Map([scenario.stable, scenario.candidate].map((behaviour) => [behaviour, stepChances(behaviour, scenario.bounds)]));
  }

  /** What happens in the seconds before `at`, which is counted from the start of the rollout. */
  look(at: number, seconds: number, weight: number): Look {
    const { candidate, onset, requestsPerSecond, stable } = this.#scenario;
    const all = requestsPerSecond * seconds;
    const sky = this.#weather();
    return {
      kind: "look",
      at,
      weight,
      candidate: this.#counts((all * weight) / 100, at <= onset ? stable : candidate, sky),
      stable: this.#counts((all * (100 - weight)) / 100, stable, sky),
      custom: {},
    };
  }

  #weather(): number {
    const { weather } = this.#scenario;
    return weather === 0 ? 1 : Math.exp(weather * normal(this.#random) - (weather * weather) / 2);
  }

  #counts(expected: number, behaviour: Behaviour, sky: number): Counts {
    const { session } = this.#scenario;
    const sessions = poisson(this.#random, expected / session);
    const requests = sessions * session;
    let left = requests;
    const within = (this.#times.get(behaviour) ?? []).map((chance) => (left -= binomial(this.#random, left, chance), requests - left));
    return { requests, failures: session * binomial(this.#random, sessions, Math.min(1, behaviour.errors * sky)), timed: requests, within };
  }
}

/** Of the requests over the bound before, the chance of each to be within this one. */
function stepChances({ median, p95 }: Behaviour, bounds: readonly number[]): number[] {
  const spread = Math.log(p95 / median) / 1.6448536269514722;
  let before = 0;
  return bounds.map((bound) => {
    const within = bellBelow((Math.log(bound) - Math.log(median)) / spread);
    const chance = before >= 1 ? 1 : (within - before) / (1 - before);
    before = within;
    return Math.min(1, Math.max(0, chance));
  });
}

/** Share of the normal distribution below, by Zelen and Severo's polynomial; wrong by less than 1e-7. */
function bellBelow(z: number): number {
  if (z < 0) return 1 - bellBelow(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}

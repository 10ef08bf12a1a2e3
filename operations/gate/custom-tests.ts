import { limitBets } from "./bets.ts";
import { compared, LEAST, limited } from "./hypotheses.ts";
import type { Test } from "./hypotheses.ts";
import type { CustomIndicator, GatePolicy, Look, Tally } from "./types.ts";
import type { Bet } from "./wealth.ts";

const UNKNOWN: Tally = { all: 0, bad: 0 };

/** The tests of one of the service's own indicators. */
export function customTests(indicator: CustomIndicator, policy: GatePolicy): Test[] {
  const { name, kind } = indicator;
  switch (kind) {
    case "ratio":
      return [
        { name, parts: 1, bets: ({ custom }) => ofRatio(custom[name], (candidate) => limited(candidate, indicator.limit / 100, policy.overdispersion.unknown)) },
        { name: `${name}-regression`, parts: 1, bets: ({ custom }, past) => ofRatio(custom[name], (candidate, stable) => compared(candidate, stable, past.custom[name] ?? UNKNOWN, policy, policy.overdispersion.unknown)) },
      ];
    case "value":
      return [{ name, parts: 1, bets: ({ custom }) => ofValue(custom[name], (value) => limitBets({ all: 1, bad: isBad(value, indicator) ? 1 : 0 }, tolerated(indicator), 1)) }];
    default:
      return kind satisfies never;
  }
}

function isBad(value: number, { bad = "above", limit }: Extract<CustomIndicator, { kind: "value" }>): boolean {
  return bad === "above" ? value > limit : value < limit;
}

/** Share of the looks, 0 – 1, at which a gauge may be bad. */
function tolerated({ tolerated: percent = 20 }: Extract<CustomIndicator, { kind: "value" }>): number {
  return Math.max(LEAST, percent / 100);
}

function ofRatio(reading: Look["custom"][string] | undefined, bets: (candidate: Tally, stable: Tally) => Bet[][] | undefined): Bet[][] | undefined {
  return reading?.kind === "ratio" ? bets(reading.candidate, reading.stable) : undefined;
}

function ofValue(reading: Look["custom"][string] | undefined, bets: (value: number) => Bet[]): Bet[][] | undefined {
  return reading?.kind === "value" ? [bets(reading.candidate)] : undefined;
}

import type { AlertRule } from "../../components/observability/alert.ts";
import { recorded } from "../../components/observability/recorded.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import type { Case, CaseSet } from "./document.ts";
import { evaluationOf, seconds, withStrangers } from "./lasting.ts";

type Value = number | "_";
type Stretch = readonly [minutes: number, value: Value];

/** Minutes after which requests stop, if they do. */
const STOP = 200;
/** Evaluations of the hour that must be there. */
const NEEDED = 108;

/** Each value at a half minute's middle: no sample lies on the edge of a window, at which the versions of Prometheus differ. */
function told(...stretches: readonly Stretch[]): string {
  return stretches.flatMap(([minutes, value]) => Array.from({ length: minutes * 2 }, () => `_ ${value}`)).join(" ");
}

/** It had requests in each five minutes between one hour ago and two, and has none now: looked at as often as it waits, and five times as often. */
export function stoppedCases(rule: AlertRule, level: ServiceLevel): CaseSet[] {
  const rate = recorded(level, "slipway:service_requests:rate5m");
  const least = level.minimumRequests / 300;
  const [usual, rare] = [least * 1.01, least * 0.99];
  const strangers = withStrangers(level, { [rate]: told([400, usual]) });
  const wait = seconds(rule.for);
  const one = (title: string, values: string, after: number, fires: number | false): Case => ({
    title, series: { ...strangers, [rate]: values }, step: 15, at: STOP * 60 + after, expected: fires === false ? [] : [{ labels: {}, value: fires * 300 }],
  });
  const stops = (...before: Stretch[]): string => told(...before, [200, 0]);
  const steady = stops([STOP, usual]);
  const hole = (samples: number): string => stops([110, usual], [samples / 2, "_"], [STOP - 110 - samples / 2, usual]);
  const [often, seldom] = [evaluationOf(rule), wait];
  // The first evaluation that sees no requests, and the wait: the last sample above 0 is read for five minutes where nothing follows it.
  const late = seldom + wait;
  const exact = least * 300 === level.minimumRequests ? [one("it had just enough", stops([STOP, least]), late, least)] : [];
  return [
    {
      evaluation: seldom,
      cases: [
        one("its metrics vanish", told([STOP, usual]), late, usual),
        one("it still fires fifty minutes later", steady, 3000, usual),
        one("and not after an hour and more", steady, 3900, false),
        one("it goes on", told([400, usual]), late, false),
        one("it goes on, little as it is", told([STOP, usual], [200, least / 1e6]), late, false),
        one("it never had enough", stops([STOP, rare]), late, false),
        ...exact,
        one("it had few three hours ago", stops([70, rare], [STOP - 70, usual]), late, usual),
        one("it had few ninety minutes ago", stops([90, usual], [20, rare], [STOP - 110, usual]), late, false),
        one("a batch ended", stops([120, usual], [2, 0], [STOP - 122, usual]), late, false),
        one("as many samples as are asked", hole(120 - NEEDED), late, usual),
        one("one sample fewer", hole(120 - NEEDED + 1), late, false),
        one("it began a short while ago", told([130, "_"], [STOP - 130, usual], [200, 0]), late, false),
        one("no data", told([2, "_"]), late, false),
      ],
    },
    {
      evaluation: often,
      cases: [
        one("it falls to nothing", steady, often + wait, usual),
        one("it waits until it has lasted", steady, wait, false),
      ],
    },
  ];
}

import { SEVERITIES } from "./types.ts";
import type { Severity } from "./types.ts";

export interface DriftOptions {
  stack: string;
  /** In the embedded cloud. @default false */
  sandbox?: boolean;
  /** The report as JSON on standard output. @default text */
  json?: boolean;
  /** As GitHub shows it. @default text */
  markdown?: boolean;
  /** False: GitHub's API is not asked. @default true */
  github?: boolean;
  /** Put back what is of these severities; true: of all. @default nothing is changed */
  reconcile?: string[] | true;
  /** Only what these name, `*` for any characters. @default all */
  only?: string[];
  /** Delete these, which nobody declared. @default nothing */
  delete?: string[];
  /** `owner/name` of the repository with the stack's issue. @default no issue */
  issue?: string;
  /** File for node_exporter's textfile collector. @default none */
  out?: string;
  /** Address of a Pushgateway. @default not pushed */
  push?: string;
}

export function optionProblems({ delete: removed, github = true, issue, json, markdown, only, out, reconcile }: DriftOptions): string[] {
  const unknown = (reconcile === true ? [] : reconcile ?? []).filter((each) => !SEVERITIES.some((severity) => severity === each));
  return [
    ...unknown.map((each) => `--reconcile: is no severity, got "${each}"; write ${SEVERITIES.join(", ")}, or nothing for all`),
    ...(only !== undefined && reconcile === undefined ? [`--only: says what to put back, got it without --reconcile; add --reconcile`] : []),
    ...(issue !== undefined && !github ? ["--issue: needs GitHub's API, got --no-github beside it; leave one of them out"] : []),
    ...(removed !== undefined && !github ? ["--delete: needs GitHub's API, got --no-github beside it; leave one of them out"] : []),
    ...(json === true && markdown === true ? ["--json: is one form and --markdown another, got both; leave one of them out"] : []),
    ...(out !== undefined && !out.endsWith(".prom") ? [`--out: the collector reads only files whose name ends in .prom, got "${out}"; write ${out}.prom`] : []),
  ];
}

export function severitiesOf(given: DriftOptions["reconcile"]): Severity[] {
  return given === undefined ? [] : SEVERITIES.filter((severity) => given === true || given.includes(severity));
}

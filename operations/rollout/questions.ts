import { readMatrix, readVector } from "../gate/answer.ts";
import type { Refusal, Reply, Sample, Series } from "../gate/answer.ts";
import type { HistoryAnswers } from "../gate/history.ts";
import type { Answers } from "../gate/look.ts";
import type { GateQueries, MeshQuestion } from "../gate/queries.ts";
import type { Prometheus } from "./prometheus.ts";

/** Asks all of one look at once, for the same time. The first refusal stands for all: a part of the answers is none. */
export async function askLook({ mesh }: GateQueries, prometheus: Prometheus, at: number): Promise<Answers | Refusal> {
  if (mesh === undefined) return { at, mesh: undefined, custom: [] };
  const samples = async (name: MeshQuestion): Promise<readonly Sample[] | Refusal> => vectorOf(await prometheus.instant(mesh[name], at), at);
  const [requests, failures, timed, within, newest] = await Promise.all([samples("requests"), samples("failures"), samples("timed"), samples("within"), samples("newest")]);
  if ("kind" in requests) return requests;
  if ("kind" in failures) return failures;
  if ("kind" in timed) return timed;
  if ("kind" in within) return within;
  if ("kind" in newest) return newest;
  return { at, mesh: { requests, failures, timed, within, newest }, custom: [] };
}

/** The stable revision before the rollout; `seconds` back from `until`, a value each `step` seconds. */
export async function askHistory(queries: Readonly<Record<keyof HistoryAnswers, string>>, prometheus: Prometheus, { until, seconds, step }: { until: number; seconds: number; step: number }): Promise<HistoryAnswers | Refusal> {
  const series = async (name: keyof HistoryAnswers): Promise<readonly Series[] | Refusal> => matrixOf(await prometheus.range(queries[name], until - seconds, until, step));
  const [requests, failures, timed, within] = await Promise.all([series("requests"), series("failures"), series("timed"), series("within")]);
  if ("kind" in requests) return requests;
  if ("kind" in failures) return failures;
  if ("kind" in timed) return timed;
  if ("kind" in within) return within;
  return { requests, failures, timed, within };
}

function vectorOf(reply: Reply | Refusal, at: number): readonly Sample[] | Refusal {
  if ("kind" in reply) return reply;
  const read = readVector(reply, at);
  return read.kind === "samples" ? read.samples : read;
}

function matrixOf(reply: Reply | Refusal): readonly Series[] | Refusal {
  if ("kind" in reply) return reply;
  const read = readMatrix(reply);
  return read.kind === "series" ? read.series : read;
}

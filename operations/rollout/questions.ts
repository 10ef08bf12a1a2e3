import { readMatrix, readVector } from "../gate/answer.ts";
import type { Refusal, Reply, Sample, Series } from "../gate/answer.ts";
import type { HistoryAnswers } from "../gate/history.ts";
import type { Answers } from "../gate/look.ts";
import type { CustomQuery, GateQueries, MeshQuestion } from "../gate/queries.ts";
import type { RangeAnswers } from "../gate/resume.ts";
import type { Prometheus } from "./prometheus.ts";

/** A stretch of time, both Unix seconds, and seconds between two values. */
export interface Range {
  from: number;
  until: number;
  step: number;
}

type Ask<T> = (query: string) => Promise<T | Refusal>;

/** Asks all of one look at once, for the same time. The first refusal stands for all: a part of the answers is none. */
export async function askLook({ custom, mesh }: GateQueries, prometheus: Prometheus, at: number): Promise<Answers | Refusal> {
  const ask: Ask<readonly Sample[]> = async (query) => vectorOf(await prometheus.instant(query, at), at);
  const [counted, own] = await Promise.all([mesh && askMesh(mesh, ask), askCustom(custom, ask)]);
  if (counted !== undefined && "kind" in counted) return counted;
  return "kind" in own ? own : { at, mesh: counted, custom: own };
}

/** The same over a stretch of time, for a driver that was not there. */
export async function askRange({ custom, mesh }: GateQueries, prometheus: Prometheus, range: Range): Promise<RangeAnswers | Refusal> {
  const ask: Ask<readonly Series[]> = async (query) => matrixOf(await prometheus.range(query, range.from, range.until, range.step));
  const [counted, own] = await Promise.all([mesh && askMesh(mesh, ask), askCustom(custom, ask)]);
  if (counted !== undefined && "kind" in counted) return counted;
  return "kind" in own ? own : { mesh: counted, custom: own };
}

/** The stable revision before the rollout. */
export async function askHistory(queries: Readonly<Record<keyof HistoryAnswers, string>>, prometheus: Prometheus, { from, step, until }: Range): Promise<HistoryAnswers | Refusal> {
  const ask: Ask<readonly Series[]> = async (query) => matrixOf(await prometheus.range(query, from, until, step));
  return askCounters(queries, ask);
}

async function askMesh<T extends object>(queries: Readonly<Record<MeshQuestion, string>>, ask: Ask<T>): Promise<Record<MeshQuestion, T> | Refusal> {
  const [counters, newest] = await Promise.all([askCounters(queries, ask), ask(queries.newest)]);
  if ("kind" in counters) return counters;
  return isRefusal(newest) ? newest : { ...counters, newest };
}

async function askCounters<T extends object>(queries: Readonly<Record<keyof HistoryAnswers, string>>, ask: Ask<T>): Promise<Record<keyof HistoryAnswers, T> | Refusal> {
  const [requests, failures, timed, within] = await Promise.all([ask(queries.requests), ask(queries.failures), ask(queries.timed), ask(queries.within)]);
  if (isRefusal(requests)) return requests;
  if (isRefusal(failures)) return failures;
  if (isRefusal(timed)) return timed;
  return isRefusal(within) ? within : { requests, failures, timed, within };
}

type CustomOf<T> = { name: string } & ({ kind: "ratio"; all: T; bad: T } | { kind: "value"; samples: T; worst?: "highest" | "lowest" | undefined });

async function askCustom<T extends object>(queries: readonly CustomQuery[], ask: Ask<T>): Promise<CustomOf<T>[] | Refusal> {
  const answers = await Promise.all(queries.map(async (query): Promise<CustomOf<T> | Refusal> => {
    if (query.kind === "value") {
      const samples = await ask(query.query);
      return isRefusal(samples) ? samples : { name: query.name, kind: "value", samples, worst: query.worst };
    }
    const [all, bad] = await Promise.all([ask(query.all), ask(query.bad)]);
    if (isRefusal(all)) return all;
    return isRefusal(bad) ? bad : { name: query.name, kind: "ratio", all, bad };
  }));
  return answers.find(isRefusal) ?? answers.filter((answer) => !isRefusal(answer));
}

function isRefusal(answer: object): answer is Refusal {
  return "kind" in answer && answer.kind === "no-answer";
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

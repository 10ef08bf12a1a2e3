/** What a stand-in wrote down. */
export interface Used {
  /** As `uses` names it, without its version. */
  uses: string;
  /** Id of the job. */
  job: string;
  with: Record<string, string>;
  files?: string[];
}

export interface Ran {
  code: number;
  /** By the job's name as people see it: success or failure. A job that is not there was skipped. */
  jobs: Record<string, string>;
  /** `job / step` → success, failure or skipped, in the order in which they ended. */
  steps: Record<string, string>;
  /** Of every step in order, as `name=value`. */
  outputs: string[];
  summaries: string[];
  used: Used[];
  /** For people: every line under its job and step. */
  log: string;
}

interface Line {
  job?: string;
  step?: string;
  msg?: string;
  stage?: string;
  jobResult?: string;
  stepResult?: string;
  command?: string;
  name?: string;
  arg?: string;
  content?: string;
}

/** Reads what `act --json` says. */
export function readLog(code: number, text: string, records: string): Ran {
  const ran: Ran = { code, jobs: {}, steps: {}, outputs: [], summaries: [], used: records.split("\n").filter(Boolean).map((line): Used => JSON.parse(line)), log: "" };
  for (const raw of text.split("\n")) {
    const line = parsed(raw);
    const job = (line.job ?? "").replace(/^[^/]*\//, "").replace(/-\d+$/, "").trim();
    if (line.jobResult !== undefined) ran.jobs[job] = ran.jobs[job] === "failure" ? "failure" : line.jobResult;
    if (line.stepResult !== undefined && line.stage === "Main") ran.steps[`${job} / ${line.step}`] = line.stepResult;
    if (line.command === "set-output") ran.outputs.push(`${line.name}=${line.arg}`);
    if (line.command === "summary") ran.summaries.push(line.content ?? "");
    if (line.msg !== undefined && line.msg !== "") ran.log += `${job} | ${line.step ?? ""} | ${line.msg.trimEnd()}\n`;
  }
  return ran;
}

function parsed(raw: string): Line {
  try {
    return JSON.parse(raw);
  } catch {
    return { msg: raw };
  }
}

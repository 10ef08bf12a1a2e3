import type { Finished, OneService, Running } from "../one-service.ts";
import { until } from "./mesh.ts";

export type Command = "rollout" | "promote" | "rollback" | "hold" | "resume";

/** What a driver says: docs/rollout-contract.md. */
export interface Told {
  event: string;
  at: string;
  [key: string]: unknown;
}

/** A driver that runs, and what it has said. */
export class Drive {
  readonly told: Told[] = [];
  readonly finished: Promise<Finished>;
  private over = false;
  private readonly running: Running;

  constructor(stack: OneService, command: Command, more: readonly string[]) {
    this.running = stack.start([command, "shop", "--stack", "sandbox", "--sandbox", "--json", ...more], {}, (line) => this.told.push(JSON.parse(line)));
    this.finished = this.running.finished.finally(() => (this.over = true));
  }

  /** The first event after `from` others of which `holds` is true. @throws Error with all that was said when it ends before, or takes too long */
  async hears(what: string, holds: (told: Told) => boolean, { from = 0, seconds = 180 }: { from?: number; seconds?: number } = {}): Promise<Told> {
    const found = () => this.told.slice(from).find(holds);
    await until(what, async () => found() !== undefined || this.over, seconds);
    const told = found();
    if (told === undefined) throw new Error(`it ended before ${what}:\n${(await this.finished).output}`);
    return told;
  }

  /** SIGKILL to the driver and everything that it started; resolves when they are gone. */
  async kill(): Promise<Finished> {
    if (!this.over) this.running.signal("SIGKILL");
    return this.finished;
  }

  /** Does something while the driver stands still: it neither looks nor moves a weight. */
  async paused<T>(work: () => Promise<T>): Promise<T> {
    this.running.signal("SIGSTOP");
    try {
      return await work();
    } finally {
      this.running.signal("SIGCONT");
    }
  }

  /** Its exit code and its last event. @throws Error with all that it said, where it is another code */
  async ends(code: number): Promise<Told> {
    const finished = await this.finished;
    const last = this.told.at(-1);
    if (finished.code !== code || last === undefined) throw new Error(`exit code ${finished.code} instead of ${code}:\n${finished.output}`);
    return last;
  }
}

/** Every growth of the candidate's weight that no `pass` at the weight before led to; drivers in the order in which they ran. */
export function unproven(drives: readonly Drive[]): string[] {
  let weight = -1;
  let verdict = "";
  const found: string[] = [];
  for (const each of drives.flatMap(({ told }) => told)) {
    if (each.event === "gate") verdict = String(each["verdict"]);
    const now = each.event === "baking" ? 100 : each.event === "stage" ? Number(each["weight"]) : weight;
    if (now > weight && weight > 0 && verdict !== "pass") found.push(`from ${weight} to ${now} after "${verdict}", at ${each.at}`);
    if (now !== weight) verdict = "";
    weight = now;
  }
  return found;
}

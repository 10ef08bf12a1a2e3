import { existsSync, readFileSync } from "node:fs";
import type { Update } from "./releaseRuns.ts";
import { writeWhole } from "./writeWhole.ts";

/** Raised when what is kept of a record changes: older files are read anew then. */
const FORMAT = 1;

/** What old updates recorded, so that each is read once: a checkpoint has megabytes, and an export takes a second. */
export class RecordCache {
  private readonly file: string;
  private readonly known: Map<string, NonNullable<Update["releases"]>>;
  private changed = false;

  constructor(file: string) {
    this.file = file;
    this.known = new Map(Object.entries(entriesOf(file)));
  }

  /** The record under a key, read where it is not known yet; one that could not be read is asked for again the next time. */
  async get(key: string, read: () => Promise<Update["releases"]>): Promise<Update["releases"]> {
    const kept = this.known.get(key);
    if (kept !== undefined) return kept;
    const releases = await read();
    if (releases === undefined) return undefined;
    this.changed = true;
    this.known.set(key, releases);
    return releases;
  }

  save(): void {
    if (this.changed) writeWhole(this.file, JSON.stringify({ format: FORMAT, records: Object.fromEntries(this.known) }));
  }
}

/** A cache that cannot be read is none. */
function entriesOf(file: string): Record<string, NonNullable<Update["releases"]>> {
  if (!existsSync(file)) return {};
  try {
    const kept: { format?: number; records?: Record<string, NonNullable<Update["releases"]>> } = JSON.parse(readFileSync(file, "utf8"));
    return kept.format === FORMAT ? { ...kept.records } : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

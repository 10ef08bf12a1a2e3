import { existsSync, readFileSync } from "node:fs";
import { list, record, text } from "../../unknown.ts";
import { writeWhole } from "../../metrics/writeWhole.ts";

/** One page as GitHub last gave it. */
export interface Page {
  etag: string;
  items: unknown[];
  /** There is a next page. */
  more: boolean;
}

/** Pages by address, kept from one run to the next: GitHub answers an unchanged one for free. */
export class Answers {
  private readonly known: Map<string, Page>;
  private readonly used = new Map<string, Page>();
  private readonly file: string | undefined;

  /** @param file where they are kept; undefined: for this run alone */
  constructor(file?: string) {
    this.file = file;
    this.known = file === undefined ? new Map() : read(file);
  }

  get(address: string): Page | undefined {
    return this.used.get(address) ?? this.known.get(address);
  }

  set(address: string, page: Page): void {
    this.used.set(address, page);
  }

  /** `complete`: only what this run used stays, because repositories come and go. A run that failed keeps what it did not get to. */
  save(complete: boolean): void {
    const pages = complete ? this.used : new Map([...this.known, ...this.used]);
    // Webhooks' addresses are among them, and some of those grant access.
    if (this.file !== undefined) writeWhole(this.file, JSON.stringify(Object.fromEntries(pages)), 0o600);
  }
}

/** A file that cannot be read is as good as none: everything is asked anew. */
function read(file: string): Map<string, Page> {
  if (!existsSync(file)) return new Map();
  try {
    const pages = Object.entries(record(JSON.parse(readFileSync(file, "utf8"))));
    return new Map(pages.map(([address, page]) => [address, { etag: text(page, "etag"), items: list(page, "items"), more: record(page)["more"] === true }]));
  } catch (error) {
    if (error instanceof SyntaxError) return new Map();
    throw error;
  }
}

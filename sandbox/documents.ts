import { randomBytes } from "node:crypto";
import { linkSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { formatDocument, parseDocument } from "./document.ts";
import type { Document } from "./document.ts";
import { hasCode } from "./errors.ts";
import { isRunning, readFolder, readIfPresent, writeInFolder } from "./files.ts";
import type { Seal } from "./seal.ts";

/** What `read` and `list` know of one document. */
export interface Found extends Document {
  path: string;
}

/** The cloud: a folder of YAML documents, one a resource. The files are the only truth; nothing indexes them. */
export class Documents {
  private readonly folder: string;
  private readonly seal: Seal;
  /** Half-written files live beside the cloud, so that a killed process leaves none in it. */
  private readonly writing: string;
  private readonly parsed = new Map<string, { text: string; found: Found }>();

  constructor(folder: string, seal: Seal) {
    this.folder = folder;
    this.writing = `${folder}.writing`;
    this.seal = seal;
    this.sweep();
  }

  /** The document at a path (relative, without `.yaml`), or undefined. Throws where the YAML is broken, naming the file. */
  read(path: string): Found | undefined {
    const text = readIfPresent(this.file(path));
    if (text === undefined) {
      this.parsed.delete(path);
      return undefined;
    }
    const known = this.parsed.get(path);
    if (known?.text === text) return known.found;
    const found = { path, ...parseDocument(text, this.file(path), path, this.seal) };
    this.parsed.set(path, { text, found });
    return found;
  }

  /** Writes a new document; false where one is there already, whoever wrote it. */
  create(path: string, document: Document): boolean {
    return this.place(path, document, (temporary, file) => {
      try {
        linkSync(temporary, file);
        return true;
      } catch (error) {
        if (!hasCode(error, "EEXIST")) throw error;
        return false;
      } finally {
        rmSync(temporary, { force: true });
      }
    });
  }

  /** Writes or replaces a document atomically. */
  write(path: string, document: Document): void {
    this.place(path, document, (temporary, file) => {
      renameSync(temporary, file);
      return true;
    });
  }

  /** Removes a document, and the folders that it leaves empty. Removing what is gone succeeds. */
  remove(path: string): void {
    rmSync(this.file(path), { force: true });
    this.parsed.delete(path);
    this.prune(dirname(path));
  }

  /** Removes a folder with everything in it. */
  removeFolder(folder: string): void {
    rmSync(join(this.folder, folder), { recursive: true, force: true });
    this.prune(dirname(folder));
  }

  /** Moves every document of a folder; their secrets are sealed anew, because a seal knows its place. */
  moveFolder(from: string, to: string): void {
    for (const found of this.list(from)) {
      this.write(to + found.path.slice(from.length), found);
      this.remove(found.path);
    }
  }

  /** Every document below a folder, in the order of their paths. */
  list(folder: string): Found[] {
    return this.paths(folder).map((path) => this.read(path)).filter((found) => found !== undefined);
  }

  /** Paths of the documents below a folder, sorted, without reading them. */
  paths(folder: string): string[] {
    const entries = readFolder(join(this.folder, folder));
    return entries.flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return this.paths(path);
      return entry.name.endsWith(".yaml") ? [path.slice(0, -".yaml".length)] : [];
    }).sort();
  }

  /** Names of the folders that lie in a folder itself, as they are written there. */
  folders(folder: string): string[] {
    return readFolder(join(this.folder, folder)).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  }

  private file(path: string): string {
    return `${join(this.folder, path)}.yaml`;
  }

  private place(path: string, document: Document, put: (temporary: string, file: string) => boolean): boolean {
    const file = this.file(path);
    const temporary = join(this.writing, `${process.pid}.${randomBytes(6).toString("hex")}`);
    writeInFolder(temporary, () => writeFileSync(temporary, formatDocument(document, path, this.seal), { mode: 0o600 }));
    const done = writeInFolder(file, () => put(temporary, file));
    if (done) this.parsed.delete(path);
    return done;
  }

  /** Removes what killed processes were writing. */
  private sweep(): void {
    for (const { name } of readFolder(this.writing)) if (!isRunning(Number.parseInt(name, 10))) rmSync(join(this.writing, name), { force: true });
  }

  private prune(folder: string): void {
    for (let current = folder; current !== "." && current !== ""; current = dirname(current)) {
      try {
        rmdirSync(join(this.folder, current));
      } catch (error) {
        if (hasCode(error, "ENOTEMPTY", "EEXIST", "ENOENT")) return;
        throw error;
      }
    }
  }
}

import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { Refused, refusal, text } from "../api.ts";
import type { Api, KubernetesObject } from "../api.ts";
import { keyOf } from "./pod.ts";

interface WatchEvent<T> {
  type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  object: T;
}

/** A server that is away is asked again after this many milliseconds. */
const AGAIN = 250;

/** Every object of one path, kept as the API server has them. */
export class Watched<T extends KubernetesObject> {
  readonly objects = new Map<string, T>();
  private readonly api: Api;
  private readonly path: string;
  private readonly changed: () => void;

  /** `changed` is called after each change, with all objects as they are then. */
  constructor(api: Api, path: string, changed: () => void) {
    this.api = api;
    this.path = path;
    this.changed = changed;
  }

  /** Watches until `signal` says stop; through restarts of the server. `listed` is called after the first whole answer. */
  async run(signal: AbortSignal, listed: () => void = () => undefined): Promise<void> {
    while (!signal.aborted) {
      try {
        const version = await this.list();
        listed();
        await this.follow(version, signal);
      } catch (error) {
        // Lost connections and old versions are part of the game: the list is asked anew. A refusal is worth a line in the log.
        if (error instanceof Refused && ![410, 429, 503].includes(error.code)) process.stderr.write(`${this.path}: ${error.code} ${error.message}\n`);
      }
      await pause(AGAIN, undefined, { signal }).catch(() => undefined);
    }
  }

  private async list(): Promise<string> {
    const { items, metadata } = await this.api.call<{ items: T[]; metadata: { resourceVersion: string } }>("GET", this.path);
    this.objects.clear();
    for (const item of items) this.objects.set(keyOf(item), item);
    this.changed();
    return metadata.resourceVersion;
  }

  private async follow(version: string, signal: AbortSignal): Promise<void> {
    const query = new URLSearchParams({ watch: "true", resourceVersion: version, allowWatchBookmarks: "true" });
    const answer = await this.api.open("GET", `${this.path}?${query}`, undefined, "application/json", signal);
    if (answer.statusCode !== 200) throw refusal(answer.statusCode ?? 0, await text(answer));
    for await (const line of createInterface({ input: answer })) {
      const { object, type }: WatchEvent<T> = JSON.parse(line);
      if (type === "ERROR") throw refusal(410, line);
      if (type === "BOOKMARK") continue;
      if (type === "DELETED") this.objects.delete(keyOf(object));
      else this.objects.set(keyOf(object), object);
      this.changed();
    }
  }
}

import { setTimeout as pause } from "node:timers/promises";
import { Refused } from "../api.ts";

/** How long after a failed attempt the next one follows, milliseconds. */
const AGAIN = 500;

/** Sends the latest of something, one at a time: what is outdated before its turn is never sent, and what fails is sent again. */
export class Outbox<T> {
  private readonly send: (value: T) => Promise<unknown>;
  private latest: { value: T; text: string } | undefined;
  private sent = "";
  private busy: Promise<void> = Promise.resolve();
  private working = false;

  constructor(send: (value: T) => Promise<unknown>) {
    this.send = send;
  }

  put(value: T): void {
    this.latest = { value, text: JSON.stringify(value) };
    if (!this.working) this.busy = this.work();
  }

  /** Resolves once all is sent. */
  async empty(): Promise<void> {
    await this.busy;
  }

  private async work(): Promise<void> {
    this.working = true;
    while (this.latest !== undefined && this.latest.text !== this.sent) {
      const { text, value } = this.latest;
      try {
        await this.send(value);
        this.sent = text;
      } catch (error) {
        // What the server refuses for good, such as the status of a pod that is gone, is not worth a second try.
        if (error instanceof Refused && error.code < 500 && error.code !== 429 && error.code !== 409) this.sent = text;
        else await pause(AGAIN);
      }
    }
    this.working = false;
  }
}

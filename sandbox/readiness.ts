import { NotReadyError } from "./kinds.ts";
import type { Kind } from "./kinds.ts";
import type { Properties, Revealed } from "./values.ts";

/** How long an object may wait for what it depends on, in milliseconds, and how often it looks. */
const PATIENCE = { limit: 2_000, pause: 20 };

/** Why an object does not become ready: what it waits for, and the fault that was asked for. */
export class Readiness {
  private readonly injected: (body: Properties) => string[];

  constructor(injected: (body: Properties) => string[]) {
    this.injected = injected;
  }

  reasons(kind: Kind, body: Properties): string[] {
    return [...this.injected(body), ...(kind.notReady?.(body) ?? [])];
  }

  /** Waits for what other calls are still making. Throws NotReadyError, which carries what was stored, when time is up. */
  async wait(kind: Kind, id: string, inputs: Revealed, outputs: Revealed, body: Properties): Promise<void> {
    if (kind.notReady === undefined) return;
    const end = Date.now() + (this.injected(body).length > 0 ? 0 : PATIENCE.limit);
    let reasons = this.reasons(kind, body);
    for (; reasons.length > 0 && Date.now() < end; reasons = this.reasons(kind, body)) {
      await new Promise((resolve) => setTimeout(resolve, PATIENCE.pause));
    }
    if (reasons.length > 0) throw new NotReadyError(id, outputs, inputs, reasons);
  }
}

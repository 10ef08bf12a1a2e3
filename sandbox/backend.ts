import type { Change } from "./diff.ts";
import type { Problem } from "./judge.ts";
import type { Configuration } from "./kinds.ts";
import type { Properties, Revealed } from "./values.ts";

/** Which resource a call is about. */
export interface Subject {
  urn: string;
  type: string;
  name: string;
  configuration: Configuration;
  /** The resource's own timeout for this call; absent: the provider's. */
  timeoutSeconds?: number;
}

export interface State {
  id: string;
  outputs: Revealed;
}

export interface ReadState extends State {
  inputs: Revealed;
}

export interface Difference {
  changes: (Change & { replaces: boolean })[];
  deleteBeforeReplace: boolean;
}

export interface Checked {
  inputs: Revealed;
  problems: Problem[];
}

/** One emulated provider behind the protocol; refusals are thrown as ServiceError or NotReadyError. */
export interface Backend {
  readonly name: string;
  readonly version: string;
  checkConfiguration(inputs: Revealed): Problem[];
  check(subject: Subject, olds: Revealed, news: Revealed, random: string): Checked;
  diff(subject: Subject, id: string, olds: { inputs: Revealed; outputs: Revealed }, news: Revealed): Difference;
  create(subject: Subject, inputs: Revealed, preview: boolean): Promise<State>;
  /** Undefined where the resource is gone. `olds` is absent on an import. */
  read(subject: Subject, id: string, olds: { inputs: Revealed; outputs: Revealed } | undefined): Promise<ReadState | undefined>;
  update(subject: Subject, id: string, olds: { inputs: Revealed; outputs: Revealed }, news: Revealed, preview: boolean): Promise<Revealed>;
  delete(subject: Subject, id: string, olds: { inputs: Revealed; outputs: Revealed }): Promise<void>;
  invoke(token: string, args: Revealed, configuration: Configuration): Promise<Revealed | { problems: Problem[] }>;
}

import type { Change } from "./diff.ts";
import type { Problem } from "./judge.ts";
import type { Document } from "./document.ts";
import type { Path, Properties, Revealed } from "./values.ts";

/** The configuration of one provider instance, as `Configure` gave it; secrets unwrapped. */
export type Configuration = Properties;

/** What the machine needs to know of one resource type to serve it from documents. */
export interface Kind {
  /** Path of the resource's document below the cloud, without `.yaml`. */
  location(inputs: Properties, configuration: Configuration): string;
  /** The provider's id of the resource. */
  id(inputs: Properties, document: Document, configuration: Configuration): string;
  /** The number that the service gives a new object, where it numbers them. */
  number?(path: string): number;
  /** The path that an id leads to, for an import; undefined where no such document exists. */
  find(id: string, configuration: Configuration): string | undefined;
  /** Fills in what the provider itself fills in, and judges. */
  check(request: CheckRequest): { inputs: Properties; problems: Problem[] };
  /** True where the change of an input replaces the resource. */
  replaces(change: Change, news: Properties, configuration: Configuration): boolean;
  /** Those of the changes that the service would see: a value that it fills in itself changes nothing when it is given. @default all */
  seen?(changes: Change[], outputs: Properties, news: Properties): Change[];
  /** Changes that the inputs do not show: of a build's context, of a registry's digest. */
  furtherChanges?(outputs: Properties, news: Properties): Change[];
  /** Why the service refuses the request at once (a reference to something that does not exist …). */
  refuse(inputs: Properties, configuration: Configuration, existing: Document | undefined): string | undefined;
  /** True where the service overwrites what exists already instead of refusing. */
  upsert(inputs: Properties): boolean;
  /** The service's words for "this exists already". */
  exists(inputs: Properties, configuration: Configuration): string;
  /** The service's words for "this does not exist". */
  gone(id: string, configuration: Configuration): string;
  /** The document's body: what the service would store. */
  store(inputs: Properties, existing: Document | undefined, now: Date): Properties;
  /** Where the body holds secrets, whatever the inputs were marked as. */
  secrets(body: Properties): Path[];
  /** The inputs that would give this body; `olds` are the last known ones, absent on import. */
  inputs(body: Properties, olds: Properties | undefined): Properties;
  /** What the provider answers: the inputs together with everything computed. */
  outputs(inputs: Properties, document: Document, path: string, configuration: Configuration): Properties;
  /** The same before the resource exists: what is computed is UNKNOWN. */
  preview(inputs: Properties, outputs: Properties | undefined): Properties;
  /** Why the object will not become ready; called until it is [] or time runs out. */
  notReady?(body: Properties): string[];
  /** True where what it belongs to was deleted by hand: the service would have deleted it too. */
  orphaned?(path: string): boolean;
  /** True where it was there before the program ran, so that what lies below its document is no leftover. */
  takenOver?(path: string): boolean;
  /** What stands for a document that is not there: one object that others make up together. */
  assembled?(path: string): Document | undefined;
  /** Folder that goes with the document when it is deleted or renamed. */
  folder?(path: string): string | undefined;
  /** Body to keep instead of deleting (archive on destroy). */
  retire?(inputs: Properties): Properties | undefined;
}

export interface CheckRequest {
  inputs: Revealed;
  olds: Properties;
  name: string;
  /** Eight hexadecimal digits, the same for the same resource within one update. */
  random: string;
  configuration: Configuration;
}

/** The resource types and functions of one provider. */
export interface Catalogue {
  readonly name: string;
  readonly version: string;
  /** Undefined for a type that the sandbox does not serve. */
  kind(type: string): Kind | undefined;
  checkConfiguration(inputs: Revealed): Problem[];
  invoke(token: string, args: Properties, configuration: Configuration): Revealed | { problems: Problem[] };
}

/** What the emulated service answers with when it refuses; its message is shown by the engine as it stands. */
export class ServiceError extends Error {}

/** The object is stored, but never became ready. */
export class NotReadyError extends Error {
  readonly id: string;
  readonly outputs: Revealed;
  readonly inputs: Revealed;
  readonly reasons: string[];

  constructor(id: string, outputs: Revealed, inputs: Revealed, reasons: string[]) {
    super(`the resource was stored, but never became ready: ${reasons.join("; ")}`);
    this.id = id;
    this.outputs = outputs;
    this.inputs = inputs;
    this.reasons = reasons;
  }
}

import { setTimeout as pause } from "node:timers/promises";
import type { ReadState, State, Subject } from "../backend.ts";
import type { Documents, Found } from "../documents.ts";
import { NotReadyError, ServiceError } from "../kinds.ts";
import type { Catalogue, Kind } from "../kinds.ts";
import { fields } from "../kubernetes/manifest.ts";
import type { Fields } from "../kubernetes/manifest.ts";
import { Machine } from "../machine.ts";
import { fromManifest, toManifest } from "../manifests.ts";
import { recordedPath } from "../recorded.ts";
import type { Olds } from "../recorded.ts";
import type { Path, Properties, Revealed } from "../values.ts";
import { ofCluster } from "./kinds.ts";
import type { Objects, Reference } from "./objects.ts";
import { isOn, notReady } from "./readiness.ts";

/** Seconds that a Deployment or a deletion may take unless the resource has a timeout of its own. */
const LIMIT_SECONDS = 600;
/** Milliseconds between two looks at an object that is waited for. */
const LOOK = 200;

/** Kubernetes objects in a real cluster. The sandbox's own checks come first; its documents mirror what the cluster stores. */
export class ClusterMachine extends Machine {
  private readonly mirror: Documents;
  private readonly objects: Objects;

  constructor(catalogue: Catalogue, documents: Documents, objects: Objects) {
    super(ofCluster(catalogue), documents);
    this.mirror = documents;
    this.objects = objects;
  }

  override async create(subject: Subject, inputs: Revealed, preview: boolean): Promise<State> {
    if (preview) return super.create(subject, inputs, preview);
    const path = this.kind(subject.type).location(inputs.plain, subject.configuration);
    const id = await this.mirrored(path, async () => {
      const made = await super.create(subject, inputs, false);
      this.write(subject, path, await this.apply(subject, made.id, inputs));
      return made.id;
    });
    return { id, outputs: await this.ready(subject, id, inputs, path) };
  }

  override async read(subject: Subject, id: string, olds: Olds | undefined): Promise<ReadState | undefined> {
    const path = recordedPath(olds) ?? this.kind(subject.type).find(id, subject.configuration);
    const live = await this.objects.get(referenceOf(subject, id));
    if (path === undefined) return undefined;
    if (live === undefined) this.mirror.remove(path);
    else this.write(subject, path, live, olds?.inputs.secrets);
    return super.read(subject, id, olds);
  }

  override async update(subject: Subject, id: string, olds: Olds, news: Revealed, preview: boolean): Promise<Revealed> {
    if (preview) return super.update(subject, id, olds, news, preview);
    const kind = this.kind(subject.type);
    const path = kind.location(news.plain, subject.configuration);
    const live = await this.objects.get(referenceOf(subject, id));
    if (live === undefined) throw new ServiceError(kind.gone(id, subject.configuration));
    // The mirror may have been thrown away: the cluster's object is the one that is updated.
    this.write(subject, path, live, olds.inputs.secrets);
    await this.mirrored(path, async () => {
      await super.update(subject, id, olds, news, false);
      this.write(subject, path, await this.apply(subject, id, news));
    });
    return this.ready(subject, id, news, path);
  }

  override async delete(subject: Subject, id: string, olds: Olds): Promise<void> {
    await this.objects.delete(referenceOf(subject, id), limitOf(subject));
    await super.delete(subject, id, olds);
  }

  private apply(subject: Subject, id: string, { plain }: Revealed): Promise<Fields> {
    return this.objects.apply(referenceOf(subject, id), toManifest(plain), isOn(plain, "pulumi.com/patchForce"));
  }

  /** What the cluster refuses leaves the documents as they were. */
  private async mirrored<T>(path: string, change: () => Promise<T>): Promise<T> {
    const before = this.mirror.read(path);
    try {
      return await change();
    } catch (error) {
      if (before === undefined) this.mirror.remove(path);
      else this.mirror.write(path, before);
      throw error;
    }
  }

  /** Waits until the object works. @throws NotReadyError with what is stored when its time is up */
  private async ready(subject: Subject, id: string, inputs: Revealed, path: string): Promise<Revealed> {
    const kind = this.kind(subject.type);
    const end = Date.now() + limitOf(subject);
    for (;;) {
      const document = this.written(path, kind, id, subject);
      const outputs = this.outputs(kind, inputs, document, path, subject.configuration);
      const reasons = isOn(inputs.plain, "pulumi.com/skipAwait") ? [] : notReady(document.body);
      if (reasons.length === 0) return outputs;
      if (Date.now() > end) throw new NotReadyError(id, outputs, inputs, reasons);
      await pause(LOOK);
      const live = await this.objects.get(referenceOf(subject, id));
      if (live === undefined) throw new ServiceError(kind.gone(id, subject.configuration));
      this.write(subject, path, live);
    }
  }

  private written(path: string, kind: Kind, id: string, { configuration }: Subject): Found {
    const found = this.mirror.read(path);
    if (found === undefined) throw new ServiceError(kind.gone(id, configuration));
    return found;
  }

  /** Writes what the cluster stores, with what the program marked as secret sealed; who owns which field is left out, for people read it. */
  private write({ type, urn }: Subject, path: string, live: Fields, marked: readonly Path[] = []): void {
    const { managedFields: _managedFields, ...metadata } = fields(live["metadata"]);
    const body: Properties = fromManifest({ ...live, apiVersion: String(live["apiVersion"]), kind: String(live["kind"]), metadata });
    const before = this.mirror.read(path);
    const now = new Date().toISOString();
    const secrets = [...marked, ...(before?.secrets ?? []), ...this.kind(type).secrets(body)];
    this.mirror.write(path, { body, secrets, madeBy: before?.madeBy ?? urn, created: before?.created ?? now, updated: now });
  }
}

function referenceOf({ type }: Subject, id: string): Reference {
  const [, version = "", kind = ""] = type.split(":");
  const [first = "", second] = id.split("/");
  return { apiVersion: version.replace(/^core\//, ""), kind, namespace: second === undefined ? undefined : first, name: second ?? first };
}

function limitOf({ timeoutSeconds }: Subject): number {
  return (timeoutSeconds ?? LIMIT_SECONDS) * 1000;
}

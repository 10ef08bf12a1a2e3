import type { Backend, Checked, Difference, ReadState, State, Subject } from "./backend.ts";
import { changes } from "./diff.ts";
import type { Document } from "./document.ts";
import type { Documents } from "./documents.ts";
import type { Problem } from "./judge.ts";
import { NotReadyError, ServiceError } from "./kinds.ts";
import type { Catalogue, Configuration, Kind } from "./kinds.ts";
import { Readiness } from "./readiness.ts";
import { documentOf, recordedPath, recordOf } from "./recorded.ts";
import type { Olds } from "./recorded.ts";
import { at, hasUnknown, withoutNulls } from "./values.ts";
import type { Path, Properties, Revealed } from "./values.ts";

/** Serves the types of a catalogue from the documents of the cloud. */
export class Machine implements Backend {
  readonly name: string;
  readonly version: string;
  private readonly catalogue: Catalogue;
  private readonly documents: Documents;
  private readonly readiness: Readiness;

  constructor(catalogue: Catalogue, documents: Documents, neverReady: (body: Properties) => string[] = () => []) {
    this.name = catalogue.name;
    this.version = catalogue.version;
    this.catalogue = catalogue;
    this.documents = documents;
    this.readiness = new Readiness(neverReady);
  }

  checkConfiguration(inputs: Revealed): Problem[] {
    return this.catalogue.checkConfiguration(inputs);
  }

  check(subject: Subject, olds: Revealed, news: Revealed, random: string): Checked {
    const inputs = { plain: withoutNulls(news.plain), secrets: news.secrets };
    const { type, name, configuration } = subject;
    const checked = this.kind(type).check({ inputs, olds: olds.plain, name, random, configuration });
    return { inputs: { plain: checked.inputs, secrets: news.secrets }, problems: checked.problems };
  }

  diff(subject: Subject, id: string, olds: Olds, news: Revealed): Difference {
    const kind = this.kind(subject.type);
    const differing = changes(olds.inputs.plain, news.plain);
    const found = [...(kind.seen?.(differing, olds.outputs.plain, news.plain) ?? differing), ...(kind.furtherChanges?.(olds.outputs.plain, news.plain) ?? [])];
    const judged = found.map((change) => ({ ...change, replaces: kind.replaces(change, news.plain, subject.configuration) }));
    const replaces = judged.some((change) => change.replaces);
    return { changes: judged, deleteBeforeReplace: replaces && this.staysInPlace(kind, subject.configuration, id, olds, news.plain) };
  }

  async create(subject: Subject, inputs: Revealed, preview: boolean): Promise<State> {
    const kind = this.kind(subject.type);
    const { plain, secrets } = inputs;
    if (preview) return { id: "", outputs: { plain: kind.preview(plain, undefined), secrets: [...secrets, ...kind.secrets(plain)] } };
    const { configuration, urn } = subject;
    const path = kind.location(plain, configuration);
    const existing = this.documents.read(path);
    const refused = kind.refuse(plain, configuration, existing);
    if (refused !== undefined) throw new ServiceError(refused);
    // A document of the same URN is the trace of a create whose answer never arrived: it is taken over.
    if (existing !== undefined && existing.madeBy !== urn && !kind.upsert(plain)) throw new ServiceError(kind.exists(plain, configuration));
    const document = documentOf(kind, { plain, secrets }, path, existing, urn);
    const folder = kind.folder?.(path);
    // What was left below a document that someone deleted does not come back with it.
    if (existing === undefined && folder !== undefined && kind.takenOver?.(path) !== true) this.documents.removeFolder(folder);
    if (existing !== undefined) this.documents.write(path, document);
    else if (!this.documents.create(path, document)) {
      if (!kind.upsert(plain)) throw new ServiceError(kind.exists(plain, configuration));
      this.documents.write(path, document);
    }
    const outputs = this.outputs(kind, inputs, document, path, configuration);
    const id = kind.id(plain, document, configuration);
    await this.readiness.wait(kind, id, inputs, outputs, document.body);
    return { id, outputs };
  }

  async read(subject: Subject, id: string, olds: Olds | undefined): Promise<ReadState | undefined> {
    const kind = this.kind(subject.type);
    const path = recordedPath(olds) ?? kind.find(id, subject.configuration);
    const document = path === undefined ? undefined : this.documents.read(path) ?? kind.assembled?.(path);
    if (path === undefined || document === undefined || kind.orphaned?.(path) === true) return undefined;
    const plain = kind.inputs(document.body, olds?.inputs.plain);
    const kept = olds?.inputs.secrets.filter((secret) => at(plain, secret) !== undefined) ?? [];
    const inputs = { plain, secrets: [...kept, ...document.secrets, ...kind.secrets(plain)] };
    const outputs = this.outputs(kind, inputs, document, path, subject.configuration);
    const reasons = this.readiness.reasons(kind, document.body);
    if (reasons.length > 0) throw new NotReadyError(id, outputs, inputs, reasons);
    return { id, inputs, outputs };
  }

  async update(subject: Subject, id: string, olds: Olds, news: Revealed, preview: boolean): Promise<Revealed> {
    const kind = this.kind(subject.type);
    const { plain, secrets } = news;
    if (preview) return { plain: kind.preview(plain, olds.outputs.plain), secrets: [...secrets, ...kind.secrets(plain)] };
    const { configuration, urn } = subject;
    const path = kind.location(plain, configuration);
    const recorded = recordedPath(olds) ?? kind.find(id, configuration);
    // A renamed repository took its documents along: then the object is where the new inputs say.
    const from = recorded !== undefined && this.documents.read(recorded) !== undefined ? recorded : path;
    const existing = this.documents.read(from) ?? kind.assembled?.(from);
    const follows = from === recorded || existing?.madeBy === urn || (recorded !== undefined && kind.orphaned?.(recorded) === true);
    if (existing === undefined || !follows) throw new ServiceError(kind.gone(id, configuration));
    const refused = kind.refuse(plain, configuration, existing);
    if (refused !== undefined) throw new ServiceError(refused);
    if (path !== from) this.move(kind, from, path, plain, configuration);
    const document = documentOf(kind, { plain, secrets }, path, existing, existing.madeBy ?? urn);
    this.documents.write(path, document);
    const outputs = this.outputs(kind, news, document, path, configuration);
    await this.readiness.wait(kind, id, news, outputs, document.body);
    return outputs;
  }

  async delete(subject: Subject, id: string, olds: Olds): Promise<void> {
    const kind = this.kind(subject.type);
    const path = recordedPath(olds) ?? kind.find(id, subject.configuration);
    const existing = path === undefined ? undefined : this.documents.read(path);
    if (path === undefined) return;
    const retired = existing === undefined ? undefined : kind.retire?.(olds.inputs.plain);
    if (existing !== undefined && retired !== undefined) {
      const kept = { ...existing, madeBy: undefined, body: { ...existing.body, ...retired } };
      return this.documents.write(path, { ...kept, updated: new Date().toISOString() });
    }
    const folder = kind.folder?.(path);
    if (folder !== undefined) this.documents.removeFolder(folder);
    this.documents.remove(path);
  }

  async invoke(token: string, args: Revealed, configuration: Configuration): Promise<Revealed | { problems: Problem[] }> {
    return this.catalogue.invoke(token, args.plain, configuration);
  }

  protected kind(type: string): Kind {
    const kind = this.catalogue.kind(type);
    if (kind === undefined) throw new ServiceError(`${type}: is not served by the sandbox, got a request for it; leave the provider ${this.name} out of the sandbox to use the real one`);
    return kind;
  }

  protected outputs(kind: Kind, inputs: Revealed, document: Document, path: string, configuration: Configuration): Revealed {
    const plain = kind.outputs(inputs.plain, document, path, configuration);
    return { plain: { ...plain, ...recordOf(path) }, secrets: [...inputs.secrets, ...document.secrets, ...kind.secrets(plain)] };
  }

  private move(kind: Kind, from: string, to: string, inputs: Properties, configuration: Configuration): void {
    if (this.documents.read(to) !== undefined) throw new ServiceError(kind.exists(inputs, configuration));
    const [fromFolder, toFolder] = [kind.folder?.(from), kind.folder?.(to)];
    if (fromFolder !== undefined && toFolder !== undefined) this.documents.moveFolder(fromFolder, toFolder);
    this.documents.remove(from);
  }

  private staysInPlace(kind: Kind, configuration: Configuration, id: string, olds: Olds, news: Properties): boolean {
    if (hasUnknown(news)) return true;
    return kind.location(news, configuration) === (recordedPath(olds) ?? kind.find(id, configuration));
  }
}

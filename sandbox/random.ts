import { createHash, randomBytes, randomInt, randomUUID } from "node:crypto";
import type { Backend, Checked, Difference, ReadState, State, Subject } from "./backend.ts";
import { changes } from "./diff.ts";
import { judge } from "./judge.ts";
import type { Problem } from "./judge.ts";
import { ServiceError } from "./kinds.ts";
import { drawCharacters, drawPet, shuffle } from "./randomDraws.ts";
import { loadSchema } from "./schema.ts";
import type { ResourceType } from "./schema.ts";
import { UNKNOWN, withoutNulls } from "./values.ts";
import type { Properties, Revealed, Value } from "./values.ts";
import { installedVersion } from "./versions.ts";

type Draw = (inputs: Properties) => { id: string; results: Properties };

/** One row a type: how its values are drawn. Passwords have no readable id, as in the real provider. */
const DRAWS: Record<string, Draw> = {
  RandomBytes: (inputs) => {
    const bytes = randomBytes(number(inputs["length"]));
    return { id: "none", results: { base64: bytes.toString("base64"), hex: bytes.toString("hex") } };
  },
  RandomId: (inputs) => {
    const bytes = randomBytes(number(inputs["byteLength"]));
    const prefix = text(inputs["prefix"]);
    const url = bytes.toString("base64url");
    const dec = BigInt(`0x${bytes.toString("hex")}`).toString();
    return { id: url, results: { b64Std: prefix + bytes.toString("base64"), b64Url: prefix + url, hex: prefix + bytes.toString("hex"), dec: prefix + dec } };
  },
  RandomInteger: (inputs) => {
    const result = randomInt(number(inputs["min"]), number(inputs["max"]) + 1);
    return { id: String(result), results: { result } };
  },
  RandomPassword: (inputs) => {
    const result = drawCharacters(inputs);
    return { id: "none", results: { result, bcryptHash: `$2a$10$${createHash("sha512").update(result).digest("base64url").slice(0, 53)}` } };
  },
  RandomPet: (inputs) => {
    const id = drawPet(number(inputs["length"] ?? 2), text(inputs["separator"] ?? "-"), text(inputs["prefix"]));
    return { id, results: {} };
  },
  RandomShuffle: (inputs) => ({ id: "-", results: { results: shuffle(inputs["inputs"], inputs["resultCount"]) } }),
  RandomString: (inputs) => {
    const result = drawCharacters(inputs);
    return { id: result, results: { result } };
  },
  RandomUuid: () => uuid(randomUUID()),
  RandomUuid4: () => uuid(randomUUID()),
  RandomUuid7: () => uuid(timeOrdered(randomBytes(16), Date.now())),
};

/** The random provider. Its values live in the stack's state alone, as with the real one: no document, no drift. */
export class RandomBackend implements Backend {
  readonly name = "random";
  readonly version = installedVersion("random");

  checkConfiguration(): Problem[] {
    return [];
  }

  check(subject: Subject, _olds: Revealed, news: Revealed): Checked {
    const inputs = { plain: withoutNulls(news.plain), secrets: news.secrets };
    return { inputs, problems: judge(loadSchema("random"), resourceType(subject.type), inputs, typeName(subject.type)) };
  }

  /** Every input asks for new values, `keepers` included. */
  diff(_subject: Subject, _id: string, olds: { inputs: Revealed }, news: Revealed): Difference {
    return { changes: changes(olds.inputs.plain, news.plain).map((change) => ({ ...change, replaces: true })), deleteBeforeReplace: false };
  }

  async create(subject: Subject, inputs: Revealed, preview: boolean): Promise<State> {
    const { id, results } = preview ? { id: "", results: this.unknowns(subject.type, inputs.plain) } : this.draw(subject.type, inputs.plain);
    return { id, outputs: this.conceal(subject.type, inputs, results) };
  }

  async read(subject: Subject, id: string, olds: { inputs: Revealed; outputs: Revealed } | undefined): Promise<ReadState | undefined> {
    if (olds !== undefined) return { id, inputs: olds.inputs, outputs: olds.outputs };
    const result = resourceType(subject.type).properties["result"];
    if (result?.type !== "string") throw new ServiceError(`${subject.type}: cannot be imported, got ${JSON.stringify(id)}; let the program create it`);
    const inputs = { plain: { length: id.length }, secrets: [] };
    return { id, inputs, outputs: this.conceal(subject.type, inputs, { result: id }) };
  }

  async update(subject: Subject, _id: string, olds: { outputs: Revealed }, news: Revealed): Promise<Revealed> {
    return this.conceal(subject.type, news, olds.outputs.plain);
  }

  async delete(): Promise<void> {}

  async invoke(token: string): Promise<Revealed> {
    throw new ServiceError(`${token}: is not served by the sandbox, got a call of it; leave the provider random out of the sandbox to use the real one`);
  }

  private draw(type: string, inputs: Properties): { id: string; results: Properties } {
    const draw = DRAWS[typeName(type)];
    if (draw === undefined) throw new ServiceError(`${type}: is no type of the provider random, got a request for it; use one of ${Object.keys(DRAWS).join(", ")}`);
    return draw(inputs);
  }

  private unknowns(type: string, inputs: Properties): Properties {
    const names = (resourceType(type).required ?? []).filter((name) => inputs[name] === undefined && resourceType(type).inputProperties?.[name]?.default === undefined);
    return Object.fromEntries(names.map((name) => [name, UNKNOWN]));
  }

  private conceal(type: string, inputs: Revealed, results: Properties): Revealed {
    const { properties } = resourceType(type);
    const defaults = Object.fromEntries(Object.entries(properties).flatMap(([name, property]) => (property.default === undefined ? [] : [[name, property.default]])));
    const plain: Properties = { ...CHARACTER_DEFAULTS[typeName(type)], ...defaults, ...inputs.plain, ...results };
    const secrets = Object.keys(properties).filter((name) => properties[name]?.secret === true && plain[name] !== undefined).map((name) => [name]);
    return { plain, secrets: [...inputs.secrets, ...secrets] };
  }
}

const ALL_CHARACTERS: Properties = { lower: true, upper: true, numeric: true, number: true, special: true, minLower: 0, minUpper: 0, minNumeric: 0, minSpecial: 0 };
const CHARACTER_DEFAULTS: Record<string, Properties> = { RandomPassword: ALL_CHARACTERS, RandomString: ALL_CHARACTERS, RandomPet: { length: 2, separator: "-" } };

function typeName(type: string): string {
  return type.slice(type.lastIndexOf(":") + 1);
}

function resourceType(type: string): ResourceType {
  const found = loadSchema("random").resources[type];
  if (found === undefined) throw new ServiceError(`${type}: is no type of the provider random, got a request for it; use one of ${Object.keys(DRAWS).join(", ")}`);
  return found;
}

function number(value: Value | undefined): number {
  return typeof value === "number" ? value : 0;
}

function text(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}

function uuid(result: string): { id: string; results: Properties } {
  return { id: result, results: { result } };
}

/** RFC 9562, version 7: 48 bits of milliseconds, then randomness. */
function timeOrdered(bytes: Buffer, milliseconds: number): string {
  bytes.writeUIntBE(milliseconds, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

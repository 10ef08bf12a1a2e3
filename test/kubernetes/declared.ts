import * as pulumi from "@pulumi/pulumi";
import type { Manifest } from "../../sandbox/kubernetes/index.ts";

/** One resource as a program declared it. */
export interface Declared {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  /** `type name` of the parent. */
  parent: string | undefined;
  /** `type name` of each resource that it explicitly waits for. */
  dependsOn: string[];
  ignoreChanges: string[];
  protect: boolean;
}

type Options = Omit<Declared, "type" | "name" | "inputs">;

const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Everything that the program declares, in the order of declaration; calls of functions are not expected. */
export async function declared(program: (opts: pulumi.ComponentResourceOptions) => unknown): Promise<Declared[]> {
  const inputs = new Map<string, Record<string, unknown>>();
  const options = new Map<string, Promise<Options>>();
  const names = new Map<pulumi.Resource, string>();
  await pulumi.runtime.setMocks({
    newResource(args) {
      inputs.set(`${args.type} ${args.name}`, args.inputs);
      return { id: `${args.name}-id`, state: args.inputs };
    },
    call({ token }) {
      throw new Error(`unexpected call of ${token}`);
    },
  });
  const look: pulumi.ResourceTransformation = ({ name, opts, resource, type }) => {
    const key = `${type} ${name}`;
    names.set(resource, key);
    options.set(key, optionsOf(opts, names));
    return undefined;
  };
  try {
    program({ transformations: [look] });
  } finally {
    await pulumi.runtime.disconnect();
  }
  return Promise.all([...options].map(async ([key, given]) => {
    const [type = "", name = ""] = key.split(" ");
    return { type, name, inputs: inputs.get(key) ?? {}, ...(await given) };
  }));
}

async function optionsOf(opts: pulumi.CustomResourceOptions, names: ReadonlyMap<pulumi.Resource, string>): Promise<Options> {
  const wanted = opts.dependsOn ?? [];
  const one = pulumi.Resource.isInstance(wanted) ? [wanted] : wanted;
  const dependsOn = await Promise.all(Array.isArray(one) ? one : []);
  return {
    parent: opts.parent && names.get(opts.parent),
    dependsOn: dependsOn.flatMap((resource) => (pulumi.Resource.isInstance(resource) ? (names.get(resource) ?? []) : [])),
    ignoreChanges: opts.ignoreChanges ?? [],
    protect: opts.protect ?? false,
  };
}

/** The inputs of the one Kubernetes object of this kind and, where there are several, this name. */
export function inputsOf(all: readonly Declared[], kind: string, name?: string): Record<string, unknown> {
  const found = all.filter((resource) => resource.type.startsWith("kubernetes:") && kindOf(resource) === kind && (name ?? resource.name) === resource.name);
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} resources are ${kind} ${name ?? ""}`);
  return only.inputs;
}

/** Kubernetes' word for what it is. */
export function kindOf({ inputs, type }: Declared): string {
  return typeof inputs.kind === "string" ? inputs.kind : (type.split(":").at(-1) ?? type);
}

/** Kind and name of every Kubernetes object, in the order of declaration. */
export function objects(all: readonly Declared[]): string[] {
  return all.filter(({ type }) => type.startsWith("kubernetes:")).map((resource) => `${kindOf(resource)} ${resource.name}`);
}

/** A value that is marked secret, as the engine gets it. */
export function secret(value: unknown): Record<string, unknown> {
  return { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value };
}

/** The inputs as Kubernetes gets them, secrets opened. */
export function plain(inputs: Record<string, unknown>): Manifest {
  const text = JSON.stringify(inputs, (_, value: unknown) =>
    (typeof value === "object" && value !== null && SIGNATURE in value && "value" in value ? value.value : value));
  return JSON.parse(text);
}

import * as pulumi from "@pulumi/pulumi";

/** One resource as the program registered it. */
export interface Registered {
  /** `type name`. */
  key: string;
  inputs: Record<string, unknown>;
  parent: string | undefined;
  ignoreChanges: string[];
  retainOnDelete: boolean;
}

export interface World {
  preview?: boolean;
  /** Outputs beside the inputs, by type. */
  outputs?: Record<string, Record<string, unknown>>;
  /** Answers of functions, by token; any other call is unexpected. */
  calls?: Record<string, (inputs: Record<string, unknown>) => Record<string, unknown>>;
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Runs a program against mocks, and gives all that it registered, in order, with what it returned. */
export async function runProgram<T>(program: (opts: pulumi.ComponentResourceOptions) => T, world: World = {}): Promise<{ all: Registered[]; result: Awaited<T> }> {
  const registered = new Map<string, Registered>();
  const names = new Map<pulumi.Resource, string>();
  await pulumi.runtime.setMocks({
    newResource({ type, name, inputs }) {
      const known = registered.get(`${type} ${name}`);
      if (known !== undefined) known.inputs = inputs;
      return { id: `${name}-id`, state: { ...inputs, ...world.outputs?.[type] } };
    },
    call({ token, inputs }) {
      const answer = world.calls?.[token];
      if (answer === undefined) throw new Error(`unexpected call of ${token}`);
      return answer(inputs);
    },
  }, "slipway", "test", world.preview ?? false);
  const look: pulumi.ResourceTransformation = ({ type, name, opts, resource }) => {
    const key = `${type} ${name}`;
    names.set(resource, key);
    const { ignoreChanges = [], retainOnDelete = false } = "ignoreChanges" in opts || "retainOnDelete" in opts ? opts : {};
    registered.set(key, { key, inputs: {}, parent: opts.parent && names.get(opts.parent), ignoreChanges, retainOnDelete });
    return undefined;
  };
  try {
    const result = await program({ transformations: [look] });
    return { all: [...registered.values()], result };
  } finally {
    await pulumi.runtime.disconnect();
  }
}

/** The one resource whose `type name` ends so. */
export function only(all: readonly Registered[], end: string): Registered {
  const [found, ...others] = all.filter(({ key }) => key.endsWith(end));
  if (found === undefined || others.length > 0) throw new Error(`${others.length + (found === undefined ? 0 : 1)} resources end with ${end}`);
  return found;
}

/** A value that is marked secret, as the engine gets it. */
export function secretMark(value: unknown): Record<string, unknown> {
  return { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value };
}

/** What an output holds, and whether it is known and secret. */
export async function held<T>(output: pulumi.Output<T>): Promise<{ value: T | undefined; known: boolean; secret: boolean }> {
  const { promise, isKnown, isSecret } = outputParts(output);
  const [known, secret] = await Promise.all([isKnown, isSecret]);
  return { value: known ? await promise() : undefined, known, secret };
}

interface Parts<T> {
  promise: () => Promise<T>;
  isKnown: Promise<boolean>;
  isSecret: Promise<boolean>;
}

function outputParts<T>(output: pulumi.Output<T>): Parts<T> {
  if (hasParts(output)) return output;
  throw new TypeError("not an output of this SDK");
}

function hasParts<T>(output: pulumi.Output<T>): output is pulumi.Output<T> & Parts<T> {
  return "promise" in output && "isKnown" in output && "isSecret" in output;
}

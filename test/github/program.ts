import { output, runtime, secret } from "@pulumi/pulumi";
import type { ComponentResourceOptions, CustomResourceOptions, Input, Output } from "@pulumi/pulumi";

/** A resource as the engine was asked for it. */
export interface Registered {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

export interface Ran {
  /** By name, components left out. */
  resources: Registered[];
  /** Names in the order in which the engine got them. */
  order: string[];
  components: string[];
  /** Options by the resource's name. */
  options: Map<string, CustomResourceOptions>;
  /** Functions that were called, with their arguments, sorted. */
  calls: { token: string; inputs: unknown }[];
}

const SECRET_MARK = "4dabf18193072939515e22adb298388d";

/** How a secret reaches the engine; the mocks show the mark of a part on the whole property. */
export function sealed(value: unknown): Record<string, unknown> {
  return { [SECRET_MARK]: "1b47061264138c4ac30d75fd1eb44270", value };
}

export function nothing(): Ran {
  return { resources: [], order: [], components: [], options: new Map(), calls: [] };
}

const ids: Record<string, string> = { "release-team": "101", platform: "102", ada: "201", grace: "202" };

/** Runs a program against mocks and notes in `ran` what happens. `fails` names the type whose registration fails. */
export async function run(program: (opts: ComponentResourceOptions) => void, fails?: string, ran: Ran = nothing()): Promise<Ran> {
  await runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => {
        if (type.startsWith("slipway:")) {
          ran.components.push(`${type} ${name}`);
        } else {
          ran.resources.push({ type, name, inputs });
          ran.order.push(name);
        }
        if (fails !== undefined && type.endsWith(`:${fails}`)) throw new Error(`${name} was refused`);
        return { id: id ?? `${name}-id`, state: { ...inputs, ...computed(type) } };
      },
      call: ({ token, inputs }) => {
        ran.calls.push({ token, inputs });
        return { ...inputs, id: ids[String(inputs["slug"] ?? inputs["username"])] ?? "" };
      },
    },
    "slipway",
    "test",
  );
  program({
    transformations: [
      ({ name, opts }) => {
        ran.options.set(name, opts);
        return undefined;
      },
    ],
  });
  await runtime.disconnect();
  ran.resources.sort((left, right) => (left.name < right.name ? -1 : 1));
  ran.components.sort();
  ran.calls.sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
  return ran;
}

function computed(type: string): Record<string, unknown> {
  switch (type) {
    case "github:index/repositoryRuleset:RepositoryRuleset":
      return { rulesetId: 11 };
    case "github:index/repositoryPullRequest:RepositoryPullRequest":
      return { number: 7 };
    case "random:index/randomPassword:RandomPassword":
      return { result: "generated" };
    default:
      return {};
  }
}

/** `type name` of every resource, without the provider's prefix. */
export function names({ resources }: Ran): string[] {
  return resources.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);
}

/** The inputs of the only resource of a type. */
export function only({ resources }: Ran, type: string): Record<string, unknown> {
  const found = resources.filter((resource) => resource.type.endsWith(`:${type}`));
  if (found.length !== 1) throw new Error(`expected one ${type}, got ${found.length}`);
  return found[0]?.inputs ?? {};
}

/** Values of config keys, marked secret. */
export function secretOf(key: string): Output<string> {
  return secret(`value of ${key}`);
}

/** The plain value of an output. */
export function valueOf<T>(input: Input<T>): Promise<unknown> {
  return new Promise((resolve) => output(input).apply(resolve));
}

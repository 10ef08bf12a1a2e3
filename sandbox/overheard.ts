import type { Backend } from "./backend.ts";
import { UNKNOWN, at } from "./values.ts";
import type { Revealed, Value } from "./values.ts";

/** The backend, with every secret text that it is given or answers told first: before the engine can write an answer to its log. */
export function overheard(backend: Backend, onSecret: (value: string) => void): Backend {
  const hear = <R extends Revealed>(revealed: R): R => {
    for (const path of revealed.secrets) texts(at(revealed.plain, path)).forEach(onSecret);
    return revealed;
  };
  const hearBoth = <S extends { inputs: Revealed; outputs: Revealed }>(state: S): S => {
    hear(state.inputs);
    hear(state.outputs);
    return state;
  };
  return {
    name: backend.name,
    version: backend.version,
    checkConfiguration: (inputs) => backend.checkConfiguration(hear(inputs)),
    check(subject, olds, news, random) {
      const checked = backend.check(subject, hear(olds), hear(news), random);
      hear(checked.inputs);
      return checked;
    },
    diff: (subject, id, olds, news) => backend.diff(subject, id, hearBoth(olds), hear(news)),
    async create(subject, inputs, preview) {
      const state = await backend.create(subject, hear(inputs), preview);
      hear(state.outputs);
      return state;
    },
    async read(subject, id, olds) {
      const state = await backend.read(subject, id, olds === undefined ? undefined : hearBoth(olds));
      return state === undefined ? undefined : hearBoth(state);
    },
    update: async (subject, id, olds, news, preview) => hear(await backend.update(subject, id, hearBoth(olds), hear(news), preview)),
    delete: (subject, id, olds) => backend.delete(subject, id, hearBoth(olds)),
    async invoke(token, args, configuration) {
      const result = await backend.invoke(token, hear(args), configuration);
      return "problems" in result ? result : hear(result);
    },
  };
}

function texts(value: Value | undefined): string[] {
  if (typeof value === "string") return value === UNKNOWN ? [] : [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(texts);
}

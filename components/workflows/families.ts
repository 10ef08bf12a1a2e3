import { channels } from "./channels/index.ts";
import { community } from "./community/index.ts";
import { containers } from "./containers/index.ts";
import { continuous } from "./continuous/index.ts";
import type { Family, Pipeline, Repository } from "./kit/index.ts";
import { npm } from "./npm/index.ts";
import { rollout } from "./rollout/index.ts";
import { verification } from "./verification/index.ts";

const families = { ...npm, ...channels, ...verification, ...rollout, ...continuous, ...community, ...containers };

/** Key of a family in the settings → its options. */
type Options = { [Key in keyof typeof families]: (typeof families)[Key] extends Family<infer Of> ? Of : never };
type Key = keyof Options;

/** `repositories.<name>.workflows`: a family that is not there makes no file. */
export type WorkflowsSettings = { [K in Key]?: Options[K] | undefined };

const table: { [K in Key]: Family<Options[K]> } = families;

/** What the settings ask for, in the order of the settings. */
export function pipelinesOf(settings: WorkflowsSettings, repository: Repository): [key: string, pipeline: Pipeline][] {
  return keysOf(settings).flatMap((key) => pipelineOf(key, settings[key], repository));
}

function pipelineOf<K extends Key>(key: K, options: Options[K] | undefined, repository: Repository): [string, Pipeline][] {
  return options === undefined ? [] : [[key, table[key](options, repository)]];
}

function keysOf(settings: WorkflowsSettings): Key[] {
  return Object.keys(settings).filter((key): key is Key => Object.hasOwn(table, key));
}

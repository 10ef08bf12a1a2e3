import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { liveObject, withoutValues } from "./objects.ts";
import type { ClusterReader, LiveObject } from "./objects.ts";

/** Reads the documents of the embedded cloud. @param cloud its folder */
export function sandboxReader(cloud: string): ClusterReader {
  return {
    async read(name) {
      const folder = join(cloud, "kubernetes", name);
      const file = join(folder, "namespace.yaml");
      if (!/^[a-z0-9-]+$/.test(name) || !existsSync(file)) return undefined;
      const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".yaml") && path !== "namespace.yaml");
      return { namespace: objectIn(file), objects: files.sort().map((path) => objectIn(join(folder, path))) };
    },
  };
}

function objectIn(file: string): LiveObject {
  return withoutValues(liveObject.parse(parse(readFileSync(file, "utf8"))));
}

import * as z from "zod";
import { command } from "../../../toolchain/command.ts";
import { root } from "../../../toolchain/paths.ts";
import { Problem } from "../../../toolchain/problem.ts";
import { KINDS, liveObject, withoutValues } from "./objects.ts";
import type { ClusterReader, LiveNamespace, LiveObject } from "./objects.ts";

export interface KubectlOptions {
  /** @default KUBECONFIG, or kubectl's own file */
  kubeconfig?: string | undefined;
  /** @default the current one */
  context?: string | undefined;
  environment: NodeJS.ProcessEnv;
}

const answer = z.object({ items: z.array(liveObject) });

/** Reads by kubectl, which knows every way to log in to a cluster. */
export function kubectlReader({ context, environment, kubeconfig }: KubectlOptions): ClusterReader {
  const own = [...(kubeconfig === undefined ? [] : ["--kubeconfig", kubeconfig]), ...(context === undefined ? [] : ["--context", context])];

  async function run(args: readonly string[]): Promise<string> {
    const { code, stderr, stdout } = await command("kubectl", [...own, ...args], { folder: root, environment });
    if (code === 127) throw new Problem("kubectl: is not there, got no such command; install it, or add --sandbox");
    if (code !== 0) throw new Problem(`kubectl ${args.slice(0, 2).join(" ")}: failed, got "${stderr.trim().split("\n").at(-1) ?? ""}"; check --kubeconfig, --context and what they allow`);
    return stdout;
  }

  async function list(args: readonly string[]): Promise<LiveObject[]> {
    const text = await run([...args, "--ignore-not-found", "--output", "json"]);
    if (text.trim() === "") return [];
    const found: unknown = JSON.parse(text);
    const many = answer.safeParse(found);
    return (many.success ? many.data.items : [liveObject.parse(found)]).map(withoutValues);
  }

  return {
    async read(name): Promise<LiveNamespace | undefined> {
      const [namespace] = await list(["get", "namespace", name]);
      if (namespace === undefined) return undefined;
      const served = new Set((await run(["api-resources", "--namespaced", "--verbs", "list", "--output", "name"])).split("\n").map((line) => line.trim()));
      const kinds = KINDS.filter((kind) => served.has(kind));
      return { namespace, objects: await list(["get", kinds.join(","), "--namespace", name]) };
    },
  };
}

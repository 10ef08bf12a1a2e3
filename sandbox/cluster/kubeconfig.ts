import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import { firstLine } from "../errors.ts";
import { fields, list, text } from "../kubernetes/manifest.ts";
import type { Fields } from "../kubernetes/manifest.ts";

/** How to reach a cluster, and as whom. */
export interface Access {
  /** Web address of the API server. */
  server: URL;
  /** The authority that signs its certificate, PEM. @default those that the machine trusts */
  authority?: string | undefined;
  token: string;
}

/** The current context of a kubeconfig. @throws Error that names every problem of the file */
export function readKubeconfig(file: string): Access {
  const config = read(file);
  const named = (kind: string, inner: string, name: string | undefined): Fields | undefined => {
    const found = list(config[kind]).map(fields).find((each) => each["name"] === name);
    return found === undefined ? undefined : fields(found[inner]);
  };
  const context = named("contexts", "context", text(config["current-context"]));
  const cluster = named("clusters", "cluster", text(context?.["cluster"]));
  const user = named("users", "user", text(context?.["user"]));
  const [server, token] = [text(cluster?.["server"]), text(user?.["token"])];
  const problems: string[] = [];
  if (context === undefined) problems.push(`current-context: names no context, got ${shown(config["current-context"])}; choose one of contexts`);
  else if (server === undefined || !URL.canParse(server)) problems.push(`the cluster's server: must be a web address, got ${shown(server)}; give e.g. https://127.0.0.1:6443`);
  if (context !== undefined && token === undefined) problems.push("the user's token: is missing, got another way to log in or none; the sandbox speaks to a cluster with a token alone");
  const authority = authorityOf(file, cluster ?? {}, problems);
  if (server === undefined || token === undefined || problems.length > 0) throw new Error(problems.map((problem) => `${file}: ${problem}`).join("\n"));
  return { server: new URL(server), token, ...(authority !== undefined && { authority }) };
}

function read(file: string): Fields {
  try {
    const content: unknown = parse(readFileSync(file, "utf8"));
    return fields(content);
  } catch (error) {
    throw new Error(`${file}: cannot be read as a kubeconfig, got ${JSON.stringify(firstLine(error))}; name the file of a running cluster`, { cause: error });
  }
}

function authorityOf(file: string, cluster: Fields, problems: string[]): string | undefined {
  const [data, path] = [text(cluster["certificate-authority-data"]), text(cluster["certificate-authority"])];
  if (data !== undefined) return Buffer.from(data, "base64").toString();
  if (path === undefined) return undefined;
  try {
    return readFileSync(resolve(dirname(file), path), "utf8");
  } catch (error) {
    problems.push(`the cluster's certificate-authority: cannot be read, got ${JSON.stringify(firstLine(error))}; name its PEM file`);
    return undefined;
  }
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

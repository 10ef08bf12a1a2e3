import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { parse } from "yaml";
import { endLeftovers } from "./leftovers.ts";
import { repository } from "./room.ts";

export interface ServiceOptions {
  /** Settings of the service of this name, as YAML. @default none */
  rollout?: string;
  traffic?: string;
  /** Stages of its canary, as YAML. @default [10, 50, 100] */
  stages?: string;
  /** Namespace of the service, which is always called shop. @default shop */
  namespace?: string;
  /** Address of the stack's Prometheus. @default none */
  prometheus?: string;
  /** Added to that of every command. @default nothing */
  environment?: Record<string, string>;
}

/** A command that runs. */
export interface Running {
  finished: Promise<Finished>;
  /** To it and to everything that it started. */
  signal(name: NodeJS.Signals): void;
}

export interface Finished {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

/** The program with a stack of its own, one service in one namespace, in a sandbox of its own. */
export class OneService {
  readonly folder = mkdtempSync(join(tmpdir(), "slipway-service-"));

  private readonly options: Required<ServiceOptions>;

  constructor(options: ServiceOptions = {}) {
    this.options = { rollout: "{}", traffic: "{}", stages: "[10, 50, 100]", namespace: "shop", prometheus: "", environment: {}, ...options };
    const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: repository, encoding: "utf8" }).split("\n");
    for (const file of files.filter((name) => /^(index\.ts|package(-lock)?\.json|Pulumi\.yaml|tsconfig\.json|(components|settings|sandbox|toolchain|operations|policy)\/)/.test(name))) {
      if (!existsSync(join(repository, file))) continue;
      mkdirSync(dirname(join(this.folder, file)), { recursive: true });
      copyFileSync(join(repository, file), join(this.folder, file));
    }
    symlinkSync(join(repository, "node_modules"), join(this.folder, "node_modules"));
  }

  /** Configures the image by a digest that repeats one hexadecimal digit. */
  configure(digit: string): void {
    const file = join(this.folder, "Pulumi.sandbox.yaml");
    const { namespace, prometheus, rollout, stages, traffic } = this.options;
    const salt = existsSync(file) ? /^encryptionsalt:.*$/m.exec(readFileSync(file, "utf8"))?.[0] : undefined;
    writeFileSync(file, `config:
  github:owner: acme
  slipway:namespaces: { ${namespace}: { protect: false } }
${prometheus === "" ? "" : `  slipway:prometheus: { url: "${prometheus}" }\n`}  slipway:services:
    shop:
      repository: { external: shop }
      namespace: ${namespace}
      image: { from: digest, reference: "ghcr.io/acme/shop@sha256:${digit.repeat(64)}" }
      strategy: { kind: canary, stages: ${stages} }
      ports: [{ name: http, port: 8080 }]
      secrets: { KEY: { generate: { length: 32 } } }
      probes: { readiness: { kind: http, path: /ready, port: http } }
      traffic: ${traffic}
      rollout: ${rollout}
${salt ?? ""}
`);
  }

  /** Runs `up`; after `killAfter` milliseconds the whole process group gets SIGKILL. */
  up(environment: Record<string, string> = {}, killAfter?: number): Promise<Finished> {
    return this.run(["sandbox", "up", "--yes", "--skip-preview"], environment, killAfter);
  }

  /** Runs a command of slipway. */
  slipway(args: string[], killAfter?: number, environment: Record<string, string> = {}): Promise<Finished> {
    return this.run(args, environment, killAfter);
  }

  async record(): Promise<{ revisions: { id: string; weight: number; role: string }[]; rejected: { id: string }[] } | undefined> {
    const { output } = await this.run(["sandbox", "stack", "output", "releases", "--json"]);
    const start = output.indexOf("{");
    return start < 0 ? undefined : JSON.parse(output.slice(start)).shop;
  }

  /** Weights that the cluster's VirtualService has, by revision; empty when there is none. */
  weights(): Record<string, number> {
    const file = join(this.folder, "box/cloud/kubernetes", this.options.namespace, "virtualservice/shop.yaml");
    if (!existsSync(file)) return {};
    const routes: { destination: { subset: string }; weight: number }[] = parse(readFileSync(file, "utf8")).spec.http[0].route;
    return Object.fromEntries(routes.map(({ destination, weight }) => [destination.subset, weight]));
  }

  /** Every document of the cloud, by its path. */
  documents(): Record<string, string> {
    const cloud = join(this.folder, "box/cloud");
    const files = readdirSync(cloud, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".yaml"));
    return Object.fromEntries(files.sort().map((name) => [name, readFileSync(join(cloud, name), "utf8")]));
  }

  leave(): void {
    endLeftovers("SLIPWAY_SANDBOX_DIR", join(this.folder, "box"));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Starts a command of slipway; `line` hears each line that it writes to standard output. */
  start(args: string[], environment: Record<string, string> = {}, line: (text: string) => void = () => {}): Running {
    const { NODE_OPTIONS, ...own } = process.env;
    const child = spawn(process.execPath, [join(this.folder, "toolchain/cli.ts"), ...args], {
      cwd: this.folder, detached: true, stdio: ["ignore", "pipe", "pipe"],
      env: { ...own, SLIPWAY_SANDBOX_DIR: join(this.folder, "box"), ...this.options.environment, ...environment },
    });
    let output = "";
    createInterface({ input: child.stdout }).on("line", line);
    child.stdout.on("data", (chunk: Buffer) => (output += chunk));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk));
    const finished = new Promise<Finished>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => resolve({ code, signal, output }));
    });
    return { finished, signal: (name) => void (child.pid !== undefined && process.kill(-child.pid, name)) };
  }

  private async run(args: string[], environment: Record<string, string> = {}, killAfter?: number): Promise<Finished> {
    const { finished, signal } = this.start(args, environment);
    const timer = killAfter === undefined ? undefined : setTimeout(() => signal("SIGKILL"), killAfter);
    return finished.finally(() => clearTimeout(timer));
  }
}

import { join, resolve } from "node:path";
import { Problem } from "../../toolchain/problem.ts";
import { stackSettings } from "../stacks/stackSettings.ts";
import { fillFolder } from "../workflowsFolder.ts";
import { dashboardsOf, pageDashboards } from "./documents.ts";
import { readAddress, readLength, readPort } from "./options.ts";
import { pageFiles } from "./pageFiles.ts";
import { serve } from "./server.ts";

export interface DashboardsOptions {
  /** Folder for the files: new, empty, or of an earlier run. */
  out?: string;
  /** Serves the page until it is interrupted. @default false */
  serve?: boolean;
  /** Name of the stack whose services have the dashboards. */
  stack: string;
  /** One service alone. @default all */
  service?: string;
  /** Address of a Prometheus. @default http://127.0.0.1:9090 */
  prometheus: string;
  /** Loopback port of the page; 0 takes a free one. */
  port: string;
  /** How often Prometheus scrapes, as Grafana's data source is told. */
  scrapeInterval: string;
  /** Uid, title, group, path and size of each dashboard as JSON. @default a list for people */
  json?: boolean;
}

/** `slipway dashboards`: writes or serves every dashboard of a stack, and the page that draws them. Ends, when serving, with SIGINT or SIGTERM. */
export async function dashboards(options: DashboardsOptions): Promise<number> {
  const { json = false, out, stack } = options;
  if ((out === undefined) === !options.serve) throw new Problem("--out, --serve: one of them is needed; write --out <folder> or --serve");
  const prometheus = readAddress(options.prometheus);
  const made = dashboardsOf(stackSettings(stack), stack, options.service);
  const data = { stack, prometheus: options.serve ? "" : prometheus.href, scrape: readLength(options.scrapeInterval), dashboards: pageDashboards(made) };
  const page = await pageFiles(data);
  if (out === undefined) return serveUntilInterrupted(page, prometheus, readPort(options.port));
  const files = Object.fromEntries(made.map(({ text, uid }) => [`dashboards/${uid}.json`, `${text}\n`]));
  const list = made.map(({ group, text, title, uid }) => ({ uid, title, group, path: `dashboards/${uid}.json`, bytes: Buffer.byteLength(text) + 1 }));
  fillFolder(resolve(out), { ...page, ...files, "list.json": `${JSON.stringify(list, undefined, 2)}\n` });
  const lines = [...list.map(({ bytes, path, title }) => `${String(bytes).padStart(7)}  ${path}  ${title}`), `${list.length} dashboards in ${resolve(out)}; open ${join(resolve(out), "index.html")} to look at them`];
  console.log(json ? JSON.stringify(list, undefined, 2) : lines.join("\n"));
  return 0;
}

async function serveUntilInterrupted(page: Readonly<Record<string, string>>, prometheus: URL, port: number): Promise<number> {
  const interrupted = new Promise<void>((done) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => done());
  });
  const server = await serve({ page, prometheus, port });
  console.log(`http://127.0.0.1:${server.port}/ shows the dashboards with data of ${prometheus.origin}; end it with Ctrl-C`);
  await interrupted;
  await server.close();
  return 0;
}

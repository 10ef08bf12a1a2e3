import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";

/** Debian's browser: none is downloaded, and it asks nobody but this machine. */
export async function openBrowser(): Promise<Browser> {
  const found = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "chromium")).find((path) => existsSync(path));
  if (found === undefined) throw new Error("chromium: is not on this machine; apt-get install --no-install-recommends chromium fonts-dejavu-core");
  return chromium.launch({ executablePath: found, args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"] });
}

export interface View {
  page: Page;
  /** What the page complained about: errors, refused files, broken rules of its own policy. */
  complaints: string[];
  close(): Promise<void>;
}

export async function openView(browser: Browser, { scheme, width }: { scheme: "dark" | "light"; width: number }): Promise<View> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, timezoneId: "UTC", reducedMotion: "reduce" });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => void (["error", "warning"].includes(message.type()) && complaints.push(message.text())));
  page.on("pageerror", (error) => void complaints.push(error.message));
  return { page, complaints, close: () => context.close() };
}

/** Opens a dashboard anew and waits until every panel has its answer. */
export async function openDashboard(page: Page, base: string, hash: string): Promise<void> {
  await page.goto("about:blank");
  await page.goto(`${base}${hash}`);
  await page.waitForSelector('.board[aria-busy="false"]', { timeout: 120_000 });
}

export interface PanelSeen {
  title: string;
  type: string;
  state: string;
  unit: string;
  /** What a reader sees, or is told of a drawing. */
  text: string;
}

/** What each panel of the open dashboard shows. */
export async function panelsOf(page: Page): Promise<PanelSeen[]> {
  const panels = await page.locator("section.panel").all();
  return Promise.all(panels.map(async (panel) => {
    const [title, type, state, unit] = await Promise.all(["data-panel", "data-type", "data-state", "data-unit"].map((name) => panel.getAttribute(name)));
    const drawing = type === "timeseries" && state === "value" ? await panel.locator(".plot").getAttribute("aria-label") : undefined;
    return { title: title ?? "", type: type ?? "", state: state ?? "", unit: unit ?? "", text: drawing ?? (await panel.locator(".body").innerText()) };
  }));
}

/** The command's page, served by a process of its own. */
export async function servePage(root: string, node: string, prometheus: string): Promise<{ url: string; stop(): Promise<number | null> }> {
  const child = spawn(node, [join(root, "toolchain/cli.ts"), "dashboards", "--serve", "--prometheus", prometheus, "--scrape-interval", "20s"], { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NODE_OPTIONS: "" } });
  let said = "";
  const exited = once(child, "exit");
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk;
      const [address] = /http:\/\/127\.0\.0\.1:\d+\//.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.stderr.on("data", (chunk: Buffer) => (said += chunk));
    void exited.then(() => reject(new Error(`dashboards: ended, got ${said}`)));
  });
  return {
    url,
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
      return child.exitCode;
    },
  };
}

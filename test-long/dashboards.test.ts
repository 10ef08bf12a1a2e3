import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import axe from "axe-core";
import type { AxeResults } from "axe-core";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import type { DashboardDocument } from "../operations/dashboards/page/documents.ts";
import { dashboards } from "../operations/dashboards/command.ts";
import { dashboardsOf } from "../operations/dashboards/documents.ts";
import { stackSettings } from "../operations/stacks/stackSettings.ts";
import type { Prometheus } from "./accuracy/prometheus.ts";
import { openBrowser, openDashboard, openView, panelsOf, servePage } from "./dashboards/browser.ts";
import type { PanelSeen, View } from "./dashboards/browser.ts";
import { pastOf } from "./dashboards/past.ts";
import { levelsOf } from "./promtool.ts";
import { repository } from "./room.ts";

const STACK = "sandbox";
/** Where the pictures go; they are for people and are not kept. */
const SHOTS = process.env["SLIPWAY_SCREENSHOTS"] ?? join(tmpdir(), "slipway-dashboards");
const DASHBOARDS = dashboardsOf(stackSettings(STACK), STACK);
/** Repositories with figures of their channels, as their dashboards ask for them. */
const COLLECTING = [...new Set(DASHBOARDS.flatMap(({ text }) => [...text.matchAll(/repository=\\"([^\\"]+)\\"/g)].map(([, name = ""]) => name)))];

/** How a value with the unit is written; a unit that is not here is a plain number. */
const WRITTEN: Readonly<Record<string, RegExp>> = {
  percentunit: /\d%/, percent: /\d%/, reqps: /\d[KM]? req\/s/, cps: /\d[KM]? c\/s/, Bps: /\d [kMG]?B\/s/, bytes: /\d ([KMGT]i)?B/,
  ms: /\d (ms|s|min|hour|day)\b/, s: /\d (ns|µs|ms|s|min|hour|day|week|year)\b/, d: /\d (day|week|year)\b/, dtdurations: /\d (second|minute|hour|day|week|month|year)/,
};

const now = Math.floor(Date.now() / 1000);

let folder: string;
let prometheus: Prometheus;
let server: Awaited<ReturnType<typeof servePage>>;
let browser: Browser;
let desktop: View;
let phone: View;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "slipway-past-"));
  mkdirSync(SHOTS, { recursive: true });
  browser = await openBrowser();
  ({ prometheus } = await pastOf({ name: STACK, levels: levelsOf(STACK), repositories: COLLECTING }, folder, now));
  server = await servePage(repository, process.execPath, prometheus.url);
  desktop = await openView(browser, { scheme: "dark", width: 1440 });
  phone = await openView(browser, { scheme: "light", width: 390 });
  console.log(`pictures of the dashboards are in ${SHOTS}`);
});
afterAll(async () => {
  await browser?.close();
  expect(await server?.stop()).toBe(0);
  await prometheus?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Panels that have nothing to show in this stack, with what they say instead. */
const EXPLAINED: Readonly<Record<string, string>> = { "mycelicmemory capacity: Autoscalers, of their most": "no autoscaler has a choice" };

/** What is wrong with a panel: no answer, an error, or a number without its unit. */
function problem({ state, text, title, type, unit }: PanelSeen, dashboard: string): string[] {
  if (state === "none" && EXPLAINED[`${dashboard}: ${title}`] === text) return [];
  if (state !== "value") return [`${title}: shows ${state}, "${text}"`];
  if (type === "table") return text.trim() === "" ? [`${title}: is empty`] : [];
  if (unit !== "string" && !/\d/.test(text) && !/[a-z]/.test(text)) return [`${title}: shows no value, "${text}"`];
  const written = WRITTEN[unit];
  return written === undefined || written.test(text) ? [] : [`${title}: has no unit ${unit}, "${text}"`];
}

async function serious(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations }: AxeResults = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })');
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ help, nodes }) => `${help}: ${nodes.slice(0, 3).map(({ html }) => html).join(" ")}`);
}

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

describe.each(DASHBOARDS.map(({ text, title, uid }): [string, string, DashboardDocument] => [title, uid, JSON.parse(text)]))("the dashboard %s", (title, uid, document) => {
  const panels = (document.panels ?? []).filter(({ type }) => type !== "row").length;

  test("shows a value and its unit in every panel, and no error", async () => {
    const { complaints, page } = desktop;
    await openDashboard(page, server.url, `#/d/${uid}`);
    const seen = await panelsOf(page);
    await picture(page, `${title}-desktop`);
    expect(seen).toHaveLength(panels);
    expect(seen.flatMap((each) => problem(each, title))).toEqual([]);
    expect(complaints.splice(0)).toEqual([]);
    expect(await serious(page)).toEqual([]);
  });

  test("can be read on a phone", async () => {
    const { complaints, page } = phone;
    await openDashboard(page, server.url, `#/d/${uid}`);
    await picture(page, `${title}-phone`);
    expect((await panelsOf(page)).flatMap((each) => problem(each, title))).toEqual([]);
    const width: number = await page.evaluate("document.documentElement.scrollWidth");
    expect(width).toBeLessThanOrEqual(390);
    expect(complaints.splice(0)).toEqual([]);
    expect(await serious(page)).toEqual([]);
  });
});

describe("the page", () => {
  const [first] = DASHBOARDS.filter(({ title }) => title.endsWith(" overview"));
  const overview = `#/d/${first?.uid ?? ""}`;

  test("lists every dashboard, and leads to each", async () => {
    const { page } = desktop;
    await page.goto(server.url);
    await picture(page, "list");
    expect(await page.locator(".home a").count()).toBe(DASHBOARDS.length);
    expect(await serious(page)).toEqual([]);
    await page.getByRole("link", { name: first?.title ?? "", exact: true }).click();
    await page.waitForSelector('.board[aria-busy="false"]');
    expect(await page.locator("h1").innerText()).toBe(first?.title);
    await page.getByRole("link", { name: "Service levels", exact: true }).click();
    await page.waitForFunction(`document.querySelector("h1")?.textContent.endsWith("service levels")`);
    await page.goto(`${server.url}#/d/moon`);
    expect(await page.getByRole("alert").innerText()).toBe("there is no dashboard moon here; choose one of these");
  });

  test("asks again for what the reader chooses", async () => {
    const { page } = desktop;
    await openDashboard(page, server.url, overview);
    await page.locator("details.choice summary").first().click();
    const boxes = page.locator(".boxes input");
    const revision = (await boxes.nth(1).getAttribute("value")) ?? "";
    const asked = page.waitForRequest((request) => request.url().includes("query_range") && decodeURIComponent(request.url()).includes(`destination_version=~"${revision}"`));
    await boxes.nth(1).check();
    await asked;
    await page.waitForSelector('.board[aria-busy="false"]');
    expect(await page.locator('[data-panel="Rate"] .key').allInnerTexts()).toEqual([revision]);
    const shorter = page.waitForRequest((request) => request.url().includes("query_range"));
    await page.getByLabel("Time range").selectOption("now-1h");
    const parameters = new URL((await shorter).url()).searchParams;
    expect(Math.abs(Number(parameters.get("end")) - Number(parameters.get("start")) - 3600)).toBeLessThan(120);
    expect(page.url()).toContain(`var-revision=${revision}&from=now-1h&to=now`);
  });

  test("names the values under the pointer", async () => {
    const { page } = desktop;
    await openDashboard(page, server.url, overview);
    await page.locator('[data-panel="Rate"] .u-over').hover();
    const box = page.locator('[data-panel="Rate"] .hover');
    await box.waitFor({ state: "visible" });
    expect(await box.innerText()).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\s+r[0-9a-f]{10}\s+[\d.]+ req\/s/);
  });

  test("says what happened where there is a mark", async () => {
    const { page } = desktop;
    await openDashboard(page, server.url, overview);
    const over = page.locator('[data-panel="Rate"] .u-over');
    const width = (await over.boundingBox())?.width ?? 0;
    // The candidate was made 50 minutes before the past was invented, of the three hours that are shown.
    const since = (Date.now() / 1000 - now) / 60;
    await over.hover({ position: { x: width * (1 - (50 + since) / 180), y: 20 } });
    expect(await page.locator('[data-panel="Rate"] .hover .mark').first().innerText()).toMatch(/^new revision: \S+-r[0-9a-f]{10} was made$/);
  });

  test("says No data where there is none", async () => {
    const { page } = desktop;
    await openDashboard(page, server.url, `${overview}?from=1000000000000&to=1000003600000`);
    const rate = page.locator('[data-panel="Rate"]');
    expect([await rate.getAttribute("data-state"), await rate.locator(".body").innerText()]).toEqual(["none", "No data"]);
  });

  test("says in a panel what went wrong with it, and shows the others", async () => {
    const view = await openView(browser, { scheme: "light", width: 1440 });
    await view.page.route(/query_range.*histogram_quantile/, (route) => route.fulfill({ status: 422, contentType: "application/json", body: '{"status":"error","errorType":"execution","error":"query processing would load too many samples"}' }));
    await openDashboard(view.page, server.url, overview);
    const states = Object.fromEntries((await panelsOf(view.page)).map(({ state, text, title }) => [title, state === "error" ? text : state]));
    expect(states).toMatchObject({ Duration: "query processing would load too many samples", Rate: "value", Failures: "value" });
    await view.close();
  });

  test("says when Prometheus cannot be reached", async () => {
    const view = await openView(browser, { scheme: "dark", width: 1440 });
    await view.page.route("**/api/v1/**", (route) => route.abort());
    await openDashboard(view.page, server.url, overview);
    expect(await view.page.getByRole("alert").first().innerText()).toBe(`Prometheus cannot be reached at ${server.url.slice(0, -1)}; start it, or name another address`);
    await view.close();
  });

  test("works from a folder as well, with a Prometheus of one's own", async () => {
    const out = join(folder, "page");
    expect(await dashboards({ out, stack: STACK, prometheus: prometheus.url, port: "0", scrapeInterval: "20s" })).toBe(0);
    const view = await openView(browser, { scheme: "dark", width: 1440 });
    await openDashboard(view.page, pathToFileURL(join(out, "index.html")).href, overview);
    expect((await panelsOf(view.page)).flatMap((each) => problem(each, first?.title ?? ""))).toEqual([]);
    expect(view.complaints).toEqual([]);
    await view.close();
  });
});

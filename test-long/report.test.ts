import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Server } from "node:http";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { reportModel } from "../operations/report/model.ts";
import { page as pageOf } from "../operations/report/page/page.ts";
import { busyMonth } from "../test/operations/report/story.ts";
import { openBrowser, openView } from "./dashboards/browser.ts";
import type { View } from "./dashboards/browser.ts";
import { OneService } from "./one-service.ts";
import { address, answering, violations } from "./report/world.ts";

/** Where the pictures go; they are for people and are not kept. */
const SHOTS = process.env["SLIPWAY_SCREENSHOTS"] ?? join(tmpdir(), "slipway-report");
const VIEWS = [{ scheme: "light", width: 390 }, { scheme: "dark", width: 1440 }] as const;
const DRIFT = { stack: "sandbox", checked: "2026-11-21T20:00:00Z", findings: [{ severity: "hostile", what: "kubernetes:Deployment/shop", field: "spec.replicas", change: "changed", declared: 2, live: 9, because: "somebody <b>did</b> it", where: "kubectl get deployment shop", next: { reconcile: "slipway drift --reconcile hostile" } }], ignored: [], owned: [] };

let service: OneService;
let folder: string;
let prometheus: Server;
let browser: Browser;
/** Addresses of the pages by what they show. */
const pages: Record<string, string> = {};

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), "slipway-report-pages-"));
  service = new OneService();
  for (const digit of ["a", "b"]) {
    service.configure(digit);
    const { code, output } = await service.up();
    expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  }
  prometheus = await answering();
  browser = await openBrowser();
  const styles = readFileSync("operations/report/page/page.css", "utf8");
  pages["five systems"] = written("five-systems", pageOf(reportModel(busyMonth(Date.parse("2026-11-24T08:30:00Z") / 1000)), styles));
  console.log(`pictures of the reports are in ${SHOTS}`);
});
afterAll(async () => {
  await browser?.close();
  prometheus?.close();
  service?.leave();
  rmSync(folder, { recursive: true, force: true });
});

function written(name: string, html: string): string {
  writeFileSync(join(folder, `${name}.html`), html);
  return pathToFileURL(join(folder, `${name}.html`)).href;
}

async function opened(view: View, url: string): Promise<string[]> {
  const asked: string[] = [];
  view.page.on("request", (request) => void asked.push(request.url()));
  await view.page.goto(url);
  return asked;
}

describe("slipway report", () => {
  test("writes a page and JSON of a stack that is there, with a release in flight", async () => {
    const drift = join(folder, "drift.json");
    writeFileSync(drift, JSON.stringify(DRIFT));
    const out = join(folder, "stack.html");
    const { code, output } = await service.slipway(["report", "--stack", "sandbox", "--sandbox", "--out", out, "--drift", drift, "--prometheus", address(prometheus)]);
    expect([code, output]).toEqual([0, `${out}: 1 service, 1 repository; 1 matter needs somebody\n`]);
    pages["one service"] = pathToFileURL(out).href;

    const beside = join(folder, "beside.html");
    const told = await service.slipway(["report", "--stack", "sandbox", "--sandbox", "--json", "--out", beside]);
    const model = JSON.parse(told.output);
    expect(readFileSync(beside, "utf8")).toContain(`as of <time datetime="${model.at}">`);
    const record = await service.record();
    expect(model.services).toMatchObject([{
      name: "shop", system: "shop", namespace: "shop", stage: "in flight", stages: [10, 50, 100], inCluster: true,
      revisions: record?.revisions.map(({ id, role, weight }) => ({ id, role, weight, applied: weight, image: "ghcr.io/acme/shop" })),
    }]);
    expect(model.services[0].revisions.map(({ digest }: { digest: string }) => digest)).toEqual([`sha256:${"a".repeat(64)}`, `sha256:${"b".repeat(64)}`]);
    expect(model.rollouts.value.list.map(({ outcome, revision }: { outcome: string; revision: string }) => [revision, outcome])).toEqual([[record?.revisions[1]?.id, "going on"], [record?.revisions[0]?.id, "done"]]);
    expect([model.levels.kind, model.drift.kind, model.policy.kind, model.delivery.value.stack.deployments]).toEqual(["unknown", "unknown", "unknown", 1]);
  });

  describe.each(["one service", "five systems"])("of %s", (name) => {
    test.each(VIEWS)("is accessible and asks nobody for anything, $scheme at $width", async ({ scheme, width }) => {
      const view = await openView(browser, { scheme, width });
      const asked = await opened(view, pages[name] ?? "");
      await view.page.screenshot({ path: join(SHOTS, `${name.replace(" ", "-")}-${width}-${scheme}.png`), fullPage: true });
      expect(await violations(view.page)).toEqual([]);
      expect(await view.page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      expect(asked).toEqual([pages[name]]);
      expect(view.complaints).toEqual([]);
      await view.close();
    });
  });

  test("shows what it was given as text", async () => {
    const view = await openView(browser, { scheme: "light", width: 1440 });
    await view.page.goto(pages["one service"] ?? "");
    const drift = await view.page.locator("#drift tbody tr").innerText();
    expect(drift).toContain("spec.replicas was changed: declared 2, live 9; somebody <b>did</b> it");
    expect(await view.page.locator("#levels tbody tr").innerText()).toContain("50 % left of 30 days, burns 0.5×");
    expect(await view.page.getByRole("img", { name: /^traffic: / }).getAttribute("aria-label")).toMatch(/^traffic: stable r[0-9a-f]{10} 90 %, candidate r[0-9a-f]{10} 10 %$/);
    await view.close();
  });

  test("keeps the tables tables on a phone, and leads to each section by the keyboard", async () => {
    const view = await openView(browser, { scheme: "light", width: 390 });
    await view.page.goto(pages["five systems"] ?? "");
    expect(await view.page.getByRole("table").count()).toBe(await view.page.locator("table").count());
    expect(await view.page.getByRole("rowheader", { name: /^continuum/ }).count()).toBeGreaterThanOrEqual(3);
    await view.page.keyboard.press("Tab");
    expect(await view.page.evaluate("document.activeElement.textContent")).toBe("To the report");
    await view.page.getByRole("link", { name: "Delivery", exact: true }).press("Enter");
    expect(new URL(view.page.url()).hash).toBe("#delivery");
    await view.close();
  });

  test("prints light, without what only a screen needs", async () => {
    const view = await openView(browser, { scheme: "dark", width: 1440 });
    await view.page.goto(pages["five systems"] ?? "");
    await view.page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await view.page.locator("nav").isVisible()).toBe(false);
    expect(await view.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")).toBe("rgb(255, 255, 255)");
    expect(await violations(view.page)).toEqual([]);
    await view.close();
  });

  test("runs nothing, even if a script got into it", async () => {
    const html = readFileSync(new URL(pages["five systems"] ?? ""), "utf8");
    const infected = written("infected", html.replace("</main>", `</main><p id="victim" style="color: red">x</p><script>document.title = "taken"</script><img src="x" onerror="document.title = 'taken'"><a id="trap" href="#" onclick="document.title = 'taken'">y</a>`));
    const view = await openView(browser, { scheme: "light", width: 1440 });
    await view.page.goto(infected);
    await view.page.locator("#trap").click();
    expect(await view.page.title()).toBe("Stack sandbox · Slipway");
    expect(await view.page.evaluate("getComputedStyle(document.querySelector('#victim')).color")).not.toBe("rgb(255, 0, 0)");
    expect(view.complaints.filter((text) => text.includes("Content Security Policy")).length).toBeGreaterThanOrEqual(3);
    await view.close();
  });
});

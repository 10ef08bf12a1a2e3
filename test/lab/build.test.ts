import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureLab, missingBundles } from "../../lab/build.ts";
import { bundleFolder, programPath } from "../../lab/cache.ts";
import { Problem } from "../../toolchain/problem.ts";

let cache: string;
beforeEach(() => void (cache = mkdtempSync(join(tmpdir(), "slipway-lab-cache-"))));
afterEach(() => rmSync(cache, { recursive: true }));

const silent = () => undefined;

/** Gets a bundle by writing its name, after a moment in which another might come. */
async function write(bundle: string, folder: string): Promise<undefined> {
  await new Promise((resolve) => setTimeout(resolve, 20));
  writeFileSync(join(folder, "bundle"), bundle);
}

test("what is missing is got once, though two ask at the same time", async () => {
  const got: string[] = [];
  const get = (bundle: string, folder: string) => write((got.push(bundle), bundle), folder);
  await Promise.all([ensureLab({ cache, get, progress: silent }), ensureLab({ cache, get, progress: silent })]);
  expect(got).toEqual([...new Set(got)]);
  expect(got).toEqual(expect.arrayContaining(["etcd", "kubernetes", "istio", "envoy", "definitions"]));
  expect(missingBundles(cache)).toEqual([]);
  await ensureLab({ cache, get: () => Promise.reject(new Error("nothing is missing")), progress: silent });
});

test("what was got before a failure is kept, and the rest is got by the next try", async () => {
  const failing = (bundle: string, folder: string) => (bundle === "kubernetes" ? Promise.resolve({ said: "no route", advice: "go elsewhere" }) : write(bundle, folder));
  await expect(ensureLab({ cache, get: failing, progress: silent })).rejects.toThrow(
    new Problem('lab: kubernetes 1.36.3 cannot be got, got "no route"; go elsewhere, then run slipway lab build again'),
  );
  expect(existsSync(bundleFolder("etcd", cache))).toBe(true);
  expect(missingBundles(cache)).toEqual(["kubernetes", "istio"]);
  const got: string[] = [];
  await ensureLab({ cache, get: (bundle, folder) => write((got.push(bundle), bundle), folder), progress: silent });
  expect(got).toEqual(["kubernetes", "istio"]);
});

test("half a bundle that a killed build left is cleared away and never used", async () => {
  mkdirSync(join(cache, "partial-abc"));
  await ensureLab({ cache, get: write, progress: silent });
  expect(readdirSync(cache).filter((name) => name.startsWith("partial-") || name === "lock")).toEqual([]);
});

test("a program is where its bundle and version say", () => {
  expect(programPath("kube-apiserver", cache)).toBe(join(cache, "kubernetes-1.36.3/bin/kube-apiserver"));
});

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Document } from "../../sandbox/document.ts";
import { Documents } from "../../sandbox/documents.ts";
import { loadKey, Seal } from "../../sandbox/seal.ts";

const URN = "urn:pulumi:test::slipway::t::n";
const NOW = "2026-01-02T03:04:05.000Z";
const document = (body: Document["body"], secrets: Document["secrets"] = []): Document => ({ body, secrets, madeBy: URN, number: 7, created: NOW, updated: NOW });

let home = "";
let folder = "";
let documents: Documents;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "slipway-documents-"));
  folder = join(home, "cloud");
  documents = new Documents(folder, new Seal(loadKey(join(home, "key"))));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("documents", () => {
  test("a document is readable YAML under a header, and comes back as it was", () => {
    documents.create("github/acme/a/repository", document({ name: "a", topics: ["x"] }));
    expect(readFileSync(join(folder, "github/acme/a/repository.yaml"), "utf8")).toBe(`# made by ${URN}\n# number 7\n# created ${NOW}, updated ${NOW}\nname: a\ntopics:\n  - x\n`);
    expect(documents.read("github/acme/a/repository")).toEqual({ path: "github/acme/a/repository", ...document({ name: "a", topics: ["x"] }) });
  });

  test("creating what exists already changes nothing and says so", () => {
    expect(documents.create("a/b", document({ v: 1 }))).toBe(true);
    expect(documents.create("a/b", document({ v: 2 }))).toBe(false);
    expect(documents.read("a/b")?.body).toEqual({ v: 1 });
  });

  test("a document that a person wrote needs no header", () => {
    mkdirSync(join(folder, "a"), { recursive: true });
    writeFileSync(join(folder, "a/b.yaml"), "v: 1\n");
    expect(documents.read("a/b")).toMatchObject({ body: { v: 1 }, madeBy: undefined, number: undefined });
  });

  test("an edit by hand is seen at once, and so is a deletion", () => {
    documents.write("a/b", document({ v: 1 }));
    documents.read("a/b");
    writeFileSync(join(folder, "a/b.yaml"), "v: 2\n");
    expect(documents.read("a/b")?.body).toEqual({ v: 2 });
    rmSync(join(folder, "a/b.yaml"));
    expect(documents.read("a/b")).toBeUndefined();
  });

  test("broken YAML is an error that names the file", () => {
    mkdirSync(join(folder, "a"), { recursive: true });
    const file = join(folder, "a/b.yaml");
    writeFileSync(file, "v: [1\n");
    expect(() => documents.read("a/b")).toThrow(`${file}: is not readable YAML, got "Flow sequence in block collection must be sufficiently indented and end with a ] at line 2, column 1"; correct the document or delete it`);
    writeFileSync(file, "- 1\n");
    expect(() => documents.read("a/b")).toThrow(`${file}: must be a YAML mapping, got a list; correct the document or delete it`);
    writeFileSync(file, "words\n");
    expect(() => documents.read("a/b")).toThrow(`${file}: must be a YAML mapping, got string; correct the document or delete it`);
  });

  test("removing leaves no empty folder, and removing what is gone succeeds", () => {
    documents.write("a/b/c", document({}));
    documents.remove("a/b/c");
    documents.remove("a/b/c");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a folder is listed in order, removed whole and moved with its secrets", () => {
    documents.write("o/r/x", document({ token: "CANARY" }, [["token"]]));
    documents.write("o/r/deep/y", document({}));
    expect(documents.paths("o/r")).toEqual(["o/r/deep/y", "o/r/x"]);
    documents.moveFolder("o/r", "o/s");
    expect(documents.paths("o")).toEqual(["o/s/deep/y", "o/s/x"]);
    expect(documents.read("o/s/x")).toMatchObject({ body: { token: "CANARY" }, secrets: [["token"]] });
    documents.removeFolder("o/s");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a secret is sealed in the file, the same way each time, and opens again", () => {
    documents.write("a/b", document({ data: { token: "CANARY", n: 5 }, plain: "x" }, [["data"]]));
    const text = readFileSync(join(folder, "a/b.yaml"), "utf8");
    expect(text).not.toContain("CANARY");
    expect(documents.read("a/b")).toMatchObject({ body: { data: { token: "CANARY", n: 5 }, plain: "x" }, secrets: [["data", "token"], ["data", "n"]] });
    documents.write("a/b", document({ data: { token: "CANARY", n: 5 }, plain: "x" }, [["data"]]));
    expect(readFileSync(join(folder, "a/b.yaml"), "utf8")).toBe(text);
  });

  test("a seal that was tampered with, or carried elsewhere, is another value and no crash", () => {
    documents.write("a/b", document({ token: "CANARY" }, [["token"]]));
    documents.write("a/c", document({ token: "CANARY" }, [["token"]]));
    const [b = "", c = ""] = ["a/b", "a/c"].map((path) => /sealed:\S+/.exec(readFileSync(join(folder, `${path}.yaml`), "utf8"))?.[0]);
    expect(b).not.toBe(c);
    writeFileSync(join(folder, "a/b.yaml"), `token: ${c}\n`);
    expect(documents.read("a/b")).toMatchObject({ body: { token: c }, secrets: [["token"]] });
    writeFileSync(join(folder, "a/b.yaml"), "token: sealed:short\n");
    expect(documents.read("a/b")?.body).toEqual({ token: "sealed:short" });
  });

  test("the key is made once, for its owner alone", () => {
    const file = join(home, "key");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(loadKey(file)).toEqual(loadKey(file));
  });

  test("a key of another length is refused", () => {
    writeFileSync(join(home, "short"), "YWJj\n");
    expect(() => loadKey(join(home, "short"))).toThrow(`${join(home, "short")}: must hold 32 bytes in base64, got 3 bytes; restore it, or remove it together with the cloud`);
  });

  test("of two processes that create the same documents, each document has one winner", async () => {
    const program = `
      const { Documents } = await import(${JSON.stringify(resolve("sandbox/documents.ts"))});
      const { loadKey, Seal } = await import(${JSON.stringify(resolve("sandbox/seal.ts"))});
      const documents = new Documents(process.argv[1], new Seal(loadKey(process.argv[1] + "/../key")));
      const won = [];
      for (let n = 0; n < 100; n++) {
        if (documents.create("a/" + n % 10 + "/" + n, { body: { n }, secrets: [], created: "2026-01-01T00:00:00.000Z", updated: "2026-01-01T00:00:00.000Z" })) won.push(n);
        if (n % 7 === 0) documents.remove("b/" + n);
      }
      console.log(JSON.stringify(won));`;
    const run = async (): Promise<number[]> => JSON.parse((await promisify(execFile)(resolve("node_modules/node/bin/node"), ["--input-type=module", "-e", program, folder])).stdout);
    const [first = [], second = []] = await Promise.all([run(), run()]);
    expect([...first, ...second].sort((left, right) => left - right)).toEqual(Array.from({ length: 100 }, (_, n) => n));
    expect(documents.list("a")).toHaveLength(100);
  });

  test("nothing half-written is ever in the cloud", () => {
    documents.write("a/b", document({}));
    documents.create("a/b", document({}));
    expect(readdirSync(folder, { recursive: true })).toEqual(["a", "a/b.yaml"]);
    expect(readdirSync(`${folder}.writing`)).toEqual([]);
  });
});

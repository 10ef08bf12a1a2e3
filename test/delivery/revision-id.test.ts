import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { canonicalJson, revisionId, secretFingerprint } from "../../components/delivery/revision-id.ts";
import { A, SPECIFICATION } from "./fixtures.ts";

const identity = { image: A.image, specification: SPECIFICATION, fingerprints: { TOKEN: secretFingerprint("key", "hunter2") } };

describe("a revision's id", () => {
  test("is pinned: another hash would release every service of every stack anew", () => {
    expect(revisionId(identity)).toBe("r65dea45995");
  });

  test("does not depend on the order in which the settings are written", () => {
    const { ports, environment, ...rest } = SPECIFICATION;
    expect(revisionId({ ...identity, specification: { ...rest, environment, ports } })).toBe(revisionId(identity));
  });

  test("does not tell an absent setting from an undefined one", () => {
    expect(revisionId({ ...identity, specification: { ...SPECIFICATION, command: undefined } })).toBe(revisionId(identity));
  });

  test("changes with the image, with any setting, and with a secret's value", () => {
    const ids = [
      identity,
      { ...identity, image: "ghcr.io/acme/shop@sha256:other" },
      { ...identity, specification: { ...SPECIFICATION, drainSeconds: 6 } },
      { ...identity, fingerprints: { TOKEN: secretFingerprint("key", "hunter3") } },
      { ...identity, fingerprints: { OTHER: secretFingerprint("key", "hunter2") } },
    ].map(revisionId);
    expect(new Set(ids).size).toBe(5);
  });

  test("is a DNS label of eleven characters for any image and secret", () => {
    fc.assert(fc.property(fc.string(), fc.string(), fc.string(), (image, key, value) => {
      const fingerprints = { TOKEN: secretFingerprint(key, value) };
      expect(revisionId({ image, specification: SPECIFICATION, fingerprints })).toMatch(/^r[0-9a-f]{10}$/);
    }));
  });
});

describe("a secret's fingerprint", () => {
  test("is HMAC-SHA256 (RFC 4231, test case 2)", () => {
    expect(secretFingerprint("Jefe", "what do ya want for nothing?")).toBe("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  });
});

describe("canonical JSON", () => {
  test("sorts keys at every depth and keeps the order of lists", () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }, 1], a: { z: null, y: "x" } })).toBe('{"a":{"y":"x","z":null},"b":[{"c":2,"d":1},1]}');
  });

  test("reads back as the value it was made of", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
    }));
  });
});

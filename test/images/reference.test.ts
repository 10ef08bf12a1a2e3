import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { byDigest, ghcrRepository, isPinned, parseReference } from "../../components/images/reference.ts";

const DIGEST = `sha256:${"ab".repeat(32)}`;

describe("an image reference", () => {
  test.each([
    ["ghcr.io/acme/shop", { repository: "ghcr.io/acme/shop" }],
    ["ghcr.io/acme/shop:1.2.3", { repository: "ghcr.io/acme/shop", tag: "1.2.3" }],
    [`ghcr.io/acme/shop@${DIGEST}`, { repository: "ghcr.io/acme/shop", digest: DIGEST }],
    [`ghcr.io/acme/shop:v1@${DIGEST}`, { repository: "ghcr.io/acme/shop", tag: "v1", digest: DIGEST }],
    ["localhost:5000/shop:v1", { repository: "localhost:5000/shop", tag: "v1" }],
    ["registry.example.com:5000/team/a__b/shop.web-1", { repository: "registry.example.com:5000/team/a__b/shop.web-1" }],
  ])("%s has its parts", (reference, parts) => {
    expect(parseReference("image", reference)).toEqual(parts);
  });

  test.each([
    ["shop:1", 'image: has no registry, got "shop:1"; begin with its host, such as ghcr.io/'],
    ["acme/shop", 'image: has no registry, got "acme/shop"; begin with its host, such as ghcr.io/'],
    ["", 'image: has no registry, got ""; begin with its host, such as ghcr.io/'],
    ["ghcr.io", 'image: has no name that a registry takes, got "ghcr.io"; write lower-case letters and digits after the host, such as ghcr.io/acme/shop'],
    ["ghcr.io/Acme/shop", 'image: has no name that a registry takes, got "ghcr.io/Acme/shop"; write lower-case letters and digits after the host, such as ghcr.io/acme/shop'],
    ["ghcr.io/acme//shop", 'image: has no name that a registry takes, got "ghcr.io/acme//shop"; write lower-case letters and digits after the host, such as ghcr.io/acme/shop'],
    ["ghcr.io/acme/shop:", 'image: has no tag that a registry takes, got "ghcr.io/acme/shop:"; use 1 to 128 letters, digits, dots, dashes and underscores'],
    ["ghcr.io/acme/shop:-1", 'image: has no tag that a registry takes, got "ghcr.io/acme/shop:-1"; use 1 to 128 letters, digits, dots, dashes and underscores'],
    ["ghcr.io/acme/shop@sha256:12", 'image: has no digest, got "ghcr.io/acme/shop@sha256:12"; write sha256: and 64 lower-case hexadecimal digits after @'],
    [`ghcr.io/acme/shop@${DIGEST}@${DIGEST}`, `image: has no digest, got "ghcr.io/acme/shop@${DIGEST}@${DIGEST}"; write sha256: and 64 lower-case hexadecimal digits after @`],
  ])("%j is refused", (reference, text) => {
    expect(() => parseReference("image", reference)).toThrow(new RangeError(text));
  });

  test("any text gives parts or one line in the form of all problems", () => {
    fc.assert(fc.property(fc.string({ maxLength: 80 }), (text) => {
      try {
        const { repository, tag, digest } = parseReference("image", text);
        expect(`${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`).toBe(text);
      } catch (error) {
        expect(String(error)).toMatch(/^RangeError: image: has no [^;]+, got ".*"; [a-z].*[^.]$/s);
      }
    }), { numRuns: 2000 });
  });

  test("is pinned by a digest alone", () => {
    expect(isPinned(byDigest("ghcr.io/acme/shop", DIGEST))).toBe(true);
    expect(isPinned("ghcr.io/acme/shop:build-0123456789ab")).toBe(false);
  });

  test("of GHCR is in lower case, as the registry wants it", () => {
    expect(ghcrRepository("Acme-Corp", "Shop")).toBe("ghcr.io/acme-corp/shop");
  });
});

import * as z from "zod";
import { commitSha, dnsLabel, environmentVariable, prose, text, url } from "./scalars.ts";
import { configuredSecret } from "./secret.ts";

const NAME = String.raw`[a-z0-9]+((\.|_{1,2}|-+)[a-z0-9]+)*`;
const REPOSITORY = String.raw`[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/${NAME})+`;
const TAG = String.raw`[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}`;

const digestReference = text(
  new RegExp(`^(?=.{1,400}$)${REPOSITORY}@sha256:[0-9a-f]{64}$`),
  "is not an image reference by digest",
  "write ghcr.io/<owner>/<name>@sha256:<64 hexadecimal digits>, or say from: tag",
);

const tagReference = text(
  new RegExp(`^(?=.{1,400}$)${REPOSITORY}:${TAG}$`),
  "is not an image reference by tag",
  "write ghcr.io/<owner>/<name>:<tag>, or say from: digest",
);

/** An image of a registry, however it is named. */
export const imageReference = z.union([digestReference, tagReference], "is not an image reference; write ghcr.io/<owner>/<name>@sha256:<64 hexadecimal digits>, or with a tag");

const packageName = text(new RegExp(`^(?=.{1,100}$)${NAME}$`), "is not the name of a package", "use 1 to 100 lower-case letters and digits, with single dots, dashes or underscores between");
const version = text(new RegExp(`^${TAG}$`), "is not a version that can be a tag", "use letters, digits, dots, dashes and underscores, such as 1.4.0");
const relativePath = text(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\s\\]{1,255}$/, "is not a path inside the source", "write it relative, without .., such as docker/Dockerfile");
const folderPath = text(/^[^\s\\:]{1,255}$/, "is not the path of a folder", "write it relative to the program's folder, such as ../shop");
const labelName = text(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, "is not the name of an image label", "use lower-case letters, digits, dots and dashes, such as org.example.team");

const source = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("folder").describe("A folder on the machine that runs the update"),
    path: folderPath.describe("Absolute, or relative to the program's folder"),
  }),
  z.strictObject({
    kind: z.literal("git").describe("A commit of a repository, fetched by BuildKit"),
    url: url.describe("The repository's https address"),
    commit: commitSha.describe("The commit: a branch would make the same settings another image"),
    folder: relativePath.optional().describe("The context inside the repository; its root unless given"),
  }),
]).meta({ id: "BuildSource", description: "The build context" });

const cache = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("registry").describe("Layers under the tag buildcache of the same package") }),
  z.strictObject({ kind: z.literal("actions").describe("GitHub Actions' cache, inside a workflow"), scope: dnsLabel.describe("Keeps builds apart that share the cache") }),
  z.strictObject({ kind: z.literal("none").describe("Every build starts afresh") }),
]).meta({ id: "BuildCache", description: "Where layers are kept between builds" });

const platforms = z
  .array(z.enum(["linux/amd64", "linux/arm64"]))
  .min(1, "is empty; name at least one platform")
  .refine((names) => new Set(names).size === names.length, "names a platform twice; name each once");

/** Where a service's image comes from. */
export const image = z.discriminatedUnion("from", [
  z.strictObject({
    from: z.literal("digest").describe("An image that exists, by its content"),
    reference: digestReference.describe("The whole reference, by digest"),
  }),
  z.strictObject({
    from: z.literal("tag").describe("An image that exists, by a tag that is looked up in the registry at the start of every run"),
    reference: tagReference.describe("The whole reference, by tag; a tag that moves is a release"),
  }),
  z.strictObject({
    from: z.literal("build").describe("An image that the update builds and pushes to ghcr.io/<owner>/<name>"),
    name: packageName.optional().describe("The package; the service's repository unless given"),
    source,
    dockerfile: relativePath.default("Dockerfile").describe("The Dockerfile inside the source"),
    target: dnsLabel.optional().describe("The stage to build; the Dockerfile's last unless given"),
    platforms: platforms.default(["linux/amd64", "linux/arm64"]).describe("What the image runs on"),
    args: z.record(environmentVariable, z.string().max(4096)).default({}).describe("Build arguments; they can be read from the image, so no secret"),
    secrets: z.record(environmentVariable, configuredSecret).default({}).describe("Mounted while building, never part of the image"),
    cache: cache.default({ kind: "registry" }).describe("Where layers are kept between builds"),
    labels: z.record(labelName, prose(1024)).default({}).describe("Added to the labels that tie the package to its repository"),
    version: version.optional().describe("Label org.opencontainers.image.version and a further tag"),
  }),
]).meta({ id: "Image", description: "Where the image comes from" });

import { Image as DockerImage } from "@pulumi/docker-build/image.js";
import * as pulumi from "@pulumi/pulumi";
import type { SecretOf } from "../secrets.ts";
import { cacheFrom, cacheTo, imageLabels } from "./build-inputs.ts";
import { buildLocation, buildRepository, dockerfileLocation } from "./identity.ts";
import type { ImageBuild, ImageSettings } from "./image-settings.ts";
import { byDigest } from "./reference.ts";
import { secretLooking } from "./secret-looking.ts";

export interface ImageArgs {
  /** Path of the settings, for errors. */
  path: string;
  /** Owner of the repository and of the package. */
  owner: string;
  repository: string;
  settings: ImageSettings;
  /** What `resolveImages` found: a reference by digest, or the tag that names a build's inputs. */
  identity: string;
  secretOf: SecretOf;
}

/**
 * A GHCR image. Attestations are not possible here (docker-build cannot attach them): images that need an SBOM and provenance are built
 * by CI and named by digest. Nobody but a person can change a package's visibility; see docs/delivery.md.
 */
export class Image extends pulumi.ComponentResource {
  /** By digest, always; unknown in a preview that would build. */
  readonly reference: pulumi.Output<string>;

  constructor(name: string, args: ImageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:images:Image", name, {}, opts);
    this.reference = args.settings.from === "build" ? this.build(name, args, args.settings) : pulumi.output(args.identity);
    this.registerOutputs({ reference: this.reference });
  }

  private build(name: string, { path, owner, repository, identity, secretOf }: ImageArgs, build: ImageBuild): pulumi.Output<string> {
    const leak = Object.entries(build.args).find(([argument, value]) => secretLooking(argument, value));
    if (leak !== undefined) {
      throw new pulumi.ResourceError(`${path}.args.${leak[0]}: looks like a secret; name it under image.secrets and mount it with RUN --mount=type=secret`, this, true);
    }
    const package_ = buildRepository(owner, repository, build);
    const secrets = Object.entries(build.secrets).map(([id, { secret }]) => [id, secretOf(secret)] as const);
    const image = new DockerImage(`${name}-build`, {
      context: { location: buildLocation(build) },
      dockerfile: { location: dockerfileLocation(build) },
      ...(build.target === undefined ? {} : { target: build.target }),
      platforms: build.platforms,
      buildArgs: build.args,
      ...(secrets.length === 0 ? {} : { secrets: Object.fromEntries(secrets) }),
      labels: imageLabels(owner, repository, build),
      tags: [identity, ...(build.version === undefined ? [] : [`${package_}:${build.version}`])],
      ...cacheFrom(package_, build.cache),
      ...cacheTo(package_, build.cache),
      push: true,
      buildOnPreview: false,
      // An image that a revision still runs must outlive its build.
    }, { parent: this, retainOnDelete: true });
    return image.digest.apply((digest) => byDigest(package_, digest));
  }
}

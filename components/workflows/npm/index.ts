import { npmPublish } from "./npm-publish.ts";
import { prepareNpmPackage } from "./prepare-npm-package.ts";
import { release } from "./release.ts";
import { semanticVersion } from "./semantic-version.ts";
import { updateHomebrew } from "./update-homebrew.ts";

/** The families of this folder, by their key in `repositories.<name>.workflows`. */
export const npm = { release, npmPublish, prepareNpmPackage, semanticVersion, updateHomebrew };
